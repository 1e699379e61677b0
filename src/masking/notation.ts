// The words that a tool prints around what it shows: in its output they are everybody's, elsewhere they may be names.
import type { DocumentKind } from '../documents/document.ts';

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

const ROUTING = words(
  'default main dev local via from to static boot link-netnsid link-netns scope proto metric onlink nexthop weight blackhole unreachable prohibit throw broadcast anycast multicast valid_lft preferred_lft forever dynamic noprefixroute group qlen mtu qdisc noqueue state UP UNKNOWN DOWN LOWER_UP',
);

/** The sysctls that a walk asks for, at the interfaces that most machines have. */
const SETTINGS = ['all', 'default', 'lo', 'eth0', 'eth1', 'ens5'].flatMap((device) =>
  ['rp_filter', 'accept_local', 'route_localnet', 'src_valid_mark', 'forwarding'].map(
    (name) => `net.ipv4.conf.${device}.${name}`,
  ),
);

const NOTATION: Partial<Record<DocumentKind, ReadonlySet<string>>> = {
  'ip-rule': ROUTING,
  'ip-route': ROUTING,
  'ip-addr': ROUTING,
  'kernel-trace': words(
    'trace id packet rule verdict policy continue nftrace set window cs0 ect0 ect1 ce ecn not-ect iif oif iifname oifname ether saddr daddr ll length dscp ttl protocol sport dport flags kernel TRACE IN OUT MAC SRC DST LEN TOS PREC TTL ID DF MF FRAG PROTO SPT DPT SEQ ACK WINDOW RES SYN PSH FIN RST URG URGP UID GID MARK PACKET CONNTRACK NEW ESTABLISHED PHYSIN PHYSOUT OPT type filter nat mangle raw',
  ),
  conntrack: words(
    'conntrack conntrack-tools flow entries have been shown ASSURED UNREPLIED OFFLOAD HW_OFFLOAD NEW UPDATE DESTROY src dst sport dport type code id mark use zone zone-orig zone-reply secctx packets bytes ipv4 ipv6 tcp udp icmp icmpv6 unknown',
  ),
  sockets: words(
    'Netid State Recv-Q Send-Q Local Peer Address Port Process Foreign Proto PID Program name User Inode Timer users fd pid ino sk uid timer keepalive on off ESTAB LISTEN UNCONN TIME-WAIT TIME_WAIT CLOSE-WAIT CLOSE_WAIT SYN-SENT SYN_SENT SYN-RECV SYN_RECV FIN-WAIT-1 FIN-WAIT-2 FIN_WAIT1 FIN_WAIT2 LAST-ACK LAST_ACK CLOSING CLOSED ESTABLISHED Active Internet connections only servers established w/o and tcp6 udp6 envoy pilot-agent',
  ),
  'packet-capture': words(
    'tcpdump verbose output suppressed use for full protocol decode listening on any link-type LINUX_SLL LINUX_SLL2 EN10MB Ethernet Linux cooked v1 v2 snapshot length capture size bytes packets captured received by filter dropped kernel data link type In Out ifindex ethertype IPv4 IPv6 IP IP6 ARP Flags seq ack win options mss sackOK TS val ecr nop wscale tos ttl id offset flags none DF proto TCP UDP cksum correct incorrect hlim flowlabel next-header payload length HTTP',
  ),
  metrics: words(
    'TYPE HELP counter gauge histogram nan No recorded values istio_requests_total istio_tcp_connections_opened_total istio_tcp_connections_closed_total istio_request_duration_milliseconds reporter source destination source_workload source_workload_namespace source_principal source_app source_version source_cluster destination_workload destination_workload_namespace destination_principal destination_app destination_version destination_service destination_service_name destination_service_namespace destination_cluster request_protocol response_code response_flags grpc_response_status connection_security_policy source_canonical_service destination_canonical_service source_canonical_revision destination_canonical_revision unknown latest mutual_tls',
  ),
  'server-log': words(
    'GIN INFO DEBUG WARN ERROR level info debug warn error msg ts time remote remote_addr remoteAddr RemoteAddr client client_ip clientIp ip addr address peer from accepted connection connect request served agent ua status method path latency X-Forwarded-For x-forwarded-for xff XFF X-Real-Ip',
  ),
  'http-response': words(
    'HTTP Trying Connected Connection Host User-Agent Accept Date Server Content-Type Content-Length X-Forwarded-For X-Real-Ip origin headers args url to left intact port date server content-type content-length connection keep-alive close json application text html OK',
  ),
  ipset: words(
    'create add Name Type Revision Header Size in memory References Number of entries Members family inet inet6 hashsize maxelem timeout counters comment skbinfo nomatch netmask markmask range size bucketsize initval hash bitmap list ip net port mac iface mark set tcp udp forceadd',
  ),
  sysctl: new Set([...SETTINGS, 'net.ipv4.ip_forward', 'net.ipv6.conf.all.forwarding']),
  'envoy-admin': words(
    'default_priority high_priority max_connections max_pending_requests max_requests max_retries cx_active cx_connect_fail cx_total rq_active rq_error rq_success rq_timeout rq_total hostname health_flags healthy weight region zone sub_zone canary priority success_rate local_origin_success_rate added_via_api observability_name',
  ),
  'nft-ruleset': words(
    'inet_service ipv4_addr ipv6_addr inet_proto ifname mark elements type flags interval timeout dynamic constant size data icmpx admin-prohibited addr-unreachable nd-router-advert nd-neighbor-solicit with reset tcp-reset missing',
  ),
  'kube-table': words(
    'NAMESPACE NAME READY STATUS RESTARTS AGE IP NODE NOMINATED READINESS GATES TYPE CLUSTER-IP EXTERNAL-IP PORT(S) SELECTOR ENDPOINTS ADDRESSTYPE PORTS ROLES VERSION INTERNAL-IP OS-IMAGE KERNEL-VERSION CONTAINER-RUNTIME CONTAINERS IMAGES LABELS Running Completed Pending Error ClusterIP NodePort LoadBalancer ExternalName IPv4 IPv6 FQDN True False Unknown ago none Ready control-plane',
  ),
};

const NONE: ReadonlySet<string> = new Set();

/** Words of a kind of document that are kept where it shows them. */
export function notationOf(kind: DocumentKind): ReadonlySet<string> {
  return NOTATION[kind] ?? NONE;
}

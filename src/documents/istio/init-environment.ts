// What the environment around istio-init's arguments says: variables of its container in YAML, JSON, `kubectl describe`
// or a shell, and the name servers of its resolv.conf -> options by their long names.
// Istio reads each flag from the variable of that name (tools/istio-iptables/pkg/cmd/root.go, bindFlags).
import { append } from '../../base/append.ts';

/** Variables whose flag has another name, or none. */
const NAMES: Readonly<Record<string, string>> = {
  ISTIO_META_DNS_CAPTURE: '--redirect-dns',
  INVALID_DROP: '--drop-invalid',
  ISTIO_OUTBOUND_OWNER_GROUPS: '--outbound-owner-groups',
  ISTIO_OUTBOUND_OWNER_GROUPS_EXCLUDE: '--outbound-owner-groups-exclude',
  ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR: '--outbound-ipv4-loopback-cidr',
  ENVOY_PORT: '--envoy-port',
  INBOUND_CAPTURE_PORT: '--inbound-capture-port',
  INBOUND_TUNNEL_PORT: '--inbound-tunnel-port',
  ISTIO_INBOUND_INTERCEPTION_MODE: '--istio-inbound-interception-mode',
  ISTIO_INBOUND_TPROXY_MARK: '--istio-inbound-tproxy-mark',
  ISTIO_INBOUND_TPROXY_ROUTE_TABLE: '--istio-inbound-tproxy-route-table',
  ISTIO_INBOUND_PORTS: '--istio-inbound-ports',
  ISTIO_LOCAL_EXCLUDE_PORTS: '--istio-local-exclude-ports',
  ISTIO_EXCLUDE_INTERFACES: '--istio-exclude-interfaces',
  ISTIO_SERVICE_CIDR: '--istio-service-cidr',
  ISTIO_SERVICE_EXCLUDE_CIDR: '--istio-service-exclude-cidr',
  ISTIO_OUTBOUND_PORTS: '--istio-outbound-ports',
  ISTIO_LOCAL_OUTBOUND_PORTS_EXCLUDE: '--istio-local-outbound-ports-exclude',
  KUBE_VIRT_INTERFACES: '--kube-virt-interfaces',
  CAPTURE_ALL_DNS: '--capture-all-dns',
  NATIVE_NFTABLES: '--native-nftables',
};

/** `NAME=value`, `NAME: value`, or `name: NAME` with `value: …` on the next line. */
const VARIABLE =
  /(?<![\w-])([A-Z][A-Z0-9_]+)["']?(?:=|:[ \t]+|,?\s*["']?value["']?:[ \t]*)(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'}]*))/g;
const NAME_SERVER = /^\s*nameserver\s+([\da-fA-F.:]+)\s*$/gm;
/** istio-init's own log: `DNS_SERVERS=[10.96.0.10],[]`. */
const LOGGED_SERVERS = /\bDNS_SERVERS=\[([^\]]*)\],\[([^\]]*)\]/;

/** The options that a text names; `nameserver` holds the servers of resolv.conf, joined by commas. */
export function environmentNear(text: string): Map<string, string> {
  const options = new Map<string, string>();
  for (const [, name = '', double, single, bare] of text.matchAll(VARIABLE)) {
    const value = double ?? single ?? (bare ?? '').replace(/,$/, '');
    const option = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
    if (option !== undefined && value !== '') options.set(option, value);
  }
  const servers = [...text.matchAll(NAME_SERVER)].map(([, server = '']) => server);
  const [, four = '', six = ''] = LOGGED_SERVERS.exec(text) ?? [];
  append(
    servers,
    `${four} ${six}`.split(/[\s,]+/).filter((server) => server !== ''),
  );
  if (servers.length > 0) options.set('nameserver', servers.join(','));
  return options;
}

// English: remedies, what each gains, costs and breaks.
export const remedyCodes = {
  'remedy.tproxy': 'TPROXY in {pod}',
  'remedy.proxy-protocol': 'PROXY protocol from {gateway} to {pod}',
  'remedy.trust-xff': 'Read X-Forwarded-For at {gateway}, trusting {hops} of its entries',
  'remedy.external-traffic-policy': 'externalTrafficPolicy Local at {node}',
  'remedy.localhost': 'Inbound to 127.0.0.1:{port} in {pod}',
  'remedy.exclude-port': 'Exclude port {port} of {pod} from capture',
  'remedy.ambient': 'Ambient instead of a sidecar in {pod}',
  'remedy.return-rule': 'RETURN in {pod}’s {chain} for {by} {value}, first of all',
  'remedy.return-rule.gains':
    'The proxy’s own connection leaves the chain before the rule that sends it back: the loop ends.',
  'remedy.return-rule.source':
    'The application still sees the address that the proxy connects from, not the client’s.',
  'remedy.return-rule.lasts':
    'Added by hand it lasts as long as the pod. istio-init makes such rules for each new one: find out what took this away.',
  'remedy.tproxy.gains': 'The application sees the address that reaches the pod.',
  'remedy.tproxy.port': 'The port is another one: it belongs to the connection that Envoy opens.',
  'remedy.tproxy.privileges':
    'The proxy runs as root with NET_ADMIN; a restricted Pod Security level forbids that.',
  'remedy.tproxy.routing':
    'It needs an ip rule and a routing table in the pod, and a kernel with TPROXY; no iptables dump shows the routing.',
  'remedy.tproxy.gateway': 'What a gateway, a load balancer or a node replaced before stays replaced.',
  'remedy.proxy-protocol.gains':
    'The proxy’s view of the client becomes the real one, for any protocol over TCP.',
  'remedy.proxy-protocol.both':
    'Sender and reader must change together: a header nobody reads reaches the application as data, and a reader without a sender closes every connection.',
  'remedy.proxy-protocol.unversioned':
    'An EnvoyFilter is not checked against Istio’s version. Patches of listener filters need Istio 1.17 or later, proxyProtocol in a DestinationRule 1.22.',
  'remedy.proxy-protocol.redirect':
    'Under REDIRECT the application still sees 127.0.0.6: only TPROXY hands the client’s address on.',
  'remedy.trust-xff.gains':
    'For HTTP the client’s address is told by the header, and policy and logs can use it.',
  'remedy.trust-xff.http':
    'The source of the packet does not change; the application must read X-Forwarded-For.',
  'remedy.trust-xff.spoof': 'Counting more proxies than there are lets a client choose its own address.',
  'remedy.external-traffic-policy.gains': 'The node no longer replaces the client’s address.',
  'remedy.external-traffic-policy.nodes':
    'Nodes without an endpoint drop the traffic: the load balancer must probe them, and the load is uneven.',
  'remedy.external-traffic-policy.sidecar':
    'A gateway or a sidecar behind the node still opens connections of its own.',
  'remedy.localhost.gains': 'An application that listens on 127.0.0.1 alone is reached again.',
  'remedy.localhost.source': 'The application sees 127.0.0.1 instead of 127.0.0.6: no client either.',
  'remedy.localhost.bind':
    'An application that listens on the pod’s address alone is reached no more. The setting is for the whole mesh.',
  'remedy.exclude-port.gains': 'The application sees the packet as it reached the pod, port included.',
  'remedy.exclude-port.mesh':
    'No mTLS, policy, metrics or access log for that port; clients that insist on mTLS fail.',
  'remedy.ambient.gains':
    'ztunnel connects from the client’s address; no sidecar, no restart for upgrades of it.',
  'remedy.ambient.l7': 'HTTP routing, policy and metrics need a waypoint.',
  'remedy.ambient.restart': 'The pods are restarted once, and istio-cni and ztunnel must run on every node.',
};

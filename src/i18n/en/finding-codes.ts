// English: findings of the way, of rules, and misreadings.
export const findingCodes = {
  'finding.original-src-without-routing':
    'The proxy borrowed its source (original_src), and the answer goes to {destination} by {interface} instead of back to {asked}. It needs the mark restored in mangle OUTPUT, an ip rule for it, and a table whose default route is local.',
  'finding.no-filter-chain':
    'No filter chain of {listener} in {pod} matches: Envoy closes the connection (NR filter_chain_not_found). Plain text to a STRICT port is the usual cause; give the client a sidecar, or make the port PERMISSIVE.',
  'finding.no-endpoint':
    'Cluster {cluster} has no healthy endpoint: Envoy answers 503 (UH). Check istioctl proxy-config endpoint in {pod}.',
  'finding.cluster-missing':
    'A route of {pod} names cluster {cluster}, which its configuration does not hold: Envoy answers 503 (NC). Often a subset without a DestinationRule.',
  'finding.no-route-matches':
    'No route of {pod} matches: Envoy answers 404 (NR route_not_found). Compare the Host header with the domains of its virtual hosts.',
  'finding.proxy-header-missing':
    'The listener {listener} of {pod} expects a PROXY header and none was sent: it closes the connection. Let the sender send one, or take the listener filter away.',
  'finding.proxy-header-as-request':
    'The PROXY header “{header}” reaches a proxy in {pod} that expects HTTP and does not read it: it answers 400. Add the listener filter proxy_protocol there, or stop sending it.',
  'finding.proxy-header-unread':
    'The PROXY header “{header}” reaches the application in {pod} as data: nobody read it. Add the listener filter proxy_protocol to the receiving side, or stop sending it.',
  'finding.blackhole':
    '{destination} leads to BlackHoleCluster in {pod}: the connection is dropped. Under REGISTRY_ONLY a ServiceEntry for it is missing; for 15001 and 15006 themselves it is meant.',
  'finding.passthrough':
    '{destination} is no service that {pod} knows: {cluster} sends it on to where it was going, without routing or mTLS of its own.',
  'finding.source-kept':
    'The application sees the client’s own address {address}, although the proxy in {pod} opened a connection of its own.',
  'finding.capture-bypassed-inbound':
    'This rule lets the connection to {destination} past the proxy of {pod}: no mTLS, policy, metrics or log for it.',
  'finding.capture-bypassed-outbound':
    'This rule lets the connection to {destination} leave {pod} past its proxy.',
  'finding.xff-spoofable':
    'The client sent X-Forwarded-For: {sent} itself, and it is still in front: {header}. Count from the right: with N trusted proxies in front, take the Nth entry; everything left of it can be forged.',
  'finding.xff-brought':
    'The request already carried X-Forwarded-For: {sent} when it reached {pod}: a gateway wrote it, or the client made it up; the paste does not say which. Count from the right: with N trusted proxies in front, take the Nth entry; everything left of it can be forged.',
  'finding.xff-trusted':
    '{pod} counts trusted proxies (numTrustedProxies) and takes {client} of X-Forwarded-For for the client. Behind it the header is {header}: everything left of {client} can be forged.',
  'finding.tproxy-without-original-src':
    'TPROXY brings the client’s address to the proxy in {pod}, but without the listener filter original_src the proxy connects from another one.',
  'finding.listens-on-loopback':
    'The application listens on 127.0.0.1:{port} alone, and the proxy connects to {destination}: refused. Let it listen on all addresses, or set inboundTrafficPolicy to LOCALHOST.',
  'finding.rules-unreachable':
    'Rules of {pod} that nothing reaches, {count}: {rules}. A rule before them ends the chain for every packet.',
  'finding.rules-shadowed':
    'Rules of {pod} that never match, {count}: {rules}. A rule before them takes all that they ask for.',
  'finding.rules-duplicate': 'Rules of {pod} that stand twice, {count}: {rules}.',
  'finding.command-refused':
    'A command pasted for {pod} was not allowed to read the rules, so they are not known. istio-proxy has no NET_ADMIN. Try in this order: {first}; {second}; nsenter on the node as root.',
  'finding.return-rule-missing':
    'Rule {rule} of {chain} sends the proxy’s own connection ({by} {value}) back to it; no rule before it lets that pass. In the pod’s network namespace: {command}. Or delete the pod: istio-init makes the rules of the new one.',
  'finding.rules-opaque':
    'nft only names {count} parts of the rules of {pod} (xt): what they ask for is not in the text, stays open, and remedies that would rewrite them are not offered. iptables-save prints them whole.',
  'finding.nat-drop-refused':
    'DROP in a nat table of {pod}: {rules}. iptables refuses that (“not intended for filtering”): a text for iptables-restore that holds it is not loaded at all, no rule of it. If the kernel printed it, nft made the rule.',
  'finding.nat-idle':
    'These rules of {pod} drop nothing: {rules}. No pasted rule translates an address or asks for a connection’s state, so the kernel tracks no connections and asks no nat chain.',
  'finding.rules-cut':
    'The rules pasted for {pod} are cut out of a table. Not in the paste: {chains}. What happens there is assumed or left open; iptables-save prints the whole table.',
  'finding.rules-excerpt':
    'The {printed} rules pasted for {pod} are lines of a set that istio-init makes. Its other {assumed} rules are assumed; iptables-save shows them all.',
  'finding.asked-was-answered':
    'curl printed an answer with status {status}: the request went through, and only the paste leaves open how.',
  'finding.cluster-not-pasted': 'Cluster {cluster} is not in the paste. It comes from: {command}',
  'finding.misreading-reply-nat':
    'Commonly claimed: the reply goes through the nat table again. The trace shows: no nat rule is asked; conntrack translates it.',
  'finding.misreading-steps-9-12':
    'Commonly claimed: steps 9 to 12 are the response. The trace shows: the application opens a new connection; the response comes later and meets none of these rules.',
  'finding.misreading-answer-by-15001':
    'Commonly claimed: once the application has answered, steps 9 to 12 take the answer to Envoy’s port 15001. The trace shows: it goes back on the connection that Envoy opened to the application, and meets no nat rule.',
  'finding.misreading-redirect-loopback':
    'Commonly claimed: REDIRECT always sends to 127.0.0.1. The trace shows: in PREROUTING it is the address of the interface the packet came in by; only in OUTPUT it is 127.0.0.1.',
  'finding.misreading-second-leg-loopback':
    'Commonly claimed: Envoy reaches the application at 127.0.0.1. The trace shows: it connects to the pod’s own address, so an application that listens on 127.0.0.1 alone is not reached (Istio 1.10 and later).',
  'finding.misreading-inbound-use-original-dst':
    'Commonly claimed: the inbound listener hands over by useOriginalDst. The trace shows: its original_dst filter restores the destination, and a filter chain of the same listener takes the connection.',
  'finding.misreading-gid-duplicate':
    'Commonly claimed: the gid rules repeat the uid rules. The trace shows: the proxy does not run with that uid here, and only the gid rule lets it out.',
  'finding.misreading-iptables-source':
    'Commonly claimed: iptables changes the source to 127.0.0.6. The trace shows: Envoy binds its own connection to it; a rule only lets it pass.',
  'finding.misreading-lo-prerouting':
    'Commonly claimed: the packet from Envoy to the application passes ISTIO_INBOUND. The trace shows: over lo it keeps its conntrack entry, and nat PREROUTING is not asked.',
  'finding.misreading-envoy-never-caught':
    'Commonly claimed: traffic from Envoy is never caught. The trace shows: this rule sends Envoy’s own connection to the inbound side.',
  'finding.misreading-rule-8':
    'Commonly claimed: -d 127.0.0.1 -j RETURN lets calls to localhost pass. The trace shows: a rule about lo and the owner comes first and decides.',
  'finding.misreading-own-process-caught':
    'Commonly claimed: pilot-agent’s traffic to istiod goes through 15001. The trace shows: the owner rule returns it, and it leaves directly.',
  'finding.misreading-always-127-0-0-6':
    'Commonly claimed: under Istio the application always sees 127.0.0.6. The trace shows: this cluster is not bound and its endpoint is on loopback, so it sees 127.0.0.1.',
  'finding.misreading-tproxy-port':
    'Commonly claimed: TPROXY keeps the source port too. The trace shows: the connection is Envoy’s, and so is the port.',
  'finding.misreading-tproxy-return':
    'Commonly claimed: the way back under TPROXY is plain. The trace shows: the restored mark sends the answer to lo; without it, it would leave by eth0.',
  'finding.misreading-udp-captured':
    'Commonly claimed: the inbound rules take all traffic to the proxy. The trace shows: PREROUTING hands over TCP alone, and this UDP packet reaches the application past the proxy.',
  'finding.misreading-redirect-all':
    'Commonly claimed: a jump without -p sends every packet to the proxy. The trace shows: the chain it leads to redirects TCP alone, and this UDP packet falls through it.',
  'finding.misreading-idle-hooks':
    'Commonly claimed: nat INPUT and nat POSTROUTING are steps of the path that decide something. The trace shows: the chain is empty, and its policy lets everything pass.',
  'finding.misreading-probe':
    'Commonly claimed: 127.0.0.6 in an application’s log is a client behind Envoy. The trace shows: pilot-agent asks from 127.0.0.6 too, for kubelet’s probe; no proxy of a request is in this.',
  'finding.misreading-ambient-node':
    'Commonly claimed: in ambient, packets leave the pod’s namespace for ztunnel on the node. The trace shows: ztunnel’s sockets are inside the pod (since Istio 1.21).',
};

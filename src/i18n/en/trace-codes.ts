// English: what the trace tells — who changed the source, events, findings — and the short names on rows.
export const traceCodes = {
  'cause.upstream-bind-config':
    'Envoy chose it: it ended the client’s connection and opened its own to the app, bound to {to} by upstreamBindConfig of cluster {cluster}.',
  'cause.bootstrap-bind-config':
    'Envoy chose it: it ended the client’s connection and opened its own, bound to {to} by the upstream_bind_config of its bootstrap.',
  'cause.original-src':
    'Envoy chose it: it opened its own connection, but from the client’s address {to}, through original_src.',
  'cause.kernel':
    'Envoy in {pod} ended the client’s connection and opened its own to {destination}. It bound no source, so the kernel took {to}, the address on that route.',
  'kept.envoy.source.kernel':
    'Envoy in {pod} ended the app’s connection and opened its own to {destination}, by cluster {cluster}. It bound no source, so the kernel took {source} again: proxy and app share the pod’s address.',
  'kept.finding.capture-bypassed-inbound':
    'Rule {rule} of {chain} lets the connection past the proxy of {pod}, so nothing opens a new one: no mTLS, policy, metrics or log for it either.',
  'kept.finding.capture-bypassed-outbound':
    'Rule {rule} of {chain} lets the connection leave {pod} past its proxy, so nothing opens a new one.',
  'kept.envoy.source.original-src':
    'Envoy in {pod} ended the client’s connection and opened its own to the app, but from the client’s address {source}: original_src.',
  'cause.snat': 'netfilter rewrote it: SNAT in chain {chain} turned {from} into {to}.',
  'cause.masquerade':
    'netfilter rewrote it: MASQUERADE in chain {chain} turned {from} into the address of the outgoing interface, {to}.',
  'cause.netmap': 'netfilter rewrote it: NETMAP in chain {chain} mapped {from} to {to}.',
  'cause.rewrite': 'netfilter rewrote it in chain {chain}: {from} became {to}.',
  'chooser.upstream-bind-config': 'upstreamBindConfig chose',
  'chooser.bootstrap-bind-config': 'the bootstrap’s bind config chose',
  'chooser.original-src': 'original_src keeps',
  'chooser.kernel': 'the kernel chose',
  'chooser.ztunnel.inbound-forwarded': 'Forwarded tells',
  'chooser.kept': 'from',
  'short.envoy.source.upstream-bind-config': 'new connection',
  'short.envoy.source.bootstrap-bind-config': 'new connection',
  'short.envoy.source.original-src': 'new connection',
  'short.envoy.source.kernel': 'new connection',
  'misread.envoy.source.upstream-bind-config':
    '“iptables changed the source.” No rule translates a source here: Envoy chose it with bind(), and iptables only lets it pass.',
  'misread.envoy.source.kernel':
    '“The client’s address was rewritten.” It was not: this is another connection, with a source of its own.',
  'cause.pilot-agent':
    'pilot-agent in {pod} took the probe and asked the application at {destination} on a connection of its own, from {to}.',
  'chooser.pilot-agent': 'pilot-agent’s bind',
  'cause.application': 'The application opened a connection of its own.',
  'chooser.application': 'the application’s own',
  'app.receives': 'The application accepts the connection on port {port}: its peer is {source}.',
  'app.calls': 'The application opens a connection of its own, to {destination}.',
  'network.from-client': 'The packet comes from the client, {source}, for {destination}.',
  'network.between': 'The packet travels between the pods: {source} to {destination}.',
  'network.leaves': 'The packet leaves the pod by {interface}: {source} to {destination}.',
  'network.service':
    '{service} is the address of a service; outside the pod it becomes {endpoint}. Which rule does that is not in the paste.',
  'network.not-pasted': 'The packet goes to {destination}. Whose address that is, is not in the paste.',
  'proxy.connects': 'The proxy opens a connection of its own.',
  'finding.source-lost':
    'At hop {hop} the source becomes {to} in place of {from}: the app does not see the client’s address, {client}.',
  'finding.loop':
    'The way from hop {from} to hop {to} is one lap, and it repeats without end: behind hop {to} comes hop {from} again.',
  'finding.undecided': 'The way ends here, because the paste does not decide this.',
  'finding.destination-not-pasted':
    'Nothing pasted tells who has {address}. Add that pod, with its addresses.',
  'finding.log-cluster-differs':
    'The log names cluster {logged}, the configuration leads to {derived}: they may be from different times, or different pods.',
  'finding.log-source-differs':
    'The log shows source {logged}, the configuration leads to {derived}: they may be from different times, or different pods.',
  'finding.martian-source':
    'The kernel drops it as a martian: {source} must not come in as a source by this interface.',
  'finding.martian-destination':
    'The kernel drops it as a martian: {destination} must not come in as a destination by this interface.',
  'finding.localnet':
    'The kernel drops it as a martian: 127.0.0.0/8 must not come in by a link, from {source} to {destination}.',
  'finding.undecided-localnet':
    'Undecided: from {source} to {destination}, 127.0.0.0/8 comes in by a link. The kernel drops it, unless net.ipv4.conf.*.route_localnet is 1, as kube-proxy sets it on a node. `sysctl -a | grep route_localnet` tells.',
  'finding.refused-on-arrival':
    'IPv6 drops it as it comes in, before any rule: {source} to {destination} must not be on a link.',
  'finding.loopback-source': 'The kernel will not send {source}, a loopback address, out of the pod.',
  'finding.reverse-path':
    'rp_filter drops it: by the pasted routes the way back to {source} does not lead over the interface it came in by. 1 asks for the same interface, 2 for any way at all, 0 does not ask.',
  'finding.setting-told': 'The pasted sysctl says so: {name} is {value}.',
  'finding.setting-assumed':
    'This takes {name} for {value}, the kernel’s default: it was not pasted. {command} prints it.',
  'finding.setting-lets-pass':
    'With the kernel’s default {pod} would drop what goes from {source} to {destination}: this pasted sysctl lets it pass.',
  'finding.route-blackhole': 'A blackhole route drops what goes to {destination}.',
  'finding.route-unreachable':
    'The routing tables say that {destination} is unreachable, and the kernel refuses to send.',
  'finding.route-prohibit': 'The routing tables prohibit sending to {destination}.',
  'finding.no-route': 'No route leads to {destination}: the pasted routing tables hold none.',
  'finding.undecided-route':
    'Where {destination} goes cannot be told: an ip rule names a table that was not pasted, or asks for what the paste does not tell. Paste ip rule and ip route show table all.',
  'finding.not-forwarding': '{destination} is not an address of this pod, and the pod does not forward.',
  'finding.log-answered':
    'The log shows that this very request was answered. Log and rules are from different times, or from different pods.',
  'finding.routing-assumed':
    'TPROXY needs a route that no rules show: ip rule fwmark {mark} to a table whose default route is local. It is assumed to be there; check with ip rule and ip route show table.',
  'finding.address-differs':
    'The log speaks of this pod as {logged}, but its address is given as {given}: correct the address, or the log belongs to another pod.',
  'finding.table-repeated':
    'The {table} table was pasted more than once. The one in line {line} is followed: that of the time of the log, else the last. If they belong to different pods, give each pod its own pane.',
  'finding.assumed': 'Hops that rest on something the paste does not hold: {hops}.',
  'found.table': '{table} ({family}): {rules, plural, one {# rule} other {# rules}}',
  'found.listeners': 'listeners: {count}',
  'found.clusters': 'clusters: {count}',
  'found.routes': 'routes: {count}',
  'found.endpoints': 'endpoints: {count}',
  'found.log': 'access log: {count, plural, one {# line} other {# lines}}',
  'found.init': 'arguments of istio-init, {mode}; the version is not told: the current one is taken',
  'found.init-version': 'arguments of istio-init {version}, {mode}',
  'found.routing-policy': 'ip rule: {count, plural, one {# rule} other {# rules}}',
  'found.kernel-routes': 'ip route: {count, plural, one {# route} other {# routes}}',
  'found.interfaces': 'ip addr: {count, plural, one {# interface} other {# interfaces}}',
  'found.settings': 'sysctl: {count, plural, one {# setting} other {# settings}} of the network',
  'found.prose': 'text',
  'missing.rules': 'no rules: Istio’s defaults are used',
  'missing.listeners': 'no listeners',
  'missing.clusters': 'no clusters',
  'missing.log': 'no access log',
  'request.none': 'No request can be told from the paste. Say below which one you mean.',
  'short.app.receives': 'sees {source}',
  'short.app.calls': 'calls {destination}',
  'short.network.from-client': 'from the client',
  'short.network.between': 'between pods',
  'short.network.leaves': 'leaves by {interface}',
  'short.network.service': 'service → {endpoint}',
  'short.network.not-pasted': 'to {destination}',
  'short.proxy.connects': 'new connection',
  'misread.app.calls':
    '“Steps 9 to 16 are the reply.” They are not: the application opens a new connection. The reply goes back through conntrack and meets no nat rule.',
  'document.iptables-save': 'iptables-save',
  'document.iptables-rules': 'iptables -S',
  'document.iptables-list': 'iptables -L',
  'document.envoy-config': 'Envoy configuration',
  'document.istioctl-table': 'istioctl table',
  'document.access-log': 'access log',
  'document.sysctl': 'sysctl',
  'document.prose': 'text',
  'document.istio-default-rules': 'Istio’s default rules',
  'document.istio-init-rules': 'the rules that istio-init makes of its pasted arguments',
  'document.istio-default-config': 'Istio’s default configuration',
};

// English: what the trace tells — who changed the source, events, findings — and the short names on rows.
export const traceCodes = {
  'cause.upstream-bind-config':
    'Envoy chose it: it ended the client’s connection and opened its own to the app, bound to {to} by upstreamBindConfig of cluster {cluster}.',
  'cause.bootstrap-bind-config':
    'Envoy chose it: it ended the client’s connection and opened its own, bound to {to} by the upstream_bind_config of its bootstrap.',
  'cause.original-src':
    'Envoy chose it: it opened its own connection, but from the client’s address {to}, through original_src.',
  'cause.kernel':
    'Envoy ended the client’s connection and opened its own without binding a source, so the kernel gave it {to} by routing.',
  'cause.snat': 'netfilter rewrote it: SNAT in chain {chain} turned {from} into {to}.',
  'cause.masquerade':
    'netfilter rewrote it: MASQUERADE in chain {chain} turned {from} into the address of the outgoing interface, {to}.',
  'cause.netmap': 'netfilter rewrote it: NETMAP in chain {chain} mapped {from} to {to}.',
  'cause.rewrite': 'netfilter rewrote it in chain {chain}: {from} became {to}.',
  'chooser.upstream-bind-config': 'upstreamBindConfig chose',
  'chooser.bootstrap-bind-config': 'the bootstrap’s bind config chose',
  'chooser.original-src': 'original_src keeps',
  'chooser.kernel': 'the kernel chose',
  'chooser.kept': 'from',
  'short.envoy.listener-filter.original-dst': 'original_dst',
  'short.envoy.listener-filter.original-dst-none': 'original_dst',
  'short.envoy.listener-filter.original-src': 'original_src',
  'short.envoy.listener-filter.original-src-none': 'original_src',
  'short.envoy.listener-filter.tls': 'tls_inspector',
  'short.envoy.listener-filter.tls-none': 'tls_inspector',
  'short.envoy.listener-filter.tls-unknown': 'tls_inspector',
  'short.envoy.listener-filter.http': 'http_inspector',
  'short.envoy.listener-filter.http-none': 'http_inspector',
  'short.envoy.listener-filter.http-skipped': 'http_inspector',
  'short.envoy.listener-filter.http-unknown': 'http_inspector',
  'short.envoy.listener-filter.proxy-protocol': 'proxy_protocol',
  'short.envoy.listener-filter.assumed': 'listener filters',
  'short.envoy.network-filter.tcp-proxy': 'tcp_proxy',
  'short.envoy.network-filter.http-connection-manager': 'http_connection_manager',
  'short.envoy.route-configuration.inline': 'route configuration',
  'short.envoy.route-configuration.rds': 'route configuration {name}',
  'short.envoy.source.upstream-bind-config': 'new connection',
  'short.envoy.source.bootstrap-bind-config': 'new connection',
  'short.envoy.source.original-src': 'new connection',
  'short.envoy.source.kernel': 'new connection',
  'misread.envoy.source.upstream-bind-config':
    '“iptables changed the source.” No rule translates a source here: Envoy chose it with bind(), and iptables only lets it pass.',
  'misread.envoy.source.kernel':
    '“The client’s address was rewritten.” It was not: this is another connection, with a source of its own.',
};

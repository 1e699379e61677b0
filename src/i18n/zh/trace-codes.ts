// Chinese: what the trace tells — who changed the source, events, findings — and the short names on rows.
export const traceCodes = {
  'cause.upstream-bind-config':
    '是 Envoy 选的：它终结了客户端的连接，再新建一条到应用的连接，并按 cluster {cluster} 的 upstreamBindConfig 绑定到 {to}。',
  'cause.bootstrap-bind-config':
    '是 Envoy 选的：它终结了客户端的连接并新建一条，按 bootstrap 的 upstream_bind_config 绑定到 {to}。',
  'cause.original-src': '是 Envoy 选的：它新建了一条连接，但借助 original_src 使用客户端的地址 {to}。',
  'cause.kernel': 'Envoy 终结了客户端的连接并新建一条，没有绑定源地址，于是内核按路由选了 {to}。',
  'cause.snat': '是 netfilter 改写的：链 {chain} 中的 SNAT 把 {from} 改成了 {to}。',
  'cause.masquerade': '是 netfilter 改写的：链 {chain} 中的 MASQUERADE 把 {from} 改成了出接口的地址 {to}。',
  'cause.netmap': '是 netfilter 改写的：链 {chain} 中的 NETMAP 把 {from} 映射成了 {to}。',
  'cause.rewrite': '是 netfilter 在链 {chain} 中改写的：{from} 变成了 {to}。',
  'chooser.upstream-bind-config': 'upstreamBindConfig 选定了',
  'chooser.bootstrap-bind-config': 'bootstrap 的绑定配置选定了',
  'chooser.original-src': 'original_src 保留了',
  'chooser.kernel': '内核选定了',
  'chooser.kept': '源地址',
  'short.envoy.source.upstream-bind-config': '新建连接',
  'short.envoy.source.bootstrap-bind-config': '新建连接',
  'short.envoy.source.original-src': '新建连接',
  'short.envoy.source.kernel': '新建连接',
  'misread.envoy.source.upstream-bind-config':
    '“是 iptables 改了源地址。”其实没有任何规则转换源地址：地址是 Envoy 用 bind() 选的，iptables 只是放行。',
  'misread.envoy.source.kernel': '“客户端的地址被改写了。”并没有改写：这是另一条连接，有它自己的源地址。',
};

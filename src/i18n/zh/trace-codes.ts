// Chinese: what the trace emits — events, why something was passed over, findings, where the request came from.
export const traceCodes = {
  'cause.upstream-bind-config':
    '是 Envoy 选的：它终结了客户端的连接，再新建一条到应用的连接，并按 cluster {cluster} 的 upstreamBindConfig 绑定到 {to}。',
  'chooser.upstream-bind-config': 'upstreamBindConfig 选定了',
};

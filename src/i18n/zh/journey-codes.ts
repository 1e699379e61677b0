// Chinese: replies, and the journey over several pods and nodes.
export const journeyCodes = {
  'app.answers': '应用在同一条连接上响应：{source} 发往 {destination}。',
  'agent.answers': 'pilot-agent 响应：{source} 发往 {destination}。',
  'app.is-answered': '响应回到发起请求的应用（{destination}）。',
  'proxy.answers': '代理把响应写回收到请求的那条连接：{source} 发往 {destination}。',
  'kernel.conntrack': '这里不查任何规则：conntrack 认得这条连接，把对请求做过的改动还原，{from} 变回 {to}。',
  'reply.between': '响应原路返回：{source} 发往 {destination}。',
  'reply.to-client': '响应回到客户端：{source} 发往 {destination}。',
  'reply.service':
    '把 Service 地址换成 Pod 地址的那一方，也会为响应换回来：响应来自 {source}。粘贴的内容里没有它。',
  'short.app.answers': '响应 {destination}',
  'short.app.is-answered': '收到响应',
  'short.proxy.answers': '响应 {destination}',
  'short.kernel.conntrack': 'conntrack：{to}',
  'short.reply.between': '返回 {destination}',
  'short.reply.to-client': '返回 {destination}',
  'short.reply.service': '源地址换回 {source}',
  'misread.kernel.conntrack':
    '“响应会再走一遍 nat 表。”不会：每条连接只查一次 nat 规则，之后的报文都由 conntrack 直接转换。',
  'finding.reply-astray':
    '响应回不来：它经 {interface} 发往 {destination}，而不是回到发起连接的套接字 {asked}，三次握手无法完成。请检查恢复 mark 的规则，以及对应的 ip rule 和 ip route。',
  'finding.reply-dropped': '发往 {asked} 的响应在回程被丢弃，连接建立不起来。',
  'finding.reply-owner-unknown':
    '{pod} 里应用的响应怎么走，取决于一条检查发送进程属主的规则，而粘贴的内容没有说明应用以谁的身份运行（runAsUser）。',
  'finding.reply-unknown': '请求已经到达；响应能否通过 {pod} 的 {chain} 链，粘贴的内容里看不出来。',
  'network.forwarded': '这台机器把报文从 {interface} 转发出去：{source} 发往 {destination}。',
  'network.to-node': '这里没有 Pod 拥有 {destination}；报文交给 {node}，由它的规则处理。',
  'short.network.forwarded': '经 {interface} 转发',
  'short.network.to-node': '到 {node}',
  'ztunnel.accepts': 'ztunnel 接下发往 {destination} 的连接。',
  'ztunnel.inbound-plaintext':
    'ztunnel 以客户端自己的地址 {source} 连接应用 {destination}：它的套接字是透明的，只有端口变了。',
  'ztunnel.inbound-tunnel': 'ztunnel 解开 HBONE，以外层对端的地址 {source} 连接 {destination}。',
  'ztunnel.inbound-forwarded':
    'ztunnel 解开 waypoint 建立的 HBONE，采信其 Forwarded 里的客户端地址，以 {source} 连接 {destination}。',
  'ztunnel.outbound': 'ztunnel 向 {destination} 建立 HBONE，在其中请求 {inside}。',
  'ztunnel.outbound-plaintext': '对端不支持 HBONE：ztunnel 以明文连接 {destination}。',
  'ztunnel.to-waypoint': 'ztunnel 把连接交给 waypoint：向 {destination} 建立 HBONE，请求 {inside}。',
  'ztunnel.waypoint': 'waypoint 向 {destination} 建立 HBONE，并用 Forwarded 说明客户端地址。',
  'short.ztunnel.accepts': '接管',
  'waypoint.accepts': 'waypoint 接下发往 {destination} 的连接。',
  'short.waypoint.accepts': '接管',
  'short.ztunnel.inbound-plaintext': '新建连接',
  'short.ztunnel.inbound-tunnel': '新建连接',
  'short.ztunnel.inbound-forwarded': '新建连接',
  'short.ztunnel.outbound': 'HBONE',
  'short.ztunnel.outbound-plaintext': '新建连接',
  'short.ztunnel.to-waypoint': 'HBONE 到 waypoint',
  'short.ztunnel.waypoint': 'HBONE',
  'finding.no-listener': '{pod} 的 {port} 端口没有监听者，内核会重置连接。',
  'finding.listeners-not-pasted':
    '无法判断 {pod} 是否监听 {port} 端口：请粘贴它的 listener（istioctl proxy-config listener … -o json）。',
  'agent.answers-dns': 'pilot-agent 自己响应 {source} 的 DNS 查询，或者再去问真正的服务器。',
  'short.agent.answers-dns': 'pilot-agent 的 DNS',
  'finding.reply-elsewhere':
    '响应发往 {destination}，而这个地址只是 {pod} 借用的：只有去往那里的路经过 {pod}（作默认网关，或按 mark 路由），响应才回得来。',
  'network.service-pasted':
    '{service} 是粘贴内容里某个 Service 的地址；出了 Pod，kube-proxy 把它送到 {endpoint}。',
  'short.network.service-pasted': 'Service → {endpoint}',
  'reply.service-pasted': 'kube-proxy 为响应还原 Service 的转换：响应来自 {source}。',
  'short.reply.service-pasted': '源地址换回 {source}',
};

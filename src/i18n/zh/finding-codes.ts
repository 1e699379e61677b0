// Chinese: findings of the way, of rules, and misreadings.
export const findingCodes = {
  'finding.original-src-without-routing':
    '代理借用了源地址（original_src），响应经 {interface} 发往 {destination}，回不到 {asked}。需要在 mangle OUTPUT 恢复 mark，有对应的 ip rule，以及默认路由为 local 的路由表。',
  'finding.no-filter-chain':
    '{pod} 的 {listener} 没有匹配的 filter chain，Envoy 关闭连接（NR filter_chain_not_found）。多半是明文访问 STRICT 端口：给客户端注入 sidecar，或把端口设为 PERMISSIVE。',
  'finding.no-endpoint':
    'cluster {cluster} 没有健康的 endpoint，Envoy 返回 503（UH）。请在 {pod} 上查看 istioctl proxy-config endpoint。',
  'finding.cluster-missing':
    '{pod} 的路由指向 cluster {cluster}，但配置里没有它，Envoy 返回 503（NC）。常见原因是 subset 没有对应的 DestinationRule。',
  'finding.no-route-matches':
    '{pod} 没有匹配的路由，Envoy 返回 404（NR route_not_found）。请比对 Host 首部与 virtual host 的 domains。',
  'finding.proxy-header-missing':
    '{pod} 的 {listener} 要求 PROXY 首部，但没人发送，连接被关闭。让发送方加上，或去掉这个 listener filter。',
  'finding.proxy-header-as-request':
    'PROXY 头“{header}”到了 {pod} 里等待 HTTP 的代理，而它不读这个头，于是回应 400。请在那里加上 listener filter proxy_protocol，或者不再发送它。',
  'finding.proxy-header-unread':
    'PROXY 首部“{header}”被当作数据交给了 {pod} 的应用：没有人读它。请在接收方加上 listener filter proxy_protocol，或停止发送。',
  'finding.blackhole':
    '在 {pod} 里 {destination} 通向 BlackHoleCluster，连接被丢弃。REGISTRY_ONLY 下多半缺少 ServiceEntry；针对 15001 和 15006 本身则是有意的。',
  'finding.passthrough':
    '{pod} 不认识 {destination} 这个服务，{cluster} 按原目的地址转发，没有自己的路由和 mTLS。',
  'finding.source-kept': '{pod} 里的代理虽然另建了连接，应用看到的仍是客户端自己的地址 {address}。',
  'finding.capture-bypassed-inbound':
    '这条规则让去往 {destination} 的连接绕过 {pod} 的代理：没有 mTLS、策略、指标和日志。',
  'finding.capture-bypassed-outbound': '这条规则让去往 {destination} 的连接绕过代理离开 {pod}。',
  'finding.xff-spoofable':
    '客户端自己带了 X-Forwarded-For: {sent}，它仍排在最前面：{header}。从右往左数：前面有 N 层可信代理，就取右起第 N 项；再往左的都可能是伪造的。',
  'finding.xff-brought':
    '请求到达 {pod} 时已经带着 X-Forwarded-For: {sent}：可能是网关写的，也可能是客户端编造的，粘贴的内容没有说明。从右往左数：前面有 N 层可信代理，就取右起第 N 项；再往左的都可能是伪造的。',
  'finding.xff-trusted':
    '{pod} 按可信代理的层数（numTrustedProxies）计算，把 X-Forwarded-For 里的 {client} 当作客户端。经过它之后，首部是 {header}；{client} 左边的都可能是伪造的。',
  'finding.tproxy-without-original-src':
    'TPROXY 把客户端地址带到了 {pod} 的代理，但没有 listener filter original_src，代理用别的地址连接应用。',
  'finding.listens-on-loopback':
    '应用只监听 127.0.0.1:{port}，而代理连接的是 {destination}，会被拒绝。让应用监听所有地址，或把 inboundTrafficPolicy 设为 LOCALHOST。',
  'finding.rules-unreachable':
    '{pod} 里有 {count} 条规则永远走不到：{rules}。前面的规则对所有报文都结束了这条链。',
  'finding.rules-shadowed':
    '{pod} 里有 {count} 条规则永远不会匹配：{rules}。它们要匹配的报文都被前面的规则拿走了。',
  'finding.rules-duplicate': '{pod} 里有 {count} 条重复的规则：{rules}。',
  'finding.command-refused':
    '为 {pod} 粘贴的命令没有权限读取规则，所以规则未知：istio-proxy 没有 NET_ADMIN。可以依次尝试：{first}；{second}；在节点上以 root 使用 nsenter。',
  'finding.return-rule-missing':
    '{chain} 的第 {rule} 条规则把代理自己的连接（{by} {value}）又送回代理，前面没有规则放行它。在 Pod 的网络命名空间里执行：{command}；或者删掉 Pod，由 istio-init 为新的 Pod 生成规则。',
  'finding.rules-opaque':
    '{pod} 的规则里有 {count} 处 nft 只给出名字（xt）：具体条件不在文本中，无从判断，需要改写它们的补救办法也就不提供。iptables-save 会完整输出。',
  'finding.nat-drop-refused':
    '{pod} 的 nat 表里有 DROP：{rules}。iptables 不允许这样做（“not intended for filtering”）：给 iptables-restore 的文本只要含有它，就整个不会加载。如果是内核输出的，那么这条规则是 nft 写入的。',
  'finding.nat-idle':
    '{pod} 的这些规则不会丢弃任何报文：{rules}。粘贴的规则里没有一条转换地址或查询连接状态，所以内核不跟踪连接，也不会查询任何 nat 链。',
  'finding.rules-cut':
    '为 {pod} 粘贴的规则是从一张表里截取的，缺少：{chains}。那里发生的事只能假定，或无法判断；用 iptables-save 可以输出整张表。',
  'finding.rules-excerpt':
    '为 {pod} 粘贴的 {printed} 条规则是 istio-init 所生成规则的一部分；其余 {assumed} 条按假定补上，用 iptables-save 可以看到全部。',
  'finding.asked-was-answered':
    'curl 打印出了状态为 {status} 的响应：请求是通的，只是粘贴的内容没有说明它怎么走。',
  'finding.cluster-not-pasted': '粘贴的内容里没有 cluster {cluster}，可以这样得到：{command}',
  'finding.misreading-reply-nat':
    '常见说法：响应会再走一遍 nat 表。路径显示：不查任何 nat 规则，由 conntrack 转换。',
  'finding.misreading-steps-9-12':
    '常见说法：第 9 到 12 步是响应。路径显示：这是应用新建的连接；响应在后面，不经过这些规则。',
  'finding.misreading-answer-by-15001':
    '常见说法：应用处理完以后，响应经过第 9 到 12 步进入 Envoy 的 15001 端口。路径显示：它沿 Envoy 连到应用的那条连接返回，不经过任何 nat 规则。',
  'finding.misreading-redirect-loopback':
    '常见说法：REDIRECT 总是把目标改成 127.0.0.1。路径显示：在 PREROUTING 里改成的是入接口的地址，只有在 OUTPUT 里才是 127.0.0.1。',
  'finding.misreading-second-leg-loopback':
    '常见说法：Envoy 通过 127.0.0.1 访问应用。路径显示：它连的是 Pod 自己的地址，所以只监听 127.0.0.1 的应用收不到请求（Istio 1.10 及以后）。',
  'finding.misreading-inbound-use-original-dst':
    '常见说法：入站 listener 用 useOriginalDst 转交连接。路径显示：它的 original_dst 过滤器恢复目的地址，连接由同一个 listener 的 filter chain 处理。',
  'finding.misreading-gid-duplicate':
    '常见说法：gid 规则只是重复 uid 规则。路径显示：这里的代理不是以那个 uid 运行的，只有 gid 规则放它出去。',
  'finding.misreading-iptables-source':
    '常见说法：iptables 把源地址改成了 127.0.0.6。路径显示：是 Envoy 把自己的连接绑定在它上面，规则只是放行。',
  'finding.misreading-lo-prerouting':
    '常见说法：Envoy 到应用的报文会经过 ISTIO_INBOUND。路径显示：经 lo 的报文保留 conntrack 条目，不再查 nat PREROUTING。',
  'finding.misreading-envoy-never-caught':
    '常见说法：Envoy 发出的流量从不被拦截。路径显示：这条规则把 Envoy 自己的连接送到了入站一侧。',
  'finding.misreading-rule-8':
    '常见说法：放行 localhost 的是 -d 127.0.0.1 -j RETURN。路径显示：前面那条针对 lo 和属主的规则先决定了。',
  'finding.misreading-own-process-caught':
    '常见说法：pilot-agent 到 istiod 的流量经过 15001。路径显示：属主规则让它返回，直接离开。',
  'finding.misreading-always-127-0-0-6':
    '常见说法：用了 Istio，应用总是看到 127.0.0.6。路径显示：这个 cluster 没有绑定源地址，endpoint 在环回地址上，所以看到的是 127.0.0.1。',
  'finding.misreading-tproxy-port':
    '常见说法：TPROXY 连源端口也保留。路径显示：连接是 Envoy 的，端口也是它的。',
  'finding.misreading-tproxy-return':
    '常见说法：TPROXY 的回程没有特别之处。路径显示：恢复的 mark 把响应送回 lo，否则会从 eth0 离开。',
  'finding.misreading-udp-captured':
    '常见说法：入站规则会把所有流量交给代理。路径显示：PREROUTING 只交出 TCP，这个 UDP 报文绕过代理直接到达应用。',
  'finding.misreading-redirect-all':
    '常见说法：不带 -p 的跳转会把每个报文都送进代理。路径显示：跳到的那条链只重定向 TCP，这个 UDP 报文穿过它，没有被改动。',
  'finding.misreading-idle-hooks':
    '常见说法：nat 的 INPUT 和 POSTROUTING 是路径上会做决定的步骤。路径显示：这条链是空的，默认策略放行一切。',
  'finding.misreading-probe':
    '常见说法：应用日志里的 127.0.0.6 就是 Envoy 后面的客户端。路径显示：pilot-agent 替 kubelet 探测时也从 127.0.0.6 发起连接，其中没有代理任何请求。',
  'finding.misreading-ambient-node':
    '常见说法：ambient 里的报文会离开 Pod 的命名空间去找节点上的 ztunnel。路径显示：ztunnel 的套接字就在 Pod 里（Istio 1.21 起）。',
};

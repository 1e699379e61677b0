// Chinese: what the trace tells — who changed the source, events, findings — and the short names on rows.
export const traceCodes = {
  'cause.upstream-bind-config':
    '是 Envoy 选的：它终结了客户端的连接，再新建一条到应用的连接，并按 cluster {cluster} 的 upstreamBindConfig 绑定到 {to}。',
  'cause.bootstrap-bind-config':
    '是 Envoy 选的：它终结了客户端的连接并新建一条，按 bootstrap 的 upstream_bind_config 绑定到 {to}。',
  'cause.original-src': '是 Envoy 选的：它新建了一条连接，但借助 original_src 使用客户端的地址 {to}。',
  'cause.kernel':
    '{pod} 的 Envoy 终结了客户端的连接，另建一条到 {destination}，没有绑定源地址，于是内核按这条路由选了 {to}。',
  'kept.envoy.source.kernel':
    '{pod} 的 Envoy 终结了应用的连接，按 cluster {cluster} 另建一条到 {destination}，没有绑定源地址，于是内核选的仍是 {source}：代理和应用共用 Pod 的地址。',
  'kept.finding.capture-bypassed-inbound':
    '{chain} 的第 {rule} 条规则让这条连接绕过 {pod} 的代理，没有谁另建连接，也就没有 mTLS、策略、指标和日志。',
  'kept.finding.capture-bypassed-outbound':
    '{chain} 的第 {rule} 条规则让这条连接绕过代理离开 {pod}，没有谁另建连接。',
  'kept.envoy.source.original-src':
    '{pod} 的 Envoy 终结了客户端的连接，另建一条到应用，但借助 original_src，源地址仍用客户端的 {source}。',
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
  'cause.application': '应用自己新建了一条连接。',
  'chooser.application': '应用自己的地址',
  'app.receives': '应用在端口 {port} 上接受连接，看到的对端是 {source}。',
  'app.calls': '应用自己新建一条连接，目的是 {destination}。',
  'network.from-client': '报文来自客户端 {source}，目的是 {destination}。',
  'network.between': '报文在 Pod 之间传输：{source} 到 {destination}。',
  'network.leaves': '报文从 {interface} 离开 Pod：{source} 到 {destination}。',
  'network.service':
    '{service} 是 Service 的地址，出了 Pod 之后变成 {endpoint}。由哪条规则完成，粘贴内容里没有。',
  'network.not-pasted': '报文发往 {destination}。这是谁的地址，粘贴内容里没有。',
  'proxy.connects': '代理新建了一条自己的连接。',
  'finding.source-lost': '从第 {hop} 跳开始，源地址不再是客户端的 {from}，应用看到的是 {to}。',
  'finding.loop': '从第 {from} 跳到第 {to} 跳会无限重复：每一轮都回到起点。',
  'finding.undecided': '路径到此为止，因为粘贴的内容无法决定这一步。',
  'finding.destination-not-pasted': '粘贴的内容没有说明 {address} 属于谁。请添加那个 Pod 及其地址。',
  'finding.log-cluster-differs':
    '日志里的 cluster 是 {logged}，而按配置得出的是 {derived}：两者可能来自不同时间或不同的 Pod。',
  'finding.log-source-differs':
    '日志里的源地址是 {logged}，而按配置得出的是 {derived}：两者可能来自不同时间或不同的 Pod。',
  'finding.martian-source': '内核把它当作 martian 丢弃：{source} 不应作为源地址从这个接口进来。',
  'finding.martian-destination': '内核把它当作 martian 丢弃：{destination} 不应作为目的地址从这个接口进来。',
  'finding.localnet':
    '内核把它当作 martian 丢弃：127.0.0.0/8 不应从链路上进来（{source} 到 {destination}）。这里假定 net.ipv4.conf.*.route_localnet 是内核默认值 0，因为没有粘贴它。',
  'finding.undecided-localnet':
    '无法判定：{source} 到 {destination}，127.0.0.0/8 从链路上进来。内核会丢弃它，除非 net.ipv4.conf.*.route_localnet 为 1（kube-proxy 会在节点上这样设置）。用 `sysctl -a | grep route_localnet` 查看。',
  'finding.refused-on-arrival':
    'IPv6 在它进来时就丢弃，还没有走到任何规则：{source} 到 {destination} 不应出现在链路上。',
  'finding.loopback-source': '内核不会把环回地址 {source} 发出 Pod。',
  'finding.route-blackhole': '一条 blackhole 路由丢弃了发往 {destination} 的包。',
  'finding.route-unreachable': '路由表说 {destination} 不可达（unreachable），内核拒绝发送。',
  'finding.route-prohibit': '路由表禁止（prohibit）向 {destination} 发送。',
  'finding.no-route': '没有到 {destination} 的路由：粘贴的路由表里没有。',
  'finding.undecided-route':
    '无法判断 {destination} 走哪里：某条 ip rule 指向一张没有粘贴的表，或问的是粘贴内容没有说的事。请粘贴 ip rule 和 ip route show table all。',
  'finding.not-forwarding': '{destination} 不是这个 Pod 的地址，而 Pod 不做转发。',
  'finding.log-answered': '日志显示这个请求得到了应答。日志与规则来自不同的时间，或不同的 Pod。',
  'finding.routing-assumed':
    'TPROXY 还需要规则里看不到的策略路由：ip rule fwmark {mark} 指向一张默认路由为 local 的表。这里假定它存在；可用 ip rule 和 ip route show table 核对。',
  'finding.address-differs':
    '日志里这个 Pod 的地址是 {logged}，而给定的地址是 {given}：请改正地址，或者这份日志属于另一个 Pod。',
  'finding.table-repeated':
    '{table} 表粘贴了不止一次，这里走的是第 {line} 行的那一份：与日志同一时期的，否则是最后一份。如果它们来自不同的 Pod，请分到各自的页签。',
  'finding.assumed': '有 {hops} 跳依据的是粘贴内容之外的假定。',
  'found.table': '{table} 表（{family}）：{rules} 条规则',
  'found.listeners': 'listener：{count}',
  'found.clusters': 'cluster：{count}',
  'found.routes': '路由：{count}',
  'found.endpoints': 'endpoint：{count}',
  'found.log': '访问日志：{count} 行',
  'found.init': 'istio-init 的参数，{mode}；没有写明版本，按当前版本处理',
  'found.init-version': 'istio-init {version} 的参数，{mode}',
  'found.routing-policy': 'ip rule：{count} 条',
  'found.kernel-routes': 'ip route：{count} 条路由',
  'found.interfaces': 'ip addr：{count} 个接口',
  'found.prose': '文本',
  'missing.rules': '没有规则，按 Istio 默认',
  'missing.listeners': '没有 listener',
  'missing.clusters': '没有 cluster',
  'missing.log': '没有访问日志',
  'request.none': '从粘贴的内容里看不出是哪个请求，可以在下面指定。',
  'short.app.receives': '看到 {source}',
  'short.app.calls': '调用 {destination}',
  'short.network.from-client': '来自客户端',
  'short.network.between': 'Pod 之间',
  'short.network.leaves': '经 {interface} 离开',
  'short.network.service': 'Service → {endpoint}',
  'short.network.not-pasted': '发往 {destination}',
  'short.proxy.connects': '新建连接',
  'misread.app.calls':
    '“第 9 到 16 步是响应。”并不是：这是应用新建的连接。响应由 conntrack 原路带回，不经过任何 nat 规则。',
  'document.iptables-save': 'iptables-save',
  'document.iptables-rules': 'iptables -S',
  'document.iptables-list': 'iptables -L',
  'document.envoy-config': 'Envoy 配置',
  'document.istioctl-table': 'istioctl 表格',
  'document.access-log': '访问日志',
  'document.prose': '文本',
  'document.istio-default-rules': 'Istio 默认规则',
  'document.istio-init-rules': 'istio-init 按粘贴的参数生成的规则',
  'document.istio-default-config': 'Istio 默认配置',
};

// Chinese: what was observed beside what is predicted, and pieces of a paste that contradict each other.
export const observedCodes = {
  'request.asked': '没有访问日志说明是哪个请求，这里取 Pod 里最后一次 curl 发出的请求。',
  'request.seen': '没有访问日志说明是哪个请求，这里取粘贴的 {kind} 里最先出现的连接。',
  'finding.other-connection.conntrack':
    '这份 conntrack 列表里没有这个请求的连接（{request}），第一条是 {seen}。条目可能已经过期，或者列表来自另一时间、另一个 Pod。',
  'finding.other-connection.kernel-trace':
    '这份内核 trace 里没有这个请求的报文（{request}），最先出现的是 {seen}。它抓的是另一个连接，或另一个 Pod。',
  'finding.other-connection.packet-capture':
    '这份抓包里没有这个请求的报文（{request}），最先出现的是 {seen}。它可能抓于另一时间、另一个接口或另一个 Pod。',
  'finding.other-connection.sockets':
    '这份列表里没有属于这个请求的 socket（{request}），第一条是 {seen}。连接当时已经关闭，或者列表来自另一个 Pod。',
  'finding.other-connection.server-log':
    '应用日志里的对端是 {seen}，而这个请求应来自 {predicted}：是同一对端在另一时间的另一个连接。',
  'finding.conntrack-differs':
    'conntrack 显示 NAT 把这个连接变成了 {seen}，而按规则应为 {predicted}。规则此后改过，或者两者来自不同的 Pod。',
  'finding.request-unseen':
    '粘贴的 {captures} 份观测里都没有请求 {request}，看到的是 {seen}。请求的来源与这些观测来自不同的时间或不同的 Pod。',
  'finding.rule-never-fired':
    '这个请求必然匹配 {table} 表 {chain} 的第 {rule} 条规则，但它的计数是 0（nat 表每个连接计一次）：规则来自另一个 Pod，或者列出计数时还没有这样的请求。路径上计数为 0 的规则：{rules} 条。',
  'finding.counters-all-zero':
    '粘贴的规则计数全是 0，{table} 表 {chain} 的第 {rule} 条也是，而请求确实发生过：计数被清零过，或者列表没有带计数。路径上这样的规则：{rules} 条。',
  'finding.nothing-captured':
    '访问日志有 {requests} 行，其中有入站请求，但本应重定向它们的 {chain} 第 {rule} 条规则一个连接也没有计到（nat 计的是连接数，不是报文数）。规则与日志来自不同的 Pod，或者其间 Pod 重启过。',
  'finding.counters-diverge':
    '{table} 表的两份列表规则相同，但各有一些计数比对方大。计数只增不减：两份列表来自不同的 Pod，或者计数被清零过。',
  'finding.trace-differs':
    '内核 trace 显示，报文在 {table} 表的 {chain} 里遇到的是“{traced}”，而按粘贴的规则应是：{predicted}。规则此后改过，或者两者来自不同的 Pod。',
  'finding.peer-differs':
    '应用日志里的对端是 {seen}，而按粘贴的规则和配置应看到 {predicted}。它们来自不同的时间或不同的 Pod，或者有没粘贴的东西改了源地址。',
  'finding.peer-from-agent':
    '应用看到的是 {peer}，但代理没有记录从那里发起的连接：pilot-agent 代 kubelet 发探针时也用这个地址。',
  'finding.peer-from-header':
    '日志的 %DOWNSTREAM_REMOTE_ADDRESS% 是 {address}，端口为 0：这是 Envoy 从 x-forwarded-for 取的，没有报文用它作源地址。这一行没有写真正的对端，所以报文的源地址未知；可以看 %DOWNSTREAM_DIRECT_REMOTE_ADDRESS%。',
  'finding.peer-in-other-line':
    '日志的另一行显示，是 {peer} 为 cluster {cluster} 发起的连接。这里的对端可能也是它，例如某个网关。',
  'finding.bind-unexplained':
    '日志显示代理从 {logged} 发起连接（cluster {cluster}），它既不是配置绑定的地址，也不是 Pod 或客户端的地址。日志与配置来自不同的时间或不同的 Pod。',
  'finding.listener-transparent':
    '规则用 {mode} 交接连接，而 listener {listener} 是为 TPROXY 准备的（transparent、original_src）。规则和配置分别取自修改 interceptionMode 之前和之后，或来自不同的 Pod。',
  'finding.listener-not-transparent':
    '规则用 {mode} 交接连接，而 listener {listener} 既不是 transparent，也没有 original_src。规则和配置分别取自修改 interceptionMode 之前和之后，或来自不同的 Pod。',
  'finding.proxy-owner-differs':
    '规则把 {kind} {rules} 当作代理放行，而代理容器的 {kind} 是 {container}：它自己发的报文会再次被重定向。规则与 Pod 不是同一个模板。',
  'finding.applied-twice':
    '{chain} 的第 {first} 条和第 {second} 条是同一条跳转：规则集被应用了两次。第二次不起新的作用。',
  'finding.other-backend':
    'iptables 提示另一个后端里也有表，而它们没有粘贴；内核两边都会查。请再运行 {command}。',
  'finding.log-of-several': '这份日志里的入站请求既发往 {first}，也发往 {other}：里面有不止一个 Pod 的日志。',
  'finding.pods-mixed': '粘贴的命令针对两个副本：{first} 和 {other}。一个的计数、连接和日志说明不了另一个。',
  'finding.templates-mixed':
    '粘贴的命令针对 {first} 和 {other}：同一工作负载，但 Pod 模板不同。两者的规则和配置可能不同。',
  'finding.version-inferred': '看起来是 Istio {versions}。这是推断，依据是：{signs}。',
  'finding.versions-differ':
    '没有哪个 Istio 版本会同时产生这些：“{newerSign}”要求不低于 {newer}，“{olderSign}”要求不高于 {older}。它们来自不同的 Pod，或者控制面与代理的版本不同。',
};

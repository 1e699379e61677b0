// Chinese: what was wrong in a paste or a link, and what to do about it.
export const pasteCodes = {
  'json.gap': '这里省略了一部分；其余部分照常读取，这一部分视为未知。',
  'json.expected': '这里应为 {expected}，却是 {found}。后面的内容已尽量读取，建议粘贴完整的 JSON。',
  'json.unclosed': '没有闭合，缺少 {expected}。粘贴的内容可能不完整。',
  'json.escape': '不是 JSON 的转义序列，按原样处理。',
  'json.typography': '弯引号或网页转义字符已按对应的 JSON 字符读取。',
  'json.depth': '嵌套超过 {limit} 层，更深的部分没有读取。',
  'yaml.syntax': '这一行使 YAML 无法解析（{problem}），只略过这一行。请连同缩进完整粘贴。',
  'yaml.size': '这段 YAML 超过 {limit} 个字符，已略过。请改用 JSON（-o json）。',
  'yaml.alias': 'YAML 别名 {name} 无法解析，按未知处理。',
  'access-log.columns': '这行日志的列数与格式不符，已略过。',
  'access-log.unknown-columns':
    '这行日志的各列不属于任何已知格式，只读取了开头部分。把含 accessLogFormat 的网格配置一并粘贴，就能全部读出。',
  'istioctl.table':
    '这个表格省略了大部分配置，也可能只列出一部分。istioctl proxy-config … -o json 会给出全部。',
  'istioctl.row': '不是这个表格的一行，已略过。',
  'envoy.unknown-resource': '这类 Envoy 资源与路径无关。',
  'envoy.nothing-recognised':
    '是 JSON，但不是 listener、cluster、route、endpoint，也不是 config_dump。请粘贴 istioctl proxy-config … -o json 或 /config_dump 的输出。',
  'istio-init.version':
    'Istio {version}：这里只知道 {first} 到 {last} 各版本的规则，因此改用 Istio 的默认规则。请直接粘贴 iptables-save 的输出。',
  'istio-init.combination':
    '这里不知道 Istio {version} 会按这些参数生成什么规则（DNS 捕获或 nftables），因此改用 Istio 的默认规则。请直接粘贴 iptables-save 的输出。',
  'istio-init.resolv-conf':
    '只有发往 /etc/resolv.conf 中服务器的 DNS 查询会被捕获，但粘贴的内容里没有这个文件，无法判断查询是否发往其中之一。请粘贴其中的 nameserver 行。',
  'rules.line':
    '这一行无法按规则解析，只略过这一行。应为 -A、-N、-P、iptables -L 的一行，或 nft list ruleset 的一行。',
  'rules.table.unknown': 'netfilter 没有 {table} 表，其中的规则已略过。',
  'rules.table.inferred': '没有写明是哪张表，但这些规则只可能在 {table} 表。',
  'rules.table.assumed': '没有写明是哪张表，按 {table} 表处理。iptables-save 会写明。',
  'rules.chain.missing': '规则跳转到链 {chain}，但粘贴的内容里没有它。',
  'rules.interfaces.hidden':
    'iptables -L 不带 -v 时不显示接口，因此无法判断接口是否命中。请加 -v，或使用 iptables-save。',
  'rules.match.unsupported': '不认识的匹配条件 {name}，无法判断是否成立。',
  'rules.match.unresolved': '{name} 是名字而不是数字，无法判断是否命中。请加 -n。',
  'rules.match.malformed': '{name} 不是这个匹配条件的合法取值，无法判断是否命中。',
  'rules.extension.hidden':
    'nft 只显示 iptables 扩展 {name} 的名字，不显示选项，无法判断它的含义。请使用 iptables-save。',
  'rules.target.unknown': '不认识的目标 {name}，无法判断它会做什么。',
  'paste.refused':
    '命令被拒绝：读取规则需要 NET_ADMIN，而 istio-proxy 容器没有。可以用 kubectl debug --profile=netadmin，或看 istio-init 的日志，或在节点上用 nsenter。',
  'paste.stray-line': '这一行不属于这里读得懂的任何内容，只跳过它，前后的内容照常读取。',
  'route.line': '这一行不是 ip rule、ip route 或 ip addr 的输出，只略过这一行。',
  'permalink.codec': '这个链接的格式（{codec}）当前版本打不开。下面显示的是第一个案例。',
  'permalink.checksum': '链接已损坏或被截断（收到 {length} 个字符），请重新索取。下面显示的是第一个案例。',
  'permalink.cut': '链接被截断：共 {total} 个字符，缺少 {missing} 个，请重新索取。下面显示的是第一个案例。',
  'permalink.changed': '链接中有字符在传递途中被改动，请重新索取。下面显示的是第一个案例。',
  'permalink.payload': '链接已损坏。下面显示的是第一个案例。',
  'permalink.scenario': '链接里不是一个场景（{path}：应为 {expected}）。下面显示的是第一个案例。',
  'permalink.size': '链接里的内容过大，无法打开。下面显示的是第一个案例。',
  'permalink.unknown-sample': '没有名为 {id} 的案例。下面显示的是第一个案例。',
  'request.given': '按给定的请求。',
  'request.from-log': '取自访问日志中的最后一个请求。',
  'request.likeliest': '没有说明是哪个请求，这里取最可能发往服务端 Pod 的一个。可以在下面指定。',
};

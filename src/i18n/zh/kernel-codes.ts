// Chinese: what netfilter decided at a hop, and why a rule was passed over.
export const kernelCodes = {
  'kernel.jump': '命中 {chain} 的第 {rule} 条规则，跳转到链 {to}。',
  'kernel.return': '命中 {chain} 的第 {rule} 条规则，返回调用它的链。',
  'kernel.accept': '{chain} 的第 {rule} 条规则接受报文，{table} 表到此为止。',
  'kernel.drop': '{chain} 的第 {rule} 条规则丢弃报文。',
  'kernel.continue': '命中 {chain} 的第 {rule} 条规则，报文继续到下一条。',
  'kernel.policy-accept': '{chain}（{table} 表）没有规则作出最终判定，执行默认策略 ACCEPT。',
  'kernel.policy-drop': '{chain}（{table} 表）没有规则作出最终判定，执行默认策略 DROP。',
  'kernel.mark': '{chain} 的第 {rule} 条规则把 mark 设为 {mark}，地址不变。',
  'kernel.destination-nat': '{chain} 的第 {rule} 条规则（{target}）把目的地址改写为 {to}，源地址不变。',
  'kernel.source-nat': '{chain} 的第 {rule} 条规则（{target}）把源地址改写为 {to}。',
  'short.kernel.toa': 'TOA：{client}',
  'short.kernel.toa-unread': 'TOA，没有读取',
  'kernel.toa':
    '抓到的 SYN 带有写着 {client} 的 TCP 选项，内核也加载了 toa 模块：虽然报文的源地址是 {source}，应用得到的是选项里的地址。',
  'kernel.toa-unread':
    '抓到的 SYN 带有写着 {client} 的 TCP 选项。粘贴的内容没有显示内核加载了 toa 模块（lsmod），因此应用得到的是报文的源地址 {source}。',
  'kernel.tproxy': '{chain} 的第 {rule} 条规则把报文交给本机 {port} 上的 socket。TPROXY 不改动任何地址。',
  'kernel.undecided': '仅凭粘贴的内容，无法判断 {chain} 的第 {rule} 条规则会怎样。',
  'kernel.undecided-match':
    '{chain} 的第 {rule} 条规则是否命中取决于“{condition}”，而粘贴的内容没有说明报文的这个值。',
  'kernel.undecided-target': '命中 {chain} 的第 {rule} 条规则，但不清楚它的目标会做什么。',
  'kernel.undecided-chain-missing': '{chain} 的第 {rule} 条规则跳转到一条粘贴内容里没有的链。',
  'kernel.undecided-chain-cut':
    '粘贴的只是 {table} 表的一部分，其中没有 {chain}，或没有到它的结尾，因此无法判断那里会发生什么。请粘贴整张表：iptables-save -t {table}',
  'kernel.undecided-chain-loop': '{chain} 的第 {rule} 条规则循环跳转，内核不会加载这样的规则。',
  'kernel.undecided-unsupported':
    '{chain} 的第 {rule} 条规则是否命中取决于“{condition}”，这里不认识这种匹配条件。',
  'kernel.undecided-hidden':
    '这种输出格式看不出 {chain} 的第 {rule} 条规则是否命中。请粘贴 iptables-save 或 iptables -L -v -n 的输出。',
  'kernel.undecided-unresolved':
    '{chain} 的第 {rule} 条规则是否命中取决于名称“{condition}”。请加 -n，以数字形式输出。',
  'kernel.undecided-malformed': '无法判断 {chain} 的第 {rule} 条规则是否命中：“{condition}”无法解析。',
  'kernel.undecided-set':
    '{chain} 的第 {rule} 条规则是否命中，取决于“{condition}”。请把这个集合的内容也粘贴进来：ipset list 或 nft list ruleset。',
  'kernel.undecided-runtime':
    '{chain} 的第 {rule} 条规则是否命中取决于“{condition}”，即内核的计数、时钟或报文内容，粘贴的内容无法说明。',
  'misread.kernel.destination-nat': '“是重定向隐藏了客户端。”它只改变报文去哪里，从不改变报文从哪里来。',
  'future.local': '到达本 Pod 端口 {port} 上的 socket。',
  'future.wire': '从 {interface} 离开 Pod。',
  'future.dropped': '在链 {chain} 中被丢弃。',
  'future.rejected': '在链 {chain} 中被拒绝。',
  'future.unroutable': '被内核路由丢弃。',
  'future.undecided': '仍无法判断：{chain} 的第 {rule} 条规则。',
};

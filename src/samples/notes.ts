// Notes for speakers, by topic; a worked case takes those of its topics.
import type { Note } from './note.ts';

/** The way in under REDIRECT, up to 127.0.0.6. */
export const redirectNotes: readonly Note[] = [
  {
    at: { step: 3 },
    en: 'Ask the room which ports never get this far: 15008, 15090, 15021, 15020. Open “Passed over” to see them asked, one after the other.',
    zh: '可以问大家：哪些端口走不到这里？15008、15090、15021、15020。展开“没有匹配的”，可以看到它们被逐条问过。',
  },
  {
    at: { step: 4 },
    en: 'REDIRECT changes the destination only: to the address of the interface the packet came in by. The source is still the client’s. Many drawings have 127.0.0.1 here; that is true in OUTPUT alone.',
    zh: 'REDIRECT 只改目的地址，改成包进来的那块网卡的地址。源地址还是客户端的。很多图在这里写 127.0.0.1，那只在 OUTPUT 成立。',
  },
  {
    at: { event: 'envoy.listener-filter.original-dst' },
    en: 'Envoy asks the kernel for the destination before the rewrite: conntrack remembers it. This is how 15006 can serve every port.',
    zh: 'Envoy 向内核询问改写之前的目的地址，conntrack 记得。正因如此，15006 一个端口就能服务所有端口。',
  },
  {
    at: { event: 'envoy.source.upstream-bind-config' },
    en: 'The moment of the whole talk. One connection ends and another begins, and the new one is bound to 127.0.0.6. No rule changed a source; show the line of the cluster.',
    zh: '全场最关键的一刻：一条连接结束，另一条开始，新连接绑定在 127.0.0.6。没有哪条规则改过源地址；请指给大家看 cluster 里的那一行。',
  },
];

/** What lets the connection to the application pass, and how the answer finds back. */
export const passingNotes: readonly Note[] = [
  {
    at: { step: 7 },
    en: 'Why 127.0.0.6 exists: this rule recognises it. Take the line out of the paste and the next rule sends the packet round for ever; undo brings it back.',
    zh: '127.0.0.6 的用处就在这里：这条规则靠它认人。从文本里删掉这一行，下一条规则会让包永远打转；撤销即可恢复。',
  },
  {
    at: { event: 'kernel.conntrack', packet: 'reply' },
    en: 'Replies ask no nat rule. conntrack turns the addresses back, whatever the rules say by now.',
    zh: '响应不查任何 nat 规则，地址由 conntrack 换回，不管此时规则写了什么。',
  },
];

export const loopNotes: readonly Note[] = [
  {
    at: { event: 'envoy.source.upstream-bind-config' },
    en: 'Up to here everything is as it should be. Ask what happens next without the rule for 127.0.0.6.',
    zh: '到这里一切正常。问问大家：少了 127.0.0.6 那条规则，接下来会怎样？',
  },
  {
    at: { event: 'kernel.jump', step: 6 },
    en: 'Owner 1337, by lo, not to 127.0.0.1: what was made for calls to one’s own Service now catches Envoy’s call to the application.',
    zh: '属主 1337，走 lo，目的不是 127.0.0.1：原本为“调用自己的 Service”准备的规则，现在拦住了 Envoy 发给应用的连接。',
  },
];

/** What TPROXY does otherwise. */
export const tproxyNotes: readonly Note[] = [
  {
    at: { event: 'kernel.tproxy' },
    en: 'No address changes. The packet is handed to a socket that listens on another port, and marked, so that routing keeps it on this host.',
    zh: '地址都没有变。包被交给监听在另一个端口的 socket，并打上标记，让路由把它留在本机。',
  },
  {
    at: { event: 'envoy.listener-filter.original-src' },
    en: 'This filter is what keeps the client, not TPROXY by itself: without it the listener would be transparent and the source lost all the same.',
    zh: '保住客户端地址的是这个 filter，而不是 TPROXY 本身：没有它，listener 再透明，源地址照样丢失。',
  },
  {
    at: { event: 'envoy.source.original-src' },
    en: 'Envoy borrows the client’s address. The port is another one: it is Envoy’s own connection.',
    zh: 'Envoy 借用客户端的地址。端口变了，因为这是 Envoy 自己的连接。',
  },
  {
    at: { event: 'kernel.mark', packet: 'reply' },
    en: 'The price: the answer is bound for an address that is not here. The connection’s mark comes back onto the packet, and ip rule sends it to table 133, to lo. No iptables dump shows that half.',
    zh: '代价在这里：响应的目的地址并不在本机。连接的标记恢复到包上，ip rule 让它查 133 号表，回到 lo。这一半在 iptables 的输出里看不到。',
  },
];

/** Steps 9 to 16, which are so often taken for the answer. */
export const stepsNotes: readonly Note[] = [
  {
    at: { event: 'app.calls', step: 9 },
    en: 'Step 9 is an application that calls, not one that answers. Ask who has read otherwise; most articles say “response” here.',
    zh: '第 9 步是应用主动发起调用，而不是响应。可以问问谁读到过别的说法：多数文章在这里写“响应”。',
  },
  {
    at: { step: 12 },
    en: 'In OUTPUT, REDIRECT does give 127.0.0.1, and the packet is routed again: from eth0 to lo.',
    zh: '在 OUTPUT 里，REDIRECT 的确改成 127.0.0.1，而且包要重新路由：从 eth0 改走 lo。',
  },
  {
    at: { step: 13 },
    en: 'Here the source changes for the first time, and nobody notices: Envoy and the application share the pod’s address.',
    zh: '源在这里第一次改变，却没人察觉：Envoy 和应用共用 Pod 的地址。',
  },
  {
    at: { step: 15 },
    en: 'The proxy’s own packets are told by their owner, user 1337, and let go.',
    zh: '代理自己的包靠属主（用户 1337）辨认，直接放行。',
  },
];

/** A gateway in front. */
export const gatewayNotes: readonly Note[] = [
  {
    at: { event: 'envoy.source.kernel', pod: 'istio-ingressgateway' },
    en: 'The client is lost here, at the gateway, before the pod is reached. Whatever the sidecar does later can only keep what this connection bears.',
    zh: '客户端地址在这里，也就是网关上就丢了，包还没到 Pod。之后 sidecar 无论怎么做，保住的也只是这条连接带着的地址。',
  },
];

export const proxyProtocolNotes: readonly Note[] = [
  {
    at: { event: 'envoy.listener-filter.proxy-protocol' },
    en: 'One line in front of the data, read before every other filter: PROXY TCP4 106.52.131.116 … From here on Envoy takes that address for its peer.',
    zh: '数据之前的一行，先于其他 filter 读出：PROXY TCP4 106.52.131.116 … 从这里起，Envoy 把它当作对端地址。',
  },
];

export const tlsNotes: readonly Note[] = [
  {
    at: { event: 'envoy.virtual-host.exact' },
    en: 'Envoy reads the request, because the application did not encrypt it. Compare with the HTTPS case, where it can only count bytes.',
    zh: 'Envoy 能读到请求，因为应用没有加密。与 HTTPS 的例子对比，那里它只能数字节。',
  },
  {
    at: { event: 'envoy.endpoint.only' },
    en: 'Asked for port 80, sent to 443: the endpoint has another port, and the cluster’s transport socket does the TLS.',
    zh: '请求的是 80，发往的是 443：endpoint 换了端口，TLS 由 cluster 的 transport socket 完成。',
  },
];

export const ambientNotes: readonly Note[] = [
  {
    at: { event: 'ztunnel.accepts' },
    en: 'ztunnel runs on the node, but this socket was opened inside the pod’s network namespace: the packet never leaves the pod.',
    zh: 'ztunnel 运行在节点上，但这个 socket 开在 Pod 的网络命名空间里：包并没有离开 Pod。',
  },
  {
    at: { event: 'ztunnel.inbound-plaintext' },
    en: 'The same idea as TPROXY: connect from the client’s address, mark the packets, bring the answers back by that mark.',
    zh: '思路与 TPROXY 相同：以客户端地址发起连接，给包打标记，响应再靠标记带回。',
  },
];

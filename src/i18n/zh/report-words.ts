// Chinese: what can be taken away from the page.
export const reportWords = {
  report: {
    save: '保存 .{ending}',
    copy: '复制',
    copied: '已复制。',
    failed: '浏览器不允许。',
    print: '打印',
    printText: '结论、路径图、证据和逐跳列表，打印到纸上或存为 PDF。',
    format: {
      markdown: { name: '适合贴进 issue 的报告', text: 'Markdown：结论、证据，以及列出每一跳的表格。' },
      png: { name: '图片', text: '不透明底色的 PNG，放进幻灯片也清晰。' },
      svg: { name: '矢量图', text: '不透明底色的 SVG。' },
      animated: { name: '会动的图', text: '报文沿路径行走的 SVG。' },
      mermaid: { name: '时序图', text: 'Mermaid 文本，GitHub 和许多 wiki 都能画出来。' },
      trace: { name: '推演结果', text: 'JSON：每一跳及其证据，与命令行输出相同。' },
      scenario: { name: '案例', text: 'JSON：粘贴的内容，可在这里重新打开。' },
    },
    n: '跳',
    step: '步骤',
    pod: 'Pod',
    place: '位置',
    what: '发生了什么',
    addresses: '之后的地址',
    basis: '把握',
    hops: '{count, plural, other {共 # 跳}}',
    supplied: '不在粘贴内容里，取自 Istio 的默认配置',
    made: '由 Sidetrace 仅凭粘贴的内容推演得出；粘贴内容无法判断之处均已标明。',
  },
  metrics: {
    title: '这个代理上报的指标',
    about: 'Istio 的标准指标，除非另外配置过 telemetry。下面是路径能说明的标签，其余来自对端的元数据和响应。',
  },
  hookMap: {
    request: '{pod} 里的请求，连接 {connection}：起了作用的链会亮起。',
    reply: '{pod} 里的响应，连接 {connection}：由 conntrack 转换，不查 nat 的任何链。',
    none: '这条路径没有经过规则已知的内核。',
    about:
      '发给本机的报文经过 PREROUTING 和 INPUT；转发的报文经过 PREROUTING、FORWARD 和 POSTROUTING；本机发出的报文经过 OUTPUT 和 POSTROUTING。nat 每条连接只查一次；raw、mangle 和 filter 会看到每个报文。暗格表示内核里有这个位置，但没有规则在此起作用。',
  },
};

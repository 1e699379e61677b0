// Chinese: the pieces found in a paste, what is dropped, the table of a log.
export const pieceWords = {
  found: {
    lines: '第 {first} 到 {last} 行',
    of: '属于 {pod}。',
    other: '它属于另一个 Pod，所以这里不用它。',
    asked: '没有线索说明它属于哪个 Pod，暂且当作这一个的。',
    none: '它不属于任何 Pod。',
    show: '在文本中查看',
    table: '用表格查看',
    move: '归属到……',
    newPod: '新的 Pod',
  },
  variant: {
    kubectl: '用 kubectl 和 istioctl',
    nsenter: '在节点上，以 root 身份',
    debug: '在调试容器里',
  },
  drop: {
    here: '把文件或文件夹放到这里。内容不会离开这个页面。',
    nothing: '放下的东西里没有文本。',
    taken: '已读入 {count, plural, other {# 个文件}}。',
  },
  held: {
    reading: '正在读取文件：{part, number, percent}',
    label: '{pod} 的文本，按读到的显示',
    size: '{megabytes, number} MB，{lines, plural, other {# 行}}',
    leftOut:
      '这个文件长到浏览器无法当作一段文本保存：开头的 {count, number} 行没有读。先用命令行裁剪它（见 README 的 “In a terminal”），就什么也不会少。',
    tooLong:
      '这份 JSON 长到浏览器无法当作一段文本保存，而其中任何一部分都不足以作答，所以完全没有读。请输出得少一些，例如先用 istioctl proxy-config listener POD -o json，再用 cluster 和 route。',
    find: '在文本中查找',
    remove: '移除这个文件',
  },
  log: {
    title: '{pod} 的访问日志：{count, number} 行',
    find: '在日志中查找',
    notFound: '没有哪一行含有它。',
    rows: '日志各行',
    line: '行',
    five: '这一行的五个地址',
    downstream: '下游：谁连到 Envoy',
    upstream: '上游：Envoy 连到谁',
    none: '这个 Pod 的粘贴内容里没有访问日志。',
    failed: '这一行没有说明请求去往何处。',
  },
};

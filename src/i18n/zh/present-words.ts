// Chinese: presenting, the quiz, the tour.
export const presentWords = {
  present: {
    title: '演示',
    notes: '讲稿',
    ownNote: '给这一跳写下自己的备注',
    quiz: '提问',
    qr: '二维码',
    qrOf: '这一步的二维码',
    qrLong: '这一步的链接太长，手机扫不出二维码。请改用“分享”。',
    spotlight: '聚光灯',
    blank: '黑屏',
    unblank: '恢复画面',
  },
  quiz: {
    title: '提问',
    none: '这段路径没有可猜的内容。',
    rule: '{chain} 中哪条规则会匹配？',
    source: '接下来报文的源地址是什么？{chain}',
    app: '应用会看到哪个地址？{chain}',
    isRight: '对了。',
    isWrong: '不是这个。',
    goOn: '下一题',
    again: '从头开始',
    over: '这段路径没有更多问题了。目前 {asked} 题答对 {right} 题。',
    score: '{asked} 题答对 {right} 题，只记在本浏览器里',
  },
  tour: {
    title: '导览',
    place: '{n} / {count}。',
    answer: '先给结论：应用看到了什么，是哪一跳造成的，为什么。点“证据”就能看到粘贴内容中说明它的那一行。',
    paste:
      '这里是粘贴的内容：规则、Envoy 配置、日志，终端打印什么样就是什么样。起了作用的行带有标记，点一下就到它对应的那一跳。',
    picture:
      '报文走过的路。方框是地点，每行是一步，线的颜色代表源地址。源地址在哪里改变，颜色就恰好在哪里改变。',
    timeline: '用方向键一步步走，或按空格播放。“下一处源地址改变”（n）直接跳到关键处。',
    details: '当前这一跳的全部信息：前后的地址、证据，以及前面的规则为什么没有匹配。',
    gallery: '案例里还有更多例子，也可以从自己的内容开始。按 ? 查看全部快捷键。',
    next: '下一步',
    back: '上一步',
    later: '以后再看',
    end: '完成',
  },
};

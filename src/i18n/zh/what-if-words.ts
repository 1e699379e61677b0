// Chinese: remedies tried out.
export const whatIfWords = {
  whatIf: {
    title: '如果……',
    about: '每一项都会像改动集群那样改动粘贴的文本，再由同一个引擎推演。',
    none: '没有适合这些内容的补救办法。',
    nothing: '它在这里不改变任何东西。',
    failed: '引擎在这里停住了。你的文本没有改动。',
    keep: '打开改动后的案例',
    keepWhy: '撤销即可恢复粘贴的内容。',
    before: '之前',
    after: '之后',
    first: '到第一处不同',
    consequences: '得到什么，付出什么，会破坏什么',
    commands: '如何实施',
    patches: '{count, plural, other {对文本的 # 处改动}}',
  },
  outcome: {
    delivered: '应用看到',
    dropped: '被丢弃',
    refused: '被拒绝',
    loop: '原地打转',
    undecided: '无法判断',
  },
};

// Chinese: ways to carry a client's address, side by side.
export const carryWords = {
  carry: {
    title: '携带客户端地址的办法',
    about: '同一个客户端用六种办法访问同一个服务端。路径、地址和响应都来自各案例的推演；点名称可打开案例。',
    scroll: '表格右侧还有内容，可以横向滚动。→',
    all: '各种办法并排对比',
    client: '客户端',
    way: '办法',
    path: '路径，以及报文的源地址',
    appSees: '应用得到的地址',
    proxySees: '代理看到的地址',
    carrier: '客户端地址在哪里',
    answer: '响应',
    needs: '需要谁支持',
    breaks: '会出什么问题',
    nothing: '没有',
    noProxy: '途中没有代理',
    carriers: {
      packet: '就是报文的源地址',
      xff: '在 HTTP 首部里：',
      'proxy-header': '在数据之前：',
      option: '在 TCP 选项里：',
      none: '哪里都没有，已经丢失',
    },
    answers: {
      returns: '原路回到客户端',
      strays: '不经过代理，连接失败',
    },
    ways: {
      none: {
        name: '不携带：负载均衡器做 SNAT',
        needs: '谁都不用，任何负载均衡器都能做。',
        breaks: '按地址记录、限流或授权时，看到的只有负载均衡器。',
      },
      xff: {
        name: 'X-Forwarded-For',
        needs: '能读 HTTP 的代理；应用要读这个首部，并知道末尾有几项可信。',
        breaks: '只适用于 HTTP。客户端自己也能带这个首部，信任的项数多了，它就能任选地址。',
      },
      dnat: {
        name: '只做 DNAT',
        needs: '网络：响应必须再经过负载均衡器，所以它要做服务器的默认网关。',
        breaks: '响应若走了别的路，客户端会收到来自陌生地址的报文，只能丢弃。',
      },
      transparent: {
        name: '透明代理',
        needs:
          '代理（IP_TRANSPARENT、CAP_NET_ADMIN），以及把响应带回代理的路由：mark、ip rule 和 133 号表；跨机器时还要有默认路由。',
        breaks: '没有这样的路由，响应会发给并不认识这条连接的客户端。端口是代理自己的。',
      },
      toa: {
        name: 'TOA，一个 TCP 选项',
        needs: '能写入该选项的负载均衡器，以及服务器所在每个节点上的内核模块 toa。',
        breaks: '途中若有代理，得知地址的是代理，它不会往下传。丢弃未知 TCP 选项的设备会把地址一起丢掉。',
      },
      proxyProtocol: {
        name: 'PROXY protocol',
        needs: '每条连接的发送方和接收方，同一端口，同时启用。',
        breaks: '不认识首部的接收方会把它当数据，这里就是；要求首部的接收方会关闭没有首部的连接。',
      },
    },
  },
};

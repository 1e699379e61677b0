// English: ways to carry a client's address, side by side.
export const carryWords = {
  carry: {
    title: 'Ways to carry the client’s address',
    about:
      'The same client calls the same server by six ways. Path, addresses and answer come from the traces of the worked cases; a name opens its case.',
    scroll: 'The table goes on to the right: scroll it sideways. →',
    all: 'All ways side by side',
    client: 'client',
    way: 'Way',
    path: 'Path, with the source of the packet',
    appSees: 'The application is told',
    proxySees: 'The proxy sees',
    carrier: 'The client’s address travels',
    answer: 'The answer',
    needs: 'Who must support it',
    breaks: 'What breaks',
    nothing: 'nothing',
    noProxy: 'no proxy on the way',
    carriers: {
      packet: 'as the packet’s own source',
      xff: 'in a header of HTTP:',
      'proxy-header': 'in front of the data:',
      option: 'in a TCP option:',
      none: 'nowhere: it is lost',
    },
    answers: {
      returns: 'returns to the client the way it came',
      strays: 'does not come back through the proxy: the connection fails',
    },
    ways: {
      none: {
        name: 'None: SNAT at the load balancer',
        needs: 'Nobody. Every load balancer can do it.',
        breaks: 'Logs, limits and policies by address see the load balancer only.',
      },
      xff: {
        name: 'X-Forwarded-For',
        needs:
          'A proxy that reads HTTP, and an application that reads the header and knows how many of its last entries to trust.',
        breaks:
          'Everything that is not HTTP. A client can send such a header itself, so trusting too many entries lets it choose its address.',
      },
      dnat: {
        name: 'DNAT only',
        needs:
          'The network: every answer must pass the load balancer again, so it is the servers’ default gateway.',
        breaks:
          'If an answer takes another way, the client gets it from an address it never called and drops it.',
      },
      transparent: {
        name: 'Transparent proxy',
        needs:
          'The proxy (IP_TRANSPARENT, CAP_NET_ADMIN), and routing that leads answers back to it: mark, ip rule and table 133, and between machines the default route too.',
        breaks:
          'Without that routing answers go to a client that knows no such connection. The port is the proxy’s own.',
      },
      toa: {
        name: 'TOA, a TCP option',
        needs:
          'A load balancer that writes the option, and the kernel module toa on every node of the servers.',
        breaks:
          'A proxy in between is the one who is told, and passes nothing on. Whatever drops unknown TCP options drops the address.',
      },
      proxyProtocol: {
        name: 'PROXY protocol',
        needs: 'Sender and receiver of every connection, on that port, from the same moment on.',
        breaks:
          'A receiver that does not expect the header takes it for data, as here; one that expects it closes every connection without it.',
      },
    },
  },
};

// Ways to carry the source: X-Forwarded-For
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import edge from './edge.txt?raw';
import web from './web.txt?raw';

export const carryXff: Sample = {
  id: 'carry-xff',
  title: { en: 'Ways to carry the source: X-Forwarded-For', zh: '携带源地址的办法：X-Forwarded-For' },
  about: {
    en: paragraphs(
      'An HTTP proxy at the edge ends the connection and writes down who opened it: X-Forwarded-For: 106.52.131.116. The packet’s source is the proxy, the header’s is the client, and the two must not be confused.',
      'It costs nothing and works across any network, but only for HTTP, and only as far as the readers trust the writers: a client can send such a header too. useRemoteAddress makes this proxy append the address it sees itself, and how many of the last entries are one’s own proxies is what numTrustedProxies counts.',
    ),
    zh: paragraphs(
      '边缘的 HTTP 代理结束连接，同时记下是谁发起的：X-Forwarded-For: 106.52.131.116。报文的源地址是代理，首部里的是客户端，两者不可混为一谈。',
      '这种办法不费成本，也能跨任何网络，但只适用于 HTTP，而且取决于读的人是否信得过写的人：客户端自己也能带上这个首部。useRemoteAddress 让这个代理追加它亲眼看到的地址；末尾有几项属于自己的代理，就是 numTrustedProxies 要数的。',
    ),
  },
  keywords: ['XFF', 'X-Forwarded-For', 'useRemoteAddress', 'HTTP'],
  scenario: {
    version: 1,
    title: 'Ways to carry the source: X-Forwarded-For',
    request: { ...PLAIN_REQUEST, from: '106.52.131.116:6093', to: '198.18.0.10:80', protocol: 'http' },
    pods: [
      { name: 'edge', role: 'gateway', addresses: ['198.18.0.10'], paste: edge },
      { name: 'web', role: 'server', addresses: ['10.30.0.21'], paste: web },
    ],
    expect: { remoteAddress: '198.18.0.10', xForwardedFor: '106.52.131.116', outcome: 'delivered' },
  },
};

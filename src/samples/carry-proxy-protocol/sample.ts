// Ways to carry the source: PROXY protocol
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import edge from './edge.txt?raw';
import web from './web.txt?raw';

export const carryProxyProtocol: Sample = {
  id: 'carry-proxy-protocol',
  title: { en: 'Ways to carry the source: PROXY protocol', zh: '携带源地址的办法：PROXY protocol' },
  about: {
    en: paragraphs(
      'The proxy at the edge puts one line in front of the data: PROXY TCP4, the client, the address it called, both ports. It works for any protocol over TCP, and needs no help from the network.',
      'The receiver must know that the line comes. Here it does not: the application gets the header as the first bytes of its data, and its peer is still the proxy. Compare with the gateway case, where the receiving sidecar reads it.',
    ),
    zh: paragraphs(
      '边缘的代理在数据之前加一行：PROXY TCP4、客户端、它访问的地址、两个端口。TCP 之上的任何协议都能用，也不需要网络配合。',
      '接收方必须知道会有这一行。这里的应用并不知道：它把首部当成数据的头几个字节收下，对端仍是代理。可与网关那个例子对照，那里由接收方的 sidecar 来读。',
    ),
  },
  keywords: ['PROXY protocol', 'v1', 'header not read', 'TCP'],
  scenario: {
    version: 1,
    title: 'Ways to carry the source: PROXY protocol',
    request: { ...PLAIN_REQUEST, from: '106.52.131.116:6093', to: '198.18.0.10:80', protocol: 'tcp' },
    pods: [
      { name: 'edge', role: 'gateway', addresses: ['198.18.0.10'], paste: edge },
      { name: 'web', role: 'server', addresses: ['10.30.0.21'], paste: web },
    ],
    expect: { remoteAddress: '198.18.0.10', outcome: 'delivered' },
  },
};

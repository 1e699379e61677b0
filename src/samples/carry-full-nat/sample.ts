// For comparison: a load balancer with SNAT loses the source
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import loadBalancer from './load-balancer.txt?raw';
import web from './web.txt?raw';

export const carryFullNat: Sample = {
  id: 'carry-full-nat',
  title: {
    en: 'For comparison: a load balancer with SNAT loses the source',
    zh: '对照：SNAT 的负载均衡器丢掉源地址',
  },
  about: {
    en: paragraphs(
      'The same load balancer, which now gives the packet a source of its own as well. Answers find their way back from anywhere, and the client’s address is gone from the packet: this is a rewrite by netfilter, the only kind of loss in which iptables really is to blame.',
      'What can still tell the client is something inside the stream or beside it: a header in HTTP, PROXY protocol in front of the data, or a TCP option. The cases beside this one show each of them.',
    ),
    zh: paragraphs(
      '还是这台负载均衡器，但它同时把源地址换成了自己的。响应从哪里都能回来，可客户端的地址已经不在报文里：这是 netfilter 的改写，也是唯一真正该怪 iptables 的一种丢失。',
      '此后还能说明客户端的，只有数据流里面或旁边的东西：HTTP 首部、数据之前的 PROXY protocol，或 TCP 选项。相邻的几个例子逐一演示。',
    ),
  },
  keywords: ['SNAT', 'full NAT', 'load balancer', 'rewrite'],
  scenario: {
    version: 1,
    title: 'For comparison: a load balancer with SNAT loses the source',
    request: { ...PLAIN_REQUEST, from: '106.52.131.116:6093', to: '198.18.0.10:80', protocol: 'tcp' },
    pods: [
      { name: 'load-balancer', role: null, addresses: ['198.18.0.10', '10.30.0.5'], paste: loadBalancer },
      { name: 'web', role: 'server', addresses: ['10.30.0.21'], paste: web },
    ],
    expect: { remoteAddress: '10.30.0.5', outcome: 'delivered' },
  },
};

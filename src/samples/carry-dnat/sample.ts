// Ways to carry the source: DNAT
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import loadBalancer from './load-balancer.txt?raw';
import web from './web.txt?raw';

export const carryDnat: Sample = {
  id: 'carry-dnat',
  title: { en: 'Ways to carry the source: DNAT', zh: '携带源地址的办法：DNAT' },
  about: {
    en: paragraphs(
      'A load balancer that only translates the destination. The packet arrives at the server with the client’s own address and port, because nothing on the way ended the connection.',
      'The price is the way back: the answer must pass the same machine again, or the client would get it from an address it never called. That is why such load balancers have to be the servers’ default gateway, and why this works within one network and rarely between two. Watch the reply: conntrack puts the called address back.',
    ),
    zh: paragraphs(
      '只转换目的地址的负载均衡器。途中没有谁结束连接，所以报文到达服务端时，客户端的地址和端口都还在。',
      '代价在回程：响应必须再经过同一台机器，否则客户端会收到来自陌生地址的报文。因此这类负载均衡器要做服务器的默认网关，只适合同一个网络，很少能跨网。看一看响应：conntrack 把当初访问的地址换了回来。',
    ),
  },
  keywords: ['DNAT', 'load balancer', 'full NAT', 'client IP kept', 'LVS'],
  scenario: {
    version: 1,
    title: 'Ways to carry the source: DNAT',
    request: { ...PLAIN_REQUEST, from: '106.52.131.116:6093', to: '198.18.0.10:80', protocol: 'tcp' },
    pods: [
      { name: 'load-balancer', role: null, addresses: ['198.18.0.10', '10.30.0.5'], paste: loadBalancer },
      { name: 'web', role: 'server', addresses: ['10.30.0.21'], paste: web },
    ],
    expect: { remoteAddress: '106.52.131.116', remotePort: 6093, outcome: 'delivered' },
  },
};

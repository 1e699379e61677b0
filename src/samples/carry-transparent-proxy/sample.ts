// Ways to carry the source: a transparent proxy
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import edge from './edge.txt?raw';
import web from './web.txt?raw';

export const carryTransparentProxy: Sample = {
  id: 'carry-transparent-proxy',
  title: { en: 'Ways to carry the source: a transparent proxy', zh: '携带源地址的办法：透明代理' },
  about: {
    en: paragraphs(
      'The proxy at the edge connects from the client’s address: original_src, with IP_TRANSPARENT. To the server it looks as if there were no proxy at all.',
      'Whoever borrows an address must see to it that the answers come back to him. Here the proxy is a machine of its own, the server sends its answers to the client’s address, and nothing in this paste leads them through the proxy again. In a pod it works because both ends share one kernel; between machines it needs the proxy as the default gateway and routing by mark.',
    ),
    zh: paragraphs(
      '边缘的代理用客户端的地址发起连接：original_src 加 IP_TRANSPARENT。在服务端看来，好像根本没有代理。',
      '借用别人的地址，就得保证响应能回到自己手里。这里代理是一台独立的机器，服务端把响应发往客户端的地址，粘贴的内容里没有什么会把它再带回代理。在 Pod 里能行，是因为两端共用一个内核；跨机器就要让代理做默认网关，并按 mark 路由。',
    ),
  },
  keywords: ['transparent proxy', 'original_src', 'IP_TRANSPARENT', 'TPROXY'],
  scenario: {
    version: 1,
    title: 'Ways to carry the source: a transparent proxy',
    request: { ...PLAIN_REQUEST, from: '106.52.131.116:6093', to: '198.18.0.10:80', protocol: 'tcp' },
    pods: [
      { name: 'edge', role: 'gateway', addresses: ['198.18.0.10'], paste: edge },
      { name: 'web', role: 'server', addresses: ['10.30.0.21'], paste: web },
    ],
    expect: { remoteAddress: '106.52.131.116', outcome: 'delivered' },
  },
};

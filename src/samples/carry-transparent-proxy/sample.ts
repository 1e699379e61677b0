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
      'Whoever borrows an address must see to it that the answers come back to him. In a pod both ends share one kernel; here the proxy is a machine of its own. So the server has it as default gateway (its ip route says so), and there a mark and table 133 deliver the answers to the proxy’s socket. Take the default route out of web’s text: the answers go to a client that knows nothing of this connection.',
    ),
    zh: paragraphs(
      '边缘的代理用客户端的地址发起连接：original_src 加 IP_TRANSPARENT。在服务端看来，好像根本没有代理。',
      '借用别人的地址，就得保证响应能回到自己手里。在 Pod 里，两端共用一个内核；这里代理是一台独立的机器。所以服务端以它为默认网关（见 ip route），到了那里，再由 mark 和 133 号表把响应交给代理的 socket。从 web 的文本里删掉默认路由试试：响应会直接发给并不认识这条连接的客户端。',
    ),
  },
  keywords: ['transparent proxy', 'original_src', 'IP_TRANSPARENT', 'TPROXY'],
  scenario: {
    version: 1,
    title: 'Ways to carry the source: a transparent proxy',
    request: { ...PLAIN_REQUEST, from: '106.52.131.116:6093', to: '198.18.0.10:80', protocol: 'tcp' },
    pods: [
      { name: 'edge', role: 'gateway', addresses: ['198.18.0.10', '10.30.0.2'], paste: edge },
      { name: 'web', role: 'server', addresses: ['10.30.0.21'], paste: web },
    ],
    expect: { remoteAddress: '106.52.131.116', outcome: 'delivered' },
  },
};

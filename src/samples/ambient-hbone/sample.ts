// Ambient to ambient: HBONE on port 15008
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import shop from './shop.txt?raw';
import web from './web.txt?raw';

export const ambientHbone: Sample = {
  id: 'ambient-hbone',
  title: { en: 'Ambient to ambient: HBONE on port 15008', zh: 'ambient 到 ambient：HBONE，15008 端口' },
  about: {
    en: paragraphs(
      'Both pods are in the ambient mesh. The client’s ztunnel takes the connection on 15001 and opens an HTTP/2 CONNECT tunnel over mTLS to port 15008 of the server pod. The rules there leave 15008 alone, so it reaches ztunnel directly.',
      'The packet on the wire bears the client pod’s address, for ztunnel lives in that pod, and the server’s ztunnel connects to the application from its outer peer: the application sees the client. What it called, a service’s address, is inside the tunnel.',
    ),
    zh: paragraphs(
      '两个 Pod 都在 ambient 网格里。客户端的 ztunnel 在 15001 接下连接，向服务端 Pod 的 15008 端口建立基于 mTLS 的 HTTP/2 CONNECT 隧道。那边的规则不拦截 15008，所以直接到达 ztunnel。',
      '线路上的报文带着客户端 Pod 的地址，因为 ztunnel 就在那个 Pod 里；服务端的 ztunnel 再以外层对端的地址连接应用，所以应用看到的是客户端。应用原本要访问的 Service 地址则写在隧道里面。',
    ),
  },
  keywords: ['ambient', 'HBONE', '15008', 'CONNECT', 'mTLS', 'ztunnel'],
  assumes: ['ztunnel.', 'app.', 'network.', 'proxy.', 'reply.'],
  scenario: {
    version: 1,
    title: 'Ambient to ambient: HBONE on port 15008',
    request: { ...PLAIN_REQUEST, from: '10.244.1.5', to: '10.96.7.7:8080', protocol: 'tcp' },
    pods: [
      { name: 'shop', role: 'client', addresses: ['10.244.1.5'], paste: shop },
      { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: web },
    ],
    expect: { remoteAddress: '10.244.1.5', outcome: 'delivered' },
  },
};

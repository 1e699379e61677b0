// A Kuma pod: user 5678, and 127.0.0.6 as well
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import shop from './shop.txt?raw';
import web from './web.txt?raw';

export const kuma: Sample = {
  id: 'kuma',
  title: {
    en: 'A Kuma pod: user 5678, and 127.0.0.6 as well',
    zh: 'Kuma 的 Pod：用户 5678，也绑定 127.0.0.6',
  },
  about: {
    en: paragraphs(
      'Kuma’s transparent proxy: the chains have other names and the proxy runs as 5678, but the shape is the one known from Istio, down to 127.0.0.6 for the proxy’s connections to its own pod.',
      'Kuma’s inbound listener is bound to the pod’s address and port instead of a catch-all, and its cluster localhost:8080 carries the bind. The application sees 127.0.0.6 for the same reason as under Istio: the proxy chose it, and the first rule lets it pass.',
    ),
    zh: paragraphs(
      'Kuma 的透明代理：链名不同，代理以 5678 运行，但结构与 Istio 相同，连“代理连接自己的 Pod 时用 127.0.0.6”这一点也一样。',
      'Kuma 的入站 listener 绑定在 Pod 的地址和端口上，而不是兜底的一个；绑定源地址的是 cluster localhost:8080。应用看到 127.0.0.6 的原因与 Istio 相同：代理选了它，第一条规则放行。',
    ),
  },
  keywords: ['Kuma', '5678', 'KUMA_MESH_OUTBOUND', '127.0.0.6'],
  scenario: {
    version: 1,
    title: 'A Kuma pod: user 5678, and 127.0.0.6 as well',
    request: { ...PLAIN_REQUEST, from: '10.244.1.5:40000', to: '10.244.2.13:8080', protocol: 'http' },
    pods: [
      { name: 'shop', role: 'client', addresses: ['10.244.1.5'], paste: shop },
      { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: web },
    ],
    expect: { remoteAddress: '127.0.0.6', outcome: 'delivered' },
  },
};

// An undeclared port: 127.0.0.6 through InboundPassthroughCluster
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import productpage from './productpage.txt?raw';
import reviews from './reviews.txt?raw';

export const inboundPassthrough: Sample = {
  id: 'inbound-passthrough',
  title: {
    en: 'An undeclared port: 127.0.0.6 through InboundPassthroughCluster',
    zh: '没有声明的端口：经 InboundPassthroughCluster 也是 127.0.0.6',
  },
  about: {
    en: paragraphs(
      'A client calls port 7000 of the pod, which no Service declares. The port is captured like every other, no chain of virtualInbound is made for it, and the catch-all leads to InboundPassthroughClusterIpv4 (without the suffix since 1.23).',
      'That cluster is bound to 127.0.0.6 too, and has been since Istio 1.3, long before declared ports followed in 1.10. So an old mesh shows 127.0.0.1 on one port and 127.0.0.6 on another: this is the reason.',
    ),
    zh: paragraphs(
      '客户端访问 Pod 的 7000 端口，没有 Service 声明它。这个端口照样被拦截，virtualInbound 里没有为它生成的链，于是落到兜底的链，通向 InboundPassthroughClusterIpv4（1.23 起没有后缀）。',
      '这个 cluster 同样绑定在 127.0.0.6，而且从 Istio 1.3 起就是如此，比声明过的端口（1.10）早得多。老版本网格里一个端口看到 127.0.0.1、另一个看到 127.0.0.6，原因就在这里。',
    ),
  },
  keywords: ['InboundPassthroughCluster', 'undeclared port', '127.0.0.6', 'virtualInbound'],
  scenario: {
    version: 1,
    title: 'An undeclared port: 127.0.0.6 through InboundPassthroughCluster',
    request: { ...PLAIN_REQUEST, from: '10.244.1.11', to: '10.244.1.12:7000', protocol: 'tcp' },
    pods: [
      { name: 'productpage', role: 'client', addresses: ['10.244.1.11'], paste: productpage },
      { name: 'reviews', role: 'server', addresses: ['10.244.1.12'], paste: reviews },
    ],
    expect: { remoteAddress: '127.0.0.6', outcome: 'delivered' },
  },
};

// Dual stack: one cluster, two sources
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import shop from './shop.txt?raw';
import web from './web.txt?raw';

export const dualStack: Sample = {
  id: 'dual-stack',
  title: { en: 'Dual stack: one cluster, two sources', zh: '双栈：同一个 cluster，两个源地址' },
  about: {
    en: paragraphs(
      'A pod with both families. The cluster’s bind config names 127.0.0.6 and, as an extra source address, ::6; Envoy takes the one of the family it connects in. Here the client came over IPv6.',
      'Without ISTIO_DUAL_STACK the extra address is missing, and Envoy has no source of the right family for an IPv6 connection. Change the request’s address to 10.244.2.13 to see the other half.',
    ),
    zh: paragraphs(
      '两个地址族都有的 Pod。cluster 的绑定配置写了 127.0.0.6，另有附加源地址 ::6；Envoy 按要连接的地址族选用。这里客户端走的是 IPv6。',
      '没有开启 ISTIO_DUAL_STACK 时不会有附加地址，IPv6 连接就找不到合适的源地址。把请求的目的地址改成 10.244.2.13，可以看到另一半。',
    ),
  },
  keywords: ['dual stack', 'ISTIO_DUAL_STACK', 'extraSourceAddresses', '::6'],
  scenario: {
    version: 1,
    title: 'Dual stack: one cluster, two sources',
    request: {
      ...PLAIN_REQUEST,
      from: '[fd00:10:244:1::5]:40000',
      to: '[fd00:10:244:2::d]:8080',
      protocol: 'http',
    },
    pods: [
      { name: 'shop', role: 'client', addresses: ['fd00:10:244:1::5'], paste: shop },
      { name: 'web', role: 'server', addresses: ['fd00:10:244:2::d', '10.244.2.13'], paste: web },
    ],
    expect: { remoteAddress: '::6', outcome: 'delivered' },
  },
};

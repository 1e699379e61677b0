// Istio 1.4: the application sees 127.0.0.1
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import shop from './shop.txt?raw';
import web from './web.txt?raw';

export const istio14: Sample = {
  id: 'istio-1-4',
  title: { en: 'Istio 1.4: the application sees 127.0.0.1', zh: 'Istio 1.4：应用看到 127.0.0.1' },
  about: {
    en: paragraphs(
      'Up to Istio 1.9 the inbound cluster of a declared port was STATIC, with the endpoint 127.0.0.1 and no bind. Envoy connects to loopback, and the kernel gives such a connection a loopback source.',
      'These are the rules of 1.3 and 1.4: the lo rule of ISTIO_OUTPUT has no owner match yet, so even an application that calls its own pod’s address goes through the inbound proxy. In 1.5 the owner matches came, in 1.10 the ORIGINAL_DST cluster and 127.0.0.6.',
    ),
    zh: paragraphs(
      '直到 Istio 1.9，声明过的端口的入站 cluster 都是 STATIC，endpoint 是 127.0.0.1，不绑定源地址。Envoy 连接环回地址，内核就给它一个环回的源地址。',
      '这是 1.3 和 1.4 的规则：ISTIO_OUTPUT 的 lo 规则还没有属主条件，应用就算调用自己的 Pod IP 也会经过入站代理。1.5 加上了属主条件，1.10 才有 ORIGINAL_DST cluster 和 127.0.0.6。',
    ),
  },
  keywords: ['1.4', '127.0.0.1', 'upgrade', 'STATIC cluster', '1.10'],
  scenario: {
    version: 1,
    title: 'Istio 1.4: the application sees 127.0.0.1',
    request: { ...PLAIN_REQUEST, from: '10.244.1.5:40000', to: '10.244.2.13:8080', protocol: 'http' },
    pods: [
      { name: 'shop', role: 'client', addresses: ['10.244.1.5'], paste: shop },
      { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: web },
    ],
    expect: { remoteAddress: '127.0.0.1', outcome: 'delivered' },
  },
};

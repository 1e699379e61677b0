// interceptionMode NONE: no rules, only listeners
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import shop from './shop.txt?raw';
import web from './web.txt?raw';

export const interceptionNone: Sample = {
  id: 'interception-none',
  title: {
    en: 'interceptionMode NONE: no rules, only listeners',
    zh: 'interceptionMode NONE：没有规则，只有监听',
  },
  about: {
    en: paragraphs(
      'No istio-init ran and no rule captures anything. The Sidecar resource makes Envoy listen on port 9080 of the pod itself and hand requests to 127.0.0.1:8080, where the application listens.',
      'The application sees 127.0.0.1: the kernel’s choice for a connection to a loopback address, since the cluster is not bound. What does not call port 9080 does not meet Envoy, and nobody would notice.',
    ),
    zh: paragraphs(
      '没有运行 istio-init，也没有规则拦截任何东西。Sidecar 资源让 Envoy 直接监听 Pod 的 9080 端口，再把请求交给应用监听的 127.0.0.1:8080。',
      '应用看到 127.0.0.1：cluster 没有绑定源地址，连接环回地址时内核就这样选。不走 9080 的请求根本碰不到 Envoy，而且没人会察觉。',
    ),
  },
  keywords: ['interceptionMode NONE', 'captureMode NONE', 'Sidecar', '127.0.0.1', 'no iptables'],
  scenario: {
    version: 1,
    title: 'interceptionMode NONE: no rules, only listeners',
    request: { ...PLAIN_REQUEST, from: '10.244.1.5:40000', to: '10.244.2.13:9080', protocol: 'http' },
    pods: [
      { name: 'shop', role: 'client', addresses: ['10.244.1.5'], paste: shop },
      { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: web },
    ],
    expect: { remoteAddress: '127.0.0.1', outcome: 'delivered' },
  },
};

// Istio 1.9: the application sees 127.0.0.1
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import shop from './shop.txt?raw';
import web from './web.txt?raw';

export const istio19: Sample = {
  id: 'istio-1-9',
  title: { en: 'Istio 1.9: the application sees 127.0.0.1', zh: 'Istio 1.9：应用看到 127.0.0.1' },
  about: {
    en: paragraphs(
      'Istio 1.9 is the last version whose declared ports answer from 127.0.0.1. The rules already have the line for 127.0.0.6, but only undeclared ports use it, through InboundPassthroughCluster.',
      'After an upgrade to 1.10 the same application logs 127.0.0.6, and one that listens on 127.0.0.1 only is no longer reached, because Envoy now connects to the pod’s address. Compare with the first case of this gallery: the rules hardly differ, the cluster does.',
    ),
    zh: paragraphs(
      'Istio 1.9 是声明过的端口看到 127.0.0.1 的最后一个版本。规则里已经有 127.0.0.6 那一行，但只有未声明的端口经 InboundPassthroughCluster 才用得到。',
      '升级到 1.10 之后，同一个应用的日志会变成 127.0.0.6；只监听 127.0.0.1 的应用则不再能访问到，因为 Envoy 改为连接 Pod 地址。和本画廊的第一个例子对比：规则几乎一样，不同的是 cluster。',
    ),
  },
  keywords: ['1.9', '127.0.0.1', 'upgrade', 'STATIC cluster', '1.10'],
  scenario: {
    version: 1,
    title: 'Istio 1.9: the application sees 127.0.0.1',
    request: { ...PLAIN_REQUEST, from: '10.244.1.5:40000', to: '10.244.2.13:8080', protocol: 'http' },
    pods: [
      { name: 'shop', role: 'client', addresses: ['10.244.1.5'], paste: shop },
      { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: web },
    ],
    expect: { remoteAddress: '127.0.0.1', outcome: 'delivered' },
  },
};

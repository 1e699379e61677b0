// A pod calls its own Service: twice through the same proxy
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import reviews from './reviews.txt?raw';

export const ownService: Sample = {
  id: 'own-service',
  title: {
    en: 'A pod calls its own Service: twice through the same proxy',
    zh: 'Pod 调用自己的 Service：两次经过同一个代理',
  },
  about: {
    en: paragraphs(
      'reviews calls reviews:9080 and the only endpoint is itself. Envoy’s outbound side connects to the pod’s own address over lo, and the second rule of ISTIO_OUTPUT sends that connection to 15006: the inbound side of the very same Envoy.',
      'So “traffic from Envoy is never intercepted” is not true: this is the one case in which it is, on purpose, so that inbound policy applies to calls from oneself as well. The application sees 127.0.0.6 although it called itself.',
    ),
    zh: paragraphs(
      'reviews 调用 reviews:9080，而唯一的 endpoint 就是它自己。Envoy 的出站一侧经 lo 连接 Pod 自己的地址，ISTIO_OUTPUT 的第二条规则把这条连接送到 15006：同一个 Envoy 的入站一侧。',
      '所以“Envoy 发出的流量从不被拦截”并不成立：这正是唯一会被拦截的情形，而且是有意的，好让入站策略对自己调用自己同样生效。应用调用的是自己，看到的却是 127.0.0.6。',
    ),
  },
  keywords: ['own service', 'rule 2', '15001', '15006', 'two passes', 'lo'],
  scenario: {
    version: 1,
    title: 'A pod calls its own Service: twice through the same proxy',
    request: {
      ...PLAIN_REQUEST,
      from: '10.244.1.12',
      to: '10.96.41.7:9080',
      protocol: 'http',
      host: 'reviews:9080',
    },
    pods: [{ name: 'reviews', role: 'server', addresses: ['10.244.1.12'], paste: reviews }],
    expect: { remoteAddress: '127.0.0.6', outcome: 'delivered' },
  },
};

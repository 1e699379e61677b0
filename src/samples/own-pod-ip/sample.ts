// A pod calls its own pod IP: no proxy at all
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import reviews from './reviews.txt?raw';

export const ownPodIp: Sample = {
  id: 'own-pod-ip',
  title: { en: 'A pod calls its own pod IP: no proxy at all', zh: 'Pod 调用自己的 Pod IP：不经过代理' },
  about: {
    en: paragraphs(
      'The application connects to its own address. The packet leaves by lo, the sender is not the proxy’s user, and the third rule of ISTIO_OUTPUT returns it: straight to the application, which sees the pod’s address.',
      'In Istio 1.3 and 1.4 the rule before it had no owner match, and such a call went through the inbound proxy. The difference is one line; the case of Istio 1.4 in this gallery shows the older set.',
    ),
    zh: paragraphs(
      '应用连接自己的地址。报文经 lo 发出，发送者不是代理的用户，ISTIO_OUTPUT 的第三条规则直接返回：不经代理到达应用，应用看到的是 Pod 地址。',
      '在 Istio 1.3 和 1.4 里，前一条规则没有 owner 条件，这样的调用会经过入站代理。差别只有一行；本画廊里 Istio 1.4 的例子用的就是那套旧规则。',
    ),
  },
  keywords: ['own pod IP', 'rule 3', 'lo', '! --uid-owner 1337'],
  scenario: {
    version: 1,
    title: 'A pod calls its own pod IP: no proxy at all',
    request: { ...PLAIN_REQUEST, from: '10.244.1.12', to: '10.244.1.12:9080', protocol: 'http' },
    pods: [{ name: 'reviews', role: 'server', addresses: ['10.244.1.12'], paste: reviews }],
    expect: { remoteAddress: '10.244.1.12', outcome: 'delivered' },
  },
};

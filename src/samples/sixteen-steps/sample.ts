// Sixteen steps out of one line of arguments
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { passingNotes, redirectNotes, stepsNotes } from '../notes.ts';
import { paragraphs, type Sample } from '../sample.ts';
import productpage from './productpage.txt?raw';
import reviews from './reviews.txt?raw';

export const sixteenSteps: Sample = {
  id: 'sixteen-steps',
  title: { en: 'Sixteen steps out of one line of arguments', zh: '十六步：只凭一行参数' },
  about: {
    en: paragraphs(
      'The well-known drawing of the 16 steps, from nothing but istio-init’s arguments: no rules, no Envoy configuration, no log. Whatever the arguments do not tell is Istio’s default and marked as assumed.',
      'Steps 1 to 8 are the request on its way in. Steps 9 to 16 belong to a connection that an application opens: here the client pod’s, which is why they come first on the path. They are never the reply; the reply meets no nat rule at all.',
    ),
    zh: paragraphs(
      '著名的“16 步”示意图，只凭 istio-init 的参数得出：没有规则，没有 Envoy 配置，也没有日志。参数没有说明的部分按 Istio 默认，并标为“假定”。',
      '第 1 到 8 步是请求进入 Pod。第 9 到 16 步属于应用主动建立的连接：这里是客户端 Pod 的，所以在路径上先出现。它们从来不是响应；响应根本不经过 nat 规则。',
    ),
  },
  keywords: ['16 steps', 'istio-iptables', 'ISTIO_OUTPUT', 'ISTIO_REDIRECT', 'ISTIO_IN_REDIRECT'],
  assumes: ['kernel.', 'envoy.', 'app.', 'network.', 'proxy.', 'reply.'],
  notes: [...stepsNotes, ...redirectNotes, ...passingNotes],
  scenario: {
    version: 1,
    title: 'Sixteen steps out of one line of arguments',
    request: { ...PLAIN_REQUEST, from: '10.244.1.11', to: '10.244.1.12:9080', protocol: 'http' },
    pods: [
      { name: 'productpage', role: 'client', addresses: ['10.244.1.11'], paste: productpage },
      { name: 'reviews', role: 'server', addresses: ['10.244.1.12'], paste: reviews },
    ],
    expect: { remoteAddress: '127.0.0.6', outcome: 'delivered' },
  },
};

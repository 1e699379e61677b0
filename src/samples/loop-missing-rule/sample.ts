// Without the rule for 127.0.0.6: a loop
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { loopNotes } from '../notes.ts';
import { paragraphs, type Sample } from '../sample.ts';
import shop from './shop.txt?raw';
import web from './web.txt?raw';

export const loopMissingRule: Sample = {
  id: 'loop-missing-rule',
  title: { en: 'Without the rule for 127.0.0.6: a loop', zh: '少了 127.0.0.6 那条规则：无限循环' },
  about: {
    en: paragraphs(
      'Somebody tidied up the rules and dropped the one for 127.0.0.6. Envoy connects to the pod’s own address over lo, as user 1337; now the next rule catches exactly that and sends it to 15006, where Envoy connects again.',
      'Every lap costs a connection, until the proxy runs out of ports or memory. The trace draws the lap that repeats and names the rule that sends the packet back; the first rule of ISTIO_OUTPUT exists for this reason alone.',
    ),
    zh: paragraphs(
      '有人整理规则，把 127.0.0.6 那一条删了。Envoy 以用户 1337 经 lo 连接 Pod 自己的地址；这时下一条规则正好命中，把它送到 15006，Envoy 于是再连接一次。',
      '每转一圈就多一条连接，直到代理耗尽端口或内存。路径上画出了重复的那一圈，并指出把报文送回去的规则；ISTIO_OUTPUT 的第一条规则就是为此而设。',
    ),
  },
  keywords: ['loop', '127.0.0.6', 'ISTIO_OUTPUT', 'rule 1', 'infinite'],
  notes: loopNotes,
  scenario: {
    version: 1,
    title: 'Without the rule for 127.0.0.6: a loop',
    request: { ...PLAIN_REQUEST, from: '10.244.1.5:40000', to: '10.244.2.13:8080', protocol: 'http' },
    pods: [
      { name: 'shop', role: 'client', addresses: ['10.244.1.5'], paste: shop },
      { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: web },
    ],
    expect: { outcome: 'loop' },
  },
};

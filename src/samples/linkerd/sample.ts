// A Linkerd pod: other rules, the same kernel
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import shop from './shop.txt?raw';
import web from './web.txt?raw';

export const linkerd: Sample = {
  id: 'linkerd',
  title: { en: 'A Linkerd pod: other rules, the same kernel', zh: 'Linkerd 的 Pod：另一套规则，同一个内核' },
  about: {
    en: paragraphs(
      'The rules of Linkerd’s proxy-init: two chains, ports 4143 in and 4140 out, the proxy’s user 2102. No chain name, port or user of Istio is built into the walk, so they are followed like any others.',
      'Here the application calls out to port 4567, one of the ports that proxy-init leaves alone, so the whole way is proved by the rules. On any other port the connection ends at Linkerd’s proxy, whose configuration is not Envoy’s and which this program does not read: it would say so instead of guessing.',
    ),
    zh: paragraphs(
      'Linkerd 的 proxy-init 规则：两条链，入站 4143，出站 4140，代理用户是 2102。程序里没有写死 Istio 的链名、端口或用户，所以照样逐条走。',
      '这里应用访问的是 4567 端口，属于 proxy-init 不拦截的端口，因此全程都有规则为证。换成其他端口，连接会终结在 Linkerd 的代理；它的配置不是 Envoy 的，本程序读不了，会直接说明而不是猜测。',
    ),
  },
  keywords: ['Linkerd', 'proxy-init', '4143', '4140', '2102'],
  scenario: {
    version: 1,
    title: 'A Linkerd pod: other rules, the same kernel',
    request: { ...PLAIN_REQUEST, from: '10.244.1.5:40000', to: '10.244.2.13:4567', protocol: 'tcp' },
    pods: [
      { name: 'shop', role: 'client', addresses: ['10.244.1.5'], paste: shop },
      { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: web },
    ],
    expect: { remoteAddress: '10.244.1.5', remotePort: 40000, outcome: 'delivered' },
  },
};

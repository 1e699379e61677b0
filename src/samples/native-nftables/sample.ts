// Native nftables: iptables-save shows nothing
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import shop from './shop.txt?raw';
import web from './web.txt?raw';

export const nativeNftables: Sample = {
  id: 'native-nftables',
  title: {
    en: 'Native nftables: iptables-save shows nothing',
    zh: '原生 nftables：iptables-save 什么也看不到',
  },
  about: {
    en: paragraphs(
      'Since Istio 1.27 the rules can be written in nftables’ own tables. iptables-save prints nothing of them, which looks exactly like a pod without capture; nft list ruleset shows them, and they are the same rules in the same order.',
      'Two details differ. Chains exist only where they hold something, and meta skuid != 1337 does not match a packet that no socket sent, whereas ! --uid-owner 1337 does. Neither matters on this journey: the application sees 127.0.0.6 as ever.',
    ),
    zh: paragraphs(
      '从 Istio 1.27 起，规则可以写进 nftables 自己的表。iptables-save 对它们什么也不显示，看上去就像没有拦截；用 nft list ruleset 才看得到，规则和顺序都一样。',
      '有两处细节不同：链只在有内容时才存在；meta skuid != 1337 不匹配没有套接字的报文，而 ! --uid-owner 1337 会匹配。在这条路径上两者都没有影响：应用照旧看到 127.0.0.6。',
    ),
  },
  keywords: ['nftables', 'nft list ruleset', 'nativeNftables', '1.27', 'istio-proxy-nat'],
  scenario: {
    version: 1,
    title: 'Native nftables: iptables-save shows nothing',
    request: { ...PLAIN_REQUEST, from: '10.244.1.5:40000', to: '10.244.2.13:8080', protocol: 'http' },
    pods: [
      { name: 'shop', role: 'client', addresses: ['10.244.1.5'], paste: shop },
      { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: web },
    ],
    expect: { remoteAddress: '127.0.0.6', outcome: 'delivered' },
  },
};

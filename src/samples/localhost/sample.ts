// A pod calls localhost: rule 3, not rule 8
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import reviews from './reviews.txt?raw';

export const localhost: Sample = {
  id: 'localhost',
  title: {
    en: 'A pod calls localhost: rule 3, not rule 8',
    zh: 'Pod 调用 localhost：第三条规则，而不是第八条',
  },
  about: {
    en: paragraphs(
      'The application connects to 127.0.0.1. Drawings often credit rule 8, -d 127.0.0.1/32 -j RETURN, with letting this pass. It never gets that far: the packet goes out by lo and its owner is not 1337, so rule 3 decides.',
      'Rule 8 is for packets to 127.0.0.1 that do not leave by lo, and there are next to none. The walk shows which rules were asked before and why each did not match.',
    ),
    zh: paragraphs(
      '应用连接 127.0.0.1。很多示意图说放行它的是第 8 条规则 -d 127.0.0.1/32 -j RETURN。其实走不到那里：报文经 lo 发出，属主不是 1337，第 3 条就决定了。',
      '第 8 条针对的是去往 127.0.0.1 却不从 lo 发出的报文，而这种报文几乎不存在。路径上会列出之前问过哪些规则，以及它们为什么没有匹配。',
    ),
  },
  keywords: ['localhost', '127.0.0.1', 'rule 8', 'rule 3'],
  scenario: {
    version: 1,
    title: 'A pod calls localhost: rule 3, not rule 8',
    request: { ...PLAIN_REQUEST, from: '127.0.0.1', to: '127.0.0.1:9080', protocol: 'http' },
    pods: [{ name: 'reviews', role: 'server', addresses: ['10.244.1.12'], paste: reviews }],
    expect: { remoteAddress: '127.0.0.1', outcome: 'delivered' },
  },
};

// Ambient: ztunnel keeps the source
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { ambientNotes } from '../notes.ts';
import { paragraphs, type Sample } from '../sample.ts';
import shop from './shop.txt?raw';
import web from './web.txt?raw';

export const ambientPlaintext: Sample = {
  id: 'ambient-plaintext',
  title: { en: 'Ambient: ztunnel keeps the source', zh: 'ambient：ztunnel 保留源地址' },
  about: {
    en: paragraphs(
      'No sidecar: the rules in the pod hand connections to ztunnel, whose sockets were opened inside the pod’s own network namespace. For plain text it connects to the application from the client’s address, and marks its packets 0x539.',
      'The mangle rules remember that mark as connmark 0x111, restore it on the answers and routing brings them back over lo: the same idea as TPROXY, with REDIRECT on the way in. What ztunnel does is assumed here, for nothing of it can be pasted as rules.',
    ),
    zh: paragraphs(
      '没有 sidecar：Pod 里的规则把连接交给 ztunnel，它的套接字就开在这个 Pod 的网络命名空间里。对明文流量，它以客户端的地址连接应用，并给自己的报文打上 0x539。',
      'mangle 规则把这个标记记成 connmark 0x111，在响应上恢复，路由再把响应经 lo 带回来：思路与 TPROXY 相同，只是入站用的是 REDIRECT。ztunnel 的行为这里只能假定，因为它没有规则可贴。',
    ),
  },
  keywords: ['ambient', 'ztunnel', '0x539', '0x111', 'client IP kept', 'plaintext'],
  assumes: ['ztunnel.', 'app.', 'network.', 'proxy.', 'reply.'],
  notes: ambientNotes,
  scenario: {
    version: 1,
    title: 'Ambient: ztunnel keeps the source',
    request: { ...PLAIN_REQUEST, from: '10.244.1.5:40000', to: '10.244.2.13:8080', protocol: 'tcp' },
    pods: [
      { name: 'shop', role: 'client', addresses: ['10.244.1.5'], paste: shop },
      { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: web },
    ],
    expect: { remoteAddress: '10.244.1.5', outcome: 'delivered' },
  },
};

// UDP never meets Envoy
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import shop from './shop.txt?raw';
import web from './web.txt?raw';

export const udpNotCaptured: Sample = {
  id: 'udp-not-captured',
  title: { en: 'UDP never meets Envoy', zh: 'UDP：从不经过 Envoy' },
  about: {
    en: paragraphs(
      'A UDP packet to another pod. Since Istio 1.25 it does enter ISTIO_OUTPUT, and the last rule even jumps to ISTIO_REDIRECT; but the REDIRECT in there is for TCP alone, so the packet falls through every rule and leaves as it came.',
      'On the way in the jump itself asks for TCP. So the receiver sees the sender’s own address, and there is neither mTLS nor policy: what must be protected over UDP is not protected by the mesh.',
    ),
    zh: paragraphs(
      '发往另一个 Pod 的 UDP 报文。从 Istio 1.25 起它确实会进入 ISTIO_OUTPUT，最后一条规则甚至跳到 ISTIO_REDIRECT；但里面的 REDIRECT 只针对 TCP，所以报文穿过所有规则，原样离开。',
      '入站的那条跳转本身就要求 TCP。所以接收方看到发送方自己的地址，同时也没有 mTLS 和策略：需要保护的 UDP 流量，网格并不保护。',
    ),
  },
  keywords: ['UDP', 'ISTIO_REDIRECT', 'not captured', '1.25'],
  scenario: {
    version: 1,
    title: 'UDP never meets Envoy',
    request: { ...PLAIN_REQUEST, from: '10.244.1.5:40000', to: '10.244.2.13:5000', protocol: 'udp' },
    pods: [
      { name: 'shop', role: 'client', addresses: ['10.244.1.5'], paste: shop },
      { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: web },
    ],
    expect: { remoteAddress: '10.244.1.5', remotePort: 40000, outcome: 'delivered' },
  },
};

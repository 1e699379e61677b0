// Ambient through a waypoint: Forwarded brings the client back
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import shop from './shop.txt?raw';
import web from './web.txt?raw';

export const ambientWaypoint: Sample = {
  id: 'ambient-waypoint',
  title: {
    en: 'Ambient through a waypoint: Forwarded brings the client back',
    zh: 'ambient 经 waypoint：Forwarded 带回客户端',
  },
  about: {
    en: paragraphs(
      'The service has a waypoint, so the client’s ztunnel tunnels to it instead of to the pod. The waypoint is an Envoy in a pod of its own: on the wire its address replaces the client’s.',
      'It tells the client’s address in the Forwarded header of its own tunnel, and the server’s ztunnel believes it, because it comes from a waypoint, and connects from that address. The ledger shows the source lost once and restored once.',
    ),
    zh: paragraphs(
      '这个 Service 配了 waypoint，所以客户端的 ztunnel 把隧道建到 waypoint，而不是 Pod。waypoint 是独立 Pod 里的 Envoy：在线路上，源地址换成了它的。',
      '它在自己那条隧道的 Forwarded 首部里写明客户端地址；服务端的 ztunnel 因为对方是 waypoint 而采信，并以该地址连接应用。地址账本上可以看到：丢失一次，恢复一次。',
    ),
  },
  keywords: ['waypoint', 'Forwarded', 'ambient', 'L7'],
  assumes: ['waypoint.', 'ztunnel.', 'app.', 'network.', 'proxy.', 'reply.'],
  scenario: {
    version: 1,
    title: 'Ambient through a waypoint: Forwarded brings the client back',
    request: { ...PLAIN_REQUEST, from: '10.244.1.5', to: '10.96.7.7:8080', protocol: 'tcp' },
    pods: [
      { name: 'shop', role: 'client', addresses: ['10.244.1.5'], paste: shop },
      { name: 'waypoint', role: 'gateway', addresses: ['10.244.3.3'], paste: '' },
      { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: web },
    ],
    expect: { remoteAddress: '10.244.1.5', outcome: 'delivered' },
  },
};

// IPv6: 127.0.0.6 becomes ::6
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import shop from './shop.txt?raw';
import web from './web.txt?raw';

export const ipv6Bind: Sample = {
  id: 'ipv6-bind',
  title: { en: 'IPv6: 127.0.0.6 becomes ::6', zh: 'IPv6：127.0.0.6 变成 ::6' },
  about: {
    en: paragraphs(
      'The same journey over IPv6. The application’s peer is ::6, which istio-init adds to lo, because in IPv6 only ::1 is a loopback address while IPv4 owns the whole of 127.0.0.0/8.',
      'The rules are those of IPv4 with ::1/128 and ::6/128 in place of the two addresses. If ::6 is missing on lo, Envoy cannot bind to it and every inbound connection fails; ip -6 addr show lo tells.',
    ),
    zh: paragraphs(
      '同样的路径走 IPv6。应用的对端是 ::6，由 istio-init 加到 lo 上：IPv6 里只有 ::1 是环回地址，而 IPv4 拥有整个 127.0.0.0/8。',
      '规则与 IPv4 相同，只是两个地址换成 ::1/128 和 ::6/128。如果 lo 上没有 ::6，Envoy 无法绑定，所有入站连接都会失败；用 ip -6 addr show lo 可以确认。',
    ),
  },
  keywords: ['IPv6', '::6', 'ip6tables', 'lo'],
  scenario: {
    version: 1,
    title: 'IPv6: 127.0.0.6 becomes ::6',
    request: {
      ...PLAIN_REQUEST,
      from: '[fd00:10:244:1::5]:40000',
      to: '[fd00:10:244:2::d]:8080',
      protocol: 'http',
    },
    pods: [
      { name: 'shop', role: 'client', addresses: ['fd00:10:244:1::5'], paste: shop },
      { name: 'web', role: 'server', addresses: ['fd00:10:244:2::d'], paste: web },
    ],
    expect: { remoteAddress: '::6', outcome: 'delivered' },
  },
};

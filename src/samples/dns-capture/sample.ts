// DNS capture: queries to port 53 end at pilot-agent
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import shop from './shop.txt?raw';

export const dnsCapture: Sample = {
  id: 'dns-capture',
  title: {
    en: 'DNS capture: queries to port 53 end at pilot-agent',
    zh: 'DNS 代理：去往 53 端口的查询进了 pilot-agent',
  },
  about: {
    en: paragraphs(
      'With DNS capture on, a query of the application to any server on UDP port 53 is redirected to 127.0.0.1:15053, where pilot-agent answers from what it knows of the mesh. This is how ServiceEntries get their automatic addresses.',
      'The raw table puts the two halves of the exchange into connection tracking zones of their own, so that the agent’s own query to the upstream server, with the same addresses and perhaps the same port, is not taken for the application’s.',
    ),
    zh: paragraphs(
      '开启 DNS 代理后，应用发往任意服务器 UDP 53 端口的查询会被重定向到 127.0.0.1:15053，由 pilot-agent 根据它对网格的了解来响应。ServiceEntry 的自动地址就是这样来的。',
      'raw 表把这次往来的两半放进各自的 conntrack zone，这样 agent 自己向上游服务器发出的查询，即使地址甚至端口相同，也不会被当成应用的那一个。',
    ),
  },
  keywords: ['DNS', '15053', 'UDP 53', 'CT zone', 'ISTIO_META_DNS_CAPTURE'],
  assumes: ['agent.', 'app.'],
  scenario: {
    version: 1,
    title: 'DNS capture: queries to port 53 end at pilot-agent',
    request: { ...PLAIN_REQUEST, from: '10.244.1.5:40000', to: '10.96.0.10:53', protocol: 'udp' },
    pods: [{ name: 'shop', role: null, addresses: ['10.244.1.5'], paste: shop }],
    expect: { outcome: 'delivered' },
  },
};

// An excluded outbound range leaves past the sidecar
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import database from './database.txt?raw';
import shop from './shop.txt?raw';

export const excludedCidr: Sample = {
  id: 'excluded-cidr',
  title: { en: 'An excluded outbound range leaves past the sidecar', zh: '排除的出站网段：不经过 sidecar' },
  about: {
    en: paragraphs(
      'includeOutboundIPRanges is all, excludeOutboundIPRanges is 10.50.0.0/16. A call to 10.50.3.3 meets the RETURN for that range just before the last rule and leaves the pod untouched, by eth0.',
      'The server sees the application’s own connection: pod address and the very port the application opened. For any other address the last rule redirects to 15001.',
    ),
    zh: paragraphs(
      'includeOutboundIPRanges 是全部，excludeOutboundIPRanges 是 10.50.0.0/16。访问 10.50.3.3 的报文在最后一条规则之前遇到该网段的 RETURN，原样从 eth0 离开 Pod。',
      '服务端看到的就是应用自己的连接：Pod 地址，以及应用打开的那个端口。去往其他地址的报文会被最后一条规则重定向到 15001。',
    ),
  },
  keywords: ['excludeOutboundIPRanges', '-x', 'CIDR', 'bypass'],
  scenario: {
    version: 1,
    title: 'An excluded outbound range leaves past the sidecar',
    request: { ...PLAIN_REQUEST, from: '10.244.1.5:40000', to: '10.50.3.3:5432', protocol: 'tcp' },
    pods: [
      { name: 'shop', role: 'client', addresses: ['10.244.1.5'], paste: shop },
      { name: 'database', role: 'server', addresses: ['10.50.3.3'], paste: database },
    ],
    expect: { remoteAddress: '10.244.1.5', remotePort: 40000, outcome: 'delivered' },
  },
};

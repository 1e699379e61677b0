// Wildcard hosts: chosen by SNI
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import oss from './oss.txt?raw';
import ping from './ping.txt?raw';

export const wildcardSni: Sample = {
  id: 'wildcard-sni',
  title: { en: 'Wildcard hosts: chosen by SNI', zh: '通配主机：按 SNI 选择' },
  about: {
    en: paragraphs(
      '*.aliyuncs.com has no address of its own, so the listener is bound to every address of port 443 and tells the connections apart by the server name in the TLS hello. oss-cn-shanghai.aliyuncs.com matches the wildcard.',
      'The cluster cannot resolve a wildcard; it sends the connection to the address the application had resolved itself. A connection without SNI, or to another name, falls through to PassthroughCluster, and its metrics say so.',
    ),
    zh: paragraphs(
      '*.aliyuncs.com 没有自己的地址，所以 listener 绑定 443 端口的所有地址，靠 TLS 握手里的服务器名区分连接。oss-cn-shanghai.aliyuncs.com 匹配这个通配。',
      '通配名无法解析，cluster 就把连接送到应用自己解析出的地址。没有 SNI 或名字不匹配的连接会落到 PassthroughCluster，指标里也会这样写。',
    ),
  },
  keywords: ['wildcard', 'SNI', '*.aliyuncs.com', 'ServiceEntry', 'tls_inspector'],
  scenario: {
    version: 1,
    title: 'Wildcard hosts: chosen by SNI',
    request: {
      ...PLAIN_REQUEST,
      from: '172.20.175.81',
      to: '106.14.228.10:443',
      protocol: 'tls',
      host: 'oss-cn-shanghai.aliyuncs.com',
      sni: 'oss-cn-shanghai.aliyuncs.com',
    },
    pods: [
      { name: 'ping', role: 'client', addresses: ['172.20.175.81'], paste: ping },
      { name: 'oss', role: 'server', addresses: ['106.14.228.10'], paste: oss },
    ],
    expect: { remoteAddress: '172.20.175.81', outcome: 'delivered' },
  },
};

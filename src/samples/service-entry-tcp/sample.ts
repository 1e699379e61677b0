// ServiceEntry with an auto-allocated address: HTTPS passes as TCP
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import baiduCom from './baidu-com.txt?raw';
import ping from './ping.txt?raw';

export const serviceEntryTcp: Sample = {
  id: 'service-entry-tcp',
  title: {
    en: 'ServiceEntry with an auto-allocated address: HTTPS passes as TCP',
    zh: 'ServiceEntry 与自动分配的地址：HTTPS 按 TCP 转发',
  },
  about: {
    en: paragraphs(
      'DNS capture answers baidu.com with 240.240.182.196, an address that exists nowhere but in the mesh. The application connects there, and Envoy has a listener for exactly that address and port 443.',
      'The application does its own TLS, so all Envoy can do is count bytes: it reports istio_tcp_connections_opened_total, _closed_total, istio_tcp_sent_bytes_total and istio_tcp_received_bytes_total with destination_service="baidu.com", and not a single istio_requests_total.',
    ),
    zh: paragraphs(
      'DNS 代理把 baidu.com 解析成 240.240.182.196，这个地址只在网格里存在。应用连接它，而 Envoy 恰好有一个针对该地址 443 端口的 listener。',
      'TLS 由应用自己完成，Envoy 只能数字节：它上报 istio_tcp_connections_opened_total、_closed_total、istio_tcp_sent_bytes_total 和 istio_tcp_received_bytes_total，destination_service="baidu.com"，但没有任何 istio_requests_total。',
    ),
  },
  keywords: [
    'ServiceEntry',
    '240.240.0.0/16',
    'auto-allocate',
    'ISTIO_META_DNS_AUTO_ALLOCATE',
    'istio_tcp_connections_opened_total',
    'STRICT_DNS',
  ],
  scenario: {
    version: 1,
    title: 'ServiceEntry with an auto-allocated address: HTTPS passes as TCP',
    request: {
      ...PLAIN_REQUEST,
      from: '172.20.175.81',
      to: '240.240.182.196:443',
      protocol: 'tls',
      host: 'baidu.com',
      sni: 'baidu.com',
    },
    pods: [
      { name: 'ping', role: 'client', addresses: ['172.20.175.81'], paste: ping },
      { name: 'baidu-com', role: 'server', addresses: ['39.156.66.10'], paste: baiduCom },
    ],
    expect: { remoteAddress: '172.20.175.81', outcome: 'delivered' },
  },
};

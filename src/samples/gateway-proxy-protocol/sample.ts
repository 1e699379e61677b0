// North-south TCP with PROXY protocol: the application sees 106.52.131.116
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { gatewayNotes, proxyProtocolNotes, tproxyNotes } from '../notes.ts';
import { paragraphs, type Sample } from '../sample.ts';
import httpbin from './httpbin.txt?raw';
import istioIngressgateway from './istio-ingressgateway.txt?raw';

export const gatewayProxyProtocol: Sample = {
  id: 'gateway-proxy-protocol',
  title: {
    en: 'North-south TCP with PROXY protocol: the application sees 106.52.131.116',
    zh: '南北向 TCP 加 PROXY protocol：应用看到 106.52.131.116',
  },
  about: {
    en: paragraphs(
      'The gateway’s cluster wraps its connection in PROXY protocol: before the first byte of data it sends a line that names the client. httpbin’s sidecar reads that line with the listener filter proxy_protocol, and /ip answers 106.52.131.116.',
      'Both halves are needed, on both sides, and at the same time. A header that nobody reads arrives at the application as garbage; a listener that expects one closes every connection without it. The sidecar’s original_src then uses the address that proxy_protocol put in place of the gateway’s.',
    ),
    zh: paragraphs(
      '网关的 cluster 在连接里加上了 PROXY protocol：在第一个数据字节之前，先发一行说明客户端是谁。httpbin 的 sidecar 用 listener filter proxy_protocol 读出这一行，/ip 返回 106.52.131.116。',
      '两头都要配，而且要同时生效：发了没人读，应用会收到一行乱码；要求有而没发，listener 会关闭每一条连接。之后 sidecar 的 original_src 用的就是 proxy_protocol 换上的地址，而不是网关的地址。',
    ),
  },
  keywords: ['PROXY protocol', 'EnvoyFilter', 'proxy_protocol', '106.52.131.116', 'north-south'],
  notes: [...gatewayNotes, ...proxyProtocolNotes, ...tproxyNotes],
  scenario: {
    version: 1,
    title: 'North-south TCP with PROXY protocol: the application sees 106.52.131.116',
    request: { ...PLAIN_REQUEST, from: '106.52.131.116:6093', to: '172.17.0.54:8000', protocol: 'tcp' },
    pods: [
      {
        name: 'istio-ingressgateway',
        role: 'gateway',
        addresses: ['172.17.0.54'],
        paste: istioIngressgateway,
      },
      { name: 'httpbin', role: 'server', addresses: ['172.17.0.59'], paste: httpbin },
    ],
    expect: { remoteAddress: '106.52.131.116', outcome: 'delivered' },
  },
};

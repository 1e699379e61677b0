// mTLS STRICT meets plain text: no filter chain
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import shop from './shop.txt?raw';
import web from './web.txt?raw';

export const strictPlaintext: Sample = {
  id: 'strict-plaintext',
  title: {
    en: 'mTLS STRICT meets plain text: no filter chain',
    zh: 'mTLS STRICT 遇到明文：没有匹配的 filter chain',
  },
  about: {
    en: paragraphs(
      'PeerAuthentication is STRICT, so the chain for port 8080 asks for TLS. The client has no sidecar and speaks plain text; no chain of virtualInbound matches, and Envoy closes the connection before it reads a request.',
      'The client sees a reset. The sidecar’s log has a line with the response flag NR and the detail filter_chain_not_found, the application’s log has nothing. Give the client a sidecar, or make the port PERMISSIVE.',
    ),
    zh: paragraphs(
      'PeerAuthentication 是 STRICT，8080 端口的 filter chain 要求 TLS。客户端没有 sidecar，说的是明文；virtualInbound 里没有匹配的链，Envoy 没读请求就关闭了连接。',
      '客户端看到连接被重置。sidecar 的日志里有一行，响应标志是 NR，详情是 filter_chain_not_found；应用的日志里什么都没有。给客户端注入 sidecar，或者把这个端口设为 PERMISSIVE。',
    ),
  },
  keywords: ['STRICT', 'mTLS', 'PeerAuthentication', 'NR', 'filter_chain_not_found', 'connection reset'],
  scenario: {
    version: 1,
    title: 'mTLS STRICT meets plain text: no filter chain',
    request: { ...PLAIN_REQUEST, from: '10.244.1.5:40000', to: '10.244.2.13:8080', protocol: 'http' },
    pods: [
      { name: 'shop', role: 'client', addresses: ['10.244.1.5'], paste: shop },
      { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: web },
    ],
    expect: { outcome: 'refused' },
  },
};

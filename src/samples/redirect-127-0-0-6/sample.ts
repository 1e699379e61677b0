// Istio 1.11.3 with REDIRECT: the application sees 127.0.0.6 instead of its client.
import { passingNotes, redirectNotes } from '../notes.ts';
import { paragraphs, type Sample } from '../sample.ts';
import simpleServer from './simple-server.txt?raw';

export const redirect127006: Sample = {
  id: 'redirect-127-0-0-6',
  title: {
    en: '127.0.0.6: who changed my client’s address?',
    zh: '127.0.0.6：是谁改了客户端的地址？',
  },
  about: {
    en: paragraphs(
      'A Go server logs 127.0.0.6 for every request, although the client pod is 10.20.0.78. Istio 1.11.3, default REDIRECT interception.',
      'No rule here touches a source. Envoy ends the client’s connection and opens its own to the application, and upstreamBindConfig of the inbound cluster binds that one to 127.0.0.6. The first rule of ISTIO_OUTPUT then lets it pass; without that rule it would go round for ever.',
    ),
    zh: paragraphs(
      'Go 服务端日志里每个请求都来自 127.0.0.6，而客户端 Pod 明明是 10.20.0.78。Istio 1.11.3，默认的 REDIRECT 拦截方式。',
      '没有哪条规则改了源地址。Envoy 结束客户端的连接，再向应用新建一条自己的连接；入站 cluster 的 upstreamBindConfig 把它绑定在 127.0.0.6。ISTIO_OUTPUT 的第一条规则放行这个地址，少了它就会无限循环。',
    ),
  },
  keywords: [
    '127.0.0.6',
    'RemoteAddr',
    'REDIRECT',
    '15006',
    'upstreamBindConfig',
    '1.11',
    'InboundPassthroughCluster',
  ],
  notes: [...redirectNotes, ...passingNotes],
  scenario: {
    version: 1,
    title: '127.0.0.6: who changed my client’s address?',
    request: null,
    pods: [{ name: 'simple-server', role: 'server', addresses: ['10.20.0.77'], paste: simpleServer }],
    expect: { remoteAddress: '127.0.0.6', remotePort: 44213, outcome: 'delivered' },
  },
};

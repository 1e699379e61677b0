// Istio 1.11.3 with REDIRECT: the application sees 127.0.0.6 instead of its client.
import type { Sample } from '../sample.ts';
import simpleServer from './simple-server.txt?raw';

export const redirect127006: Sample = {
  id: 'redirect-127-0-0-6',
  title: {
    en: '127.0.0.6: who changed my client’s address?',
    zh: '127.0.0.6：是谁改了客户端的地址？',
  },
  about: {
    en: 'A Go server logs 127.0.0.6 for every request, although the client pod is 10.20.0.78. Istio 1.11.3, default REDIRECT interception.',
    zh: 'Go 服务端日志里每个请求都来自 127.0.0.6，而客户端 Pod 明明是 10.20.0.78。Istio 1.11.3，默认的 REDIRECT 拦截方式。',
  },
  scenario: {
    version: 1,
    title: '127.0.0.6: who changed my client’s address?',
    request: null,
    pods: [{ name: 'simple-server', role: 'server', addresses: ['10.20.0.77'], paste: simpleServer }],
    expect: { remoteAddress: '127.0.0.6', remotePort: 44213, outcome: 'delivered' },
  },
};

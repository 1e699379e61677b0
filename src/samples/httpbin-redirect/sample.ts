// httpbin east-west, REDIRECT: /ip answers 127.0.0.6
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import httpbin from './httpbin.txt?raw';
import sleep from './sleep.txt?raw';

export const httpbinRedirect: Sample = {
  id: 'httpbin-redirect',
  title: {
    en: 'httpbin east-west, REDIRECT: /ip answers 127.0.0.6',
    zh: 'httpbin 东西向，REDIRECT：/ip 返回 127.0.0.6',
  },
  about: {
    en: paragraphs(
      'sleep (172.17.0.58) calls httpbin (172.17.0.59) by the service’s name. Four kernel crossings and two proxies lie between the two applications, and httpbin’s /ip answers 127.0.0.6.',
      'Each proxy ends a connection and opens another. The first one opens it from the pod’s own address, which nobody notices; the second one is bound to 127.0.0.6 by upstreamBindConfig. That bind is there on purpose: the first rule of ISTIO_OUTPUT recognises the address and lets the packet pass, or it would be caught again.',
    ),
    zh: paragraphs(
      'sleep（172.17.0.58）用服务名调用 httpbin（172.17.0.59）。两个应用之间要经过四次内核协议栈、两个代理，httpbin 的 /ip 返回 127.0.0.6。',
      '每个代理都结束一条连接、再新建一条。第一个代理用 Pod 自己的地址新建，没人察觉；第二个被 upstreamBindConfig 绑定在 127.0.0.6。这样绑定是有意的：ISTIO_OUTPUT 的第一条规则靠这个地址认出它并放行，否则它会再被拦截一次。',
    ),
  },
  keywords: ['httpbin', '/ip', 'netstat', '1.14', 'REDIRECT', '127.0.0.6', 'east-west'],
  scenario: {
    version: 1,
    title: 'httpbin east-west, REDIRECT: /ip answers 127.0.0.6',
    request: {
      ...PLAIN_REQUEST,
      from: '172.17.0.58',
      to: '10.96.88.14:8000',
      protocol: 'http',
      host: 'httpbin:8000',
      path: '/ip',
    },
    pods: [
      { name: 'sleep', role: 'client', addresses: ['172.17.0.58'], paste: sleep },
      { name: 'httpbin', role: 'server', addresses: ['172.17.0.59'], paste: httpbin },
    ],
    expect: { remoteAddress: '127.0.0.6', outcome: 'delivered' },
  },
};

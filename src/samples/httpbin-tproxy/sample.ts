// httpbin east-west, TPROXY: /ip answers the caller’s address
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import httpbin from './httpbin.txt?raw';
import sleep from './sleep.txt?raw';

export const httpbinTproxy: Sample = {
  id: 'httpbin-tproxy',
  title: {
    en: 'httpbin east-west, TPROXY: /ip answers the caller’s address',
    zh: 'httpbin 东西向，TPROXY：/ip 返回 sleep 的地址',
  },
  about: {
    en: paragraphs(
      'sleep (172.17.0.58) calls httpbin (172.17.0.59) through both sidecars. httpbin’s /ip answers 172.17.0.58, and netstat in the pod shows the same connection twice: once from each of its ends.',
      'The client’s sidecar already replaced the application’s connection by its own, but a pod’s sidecar shares the pod’s address, so nothing shows. The server’s sidecar connects with original_src, hence from 172.17.0.58 once more. Compare the last connection with the REDIRECT case: same rules of the road, one listener filter more.',
    ),
    zh: paragraphs(
      'sleep（172.17.0.58）经过两侧的 sidecar 调用 httpbin（172.17.0.59）。httpbin 的 /ip 返回 172.17.0.58；在 Pod 里用 netstat 会看到同一条连接的两端各一行。',
      '客户端的 sidecar 其实已经换了一条自己的连接，只是它和应用共用 Pod 地址，看不出来。服务端的 sidecar 带着 original_src，再次以 172.17.0.58 连接应用。和 REDIRECT 那个例子对比最后一条连接：差别只是多了一个 listener filter，以及为它服务的规则。',
    ),
  },
  keywords: ['httpbin', '/ip', 'netstat', '1.14', 'TPROXY'],
  scenario: {
    version: 1,
    title: 'httpbin east-west, TPROXY: /ip answers the caller’s address',
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
    expect: { remoteAddress: '172.17.0.58', outcome: 'delivered' },
  },
};

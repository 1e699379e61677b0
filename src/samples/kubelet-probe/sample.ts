// A kubelet probe: 127.0.0.6 by way of pilot-agent
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import kubelet from './kubelet.txt?raw';
import web from './web.txt?raw';

export const kubeletProbe: Sample = {
  id: 'kubelet-probe',
  title: {
    en: 'A kubelet probe: 127.0.0.6 by way of pilot-agent',
    zh: 'kubelet 的探针：经 pilot-agent，也是 127.0.0.6',
  },
  about: {
    en: paragraphs(
      'The injector rewrote the HTTP probe to port 15020 of the pod. That port is excluded from capture, so kubelet reaches pilot-agent directly. pilot-agent then calls the application, on the port that ISTIO_KUBE_APP_PROBERS names, from 127.0.0.6: a bind of its own.',
      'So 127.0.0.6 in an application’s log is not always a client. Look at the user agent: kube-probe is kubelet. The second connection is opened by pilot-agent and not by Envoy, and the first rule of ISTIO_OUTPUT lets it pass like Envoy’s own.',
    ),
    zh: paragraphs(
      '注入器把 HTTP 探针改写到 Pod 的 15020 端口。这个端口不拦截，kubelet 直接到达 pilot-agent。pilot-agent 再以 127.0.0.6 调用应用，端口来自 ISTIO_KUBE_APP_PROBERS，源地址是它自己绑定的。',
      '所以应用日志里的 127.0.0.6 不一定是客户端。看 User-Agent：kube-probe 就是 kubelet。第二条连接由 pilot-agent 而不是 Envoy 打开，ISTIO_OUTPUT 的第一条规则同样放行。',
    ),
  },
  keywords: ['probe', 'kubelet', '15020', 'pilot-agent', 'readiness', 'kube-probe'],
  assumes: ['agent.', 'app.'],
  scenario: {
    version: 1,
    title: 'A kubelet probe: 127.0.0.6 by way of pilot-agent',
    request: {
      ...PLAIN_REQUEST,
      from: '10.244.2.1:51000',
      to: '10.244.2.13:15020',
      protocol: 'http',
      path: '/app-health/web/readyz',
      headers: { 'user-agent': 'kube-probe/1.29' },
    },
    pods: [
      { name: 'kubelet', role: 'client', addresses: ['10.244.2.1'], paste: kubelet },
      { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: web },
    ],
    expect: { remoteAddress: '127.0.0.6', outcome: 'delivered' },
  },
};

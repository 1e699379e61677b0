// North-south TCP: the application sees the gateway
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { gatewayNotes, tproxyNotes } from '../notes.ts';
import { paragraphs, type Sample } from '../sample.ts';
import httpbin from './httpbin.txt?raw';
import istioIngressgateway from './istio-ingressgateway.txt?raw';

export const gatewayTcp: Sample = {
  id: 'gateway-tcp',
  title: { en: 'North-south TCP: the application sees the gateway', zh: '南北向 TCP：应用看到的是网关' },
  about: {
    en: paragraphs(
      'A client outside the cluster, 106.52.131.116, calls the ingress gateway on a TCP port. httpbin’s sidecar runs in TPROXY mode and faithfully keeps the source it gets, and yet /ip answers 172.17.0.54: the gateway.',
      'Keeping the source at the last hop cannot bring back what an earlier hop lost. The gateway is a proxy of its own, it opened a second connection with its own address, and in plain TCP there is no header that could carry the first. PROXY protocol is the remedy; see the next case.',
    ),
    zh: paragraphs(
      '集群外的客户端 106.52.131.116 访问入口网关的一个 TCP 端口。httpbin 的 sidecar 处于 TPROXY 模式，会忠实保留收到的源地址，可 /ip 返回的却是 172.17.0.54：网关。',
      '最后一跳保留源地址，救不回前面已经丢掉的东西。网关本身就是代理，它用自己的地址另开了一条连接；纯 TCP 里又没有首部可以携带原来的地址。办法是 PROXY protocol，见下一个例子。',
    ),
  },
  keywords: ['ingress gateway', 'north-south', 'TCP', 'TPROXY', '172.17.0.54'],
  notes: [...gatewayNotes, ...tproxyNotes],
  scenario: {
    version: 1,
    title: 'North-south TCP: the application sees the gateway',
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
    expect: { remoteAddress: '172.17.0.54', outcome: 'delivered' },
  },
};

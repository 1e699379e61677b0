// externalTrafficPolicy Local: the node keeps the source
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import nodeA from './node-a.txt?raw';
import web from './web.txt?raw';

export const externalPolicyLocal: Sample = {
  id: 'external-policy-local',
  title: {
    en: 'externalTrafficPolicy Local: the node keeps the source',
    zh: 'externalTrafficPolicy Local：节点不改源地址',
  },
  about: {
    en: paragraphs(
      'The same Service with externalTrafficPolicy Local. kube-proxy no longer marks the packet for masquerade, and only nodes with an endpoint of their own take it. The pod sees the client.',
      'The answer can go straight back through this node, so nothing has to be hidden. The price: nodes without an endpoint drop the traffic, the load balancer must probe which ones have one, and pods are loaded unevenly.',
    ),
    zh: paragraphs(
      '同一个 Service，externalTrafficPolicy 改为 Local。kube-proxy 不再标记伪装，只有本机有 endpoint 的节点才接收。Pod 看到的是客户端。',
      '响应可以直接经这个节点返回，所以没有什么需要隐藏。代价是：没有 endpoint 的节点会丢弃流量，负载均衡器要探测哪些节点有，Pod 之间的负载也会不均。',
    ),
  },
  keywords: ['externalTrafficPolicy', 'NodePort', 'kube-proxy', 'MASQUERADE', 'KUBE-MARK-MASQ', 'Local'],
  scenario: {
    version: 1,
    title: 'externalTrafficPolicy Local: the node keeps the source',
    request: { ...PLAIN_REQUEST, from: '203.0.113.9:40000', to: '192.168.1.11:30080', protocol: 'tcp' },
    pods: [
      { name: 'node-a', role: null, addresses: ['192.168.1.11'], paste: nodeA },
      { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: web },
    ],
    expect: { remoteAddress: '203.0.113.9', outcome: 'delivered' },
  },
};

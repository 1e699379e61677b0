// externalTrafficPolicy Cluster: the node replaces the source
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import nodeA from './node-a.txt?raw';
import web from './web.txt?raw';

export const externalPolicyCluster: Sample = {
  id: 'external-policy-cluster',
  title: {
    en: 'externalTrafficPolicy Cluster: the node replaces the source',
    zh: 'externalTrafficPolicy Cluster：节点换掉了源地址',
  },
  about: {
    en: paragraphs(
      'A client outside calls a NodePort. kube-proxy’s rules mark the packet for masquerade before they choose the pod, because the pod may be on another node and its answer must come back through this one.',
      'So the pod, sidecar or not, gets a connection from the node’s address: 192.168.1.11. This is an address rewrite in the node’s kernel, before any proxy; nothing in the pod can undo it. externalTrafficPolicy Local is the remedy, and has a case of its own.',
    ),
    zh: paragraphs(
      '集群外的客户端访问 NodePort。kube-proxy 的规则在选 Pod 之前先给报文打上伪装标记，因为 Pod 可能在别的节点，响应必须从这个节点回来。',
      '于是无论有没有 sidecar，Pod 收到的连接都来自节点地址 192.168.1.11。这是节点内核里的地址改写，发生在任何代理之前，Pod 里无法补救。办法是 externalTrafficPolicy Local，另有一个例子。',
    ),
  },
  keywords: ['externalTrafficPolicy', 'NodePort', 'kube-proxy', 'MASQUERADE', 'KUBE-MARK-MASQ', 'Cluster'],
  scenario: {
    version: 1,
    title: 'externalTrafficPolicy Cluster: the node replaces the source',
    request: { ...PLAIN_REQUEST, from: '203.0.113.9:40000', to: '192.168.1.11:30080', protocol: 'tcp' },
    pods: [
      { name: 'node-a', role: null, addresses: ['192.168.1.11'], paste: nodeA },
      { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: web },
    ],
    expect: { remoteAddress: '192.168.1.11', outcome: 'delivered' },
  },
};

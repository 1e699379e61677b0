// virtualOutbound and PassthroughCluster: a call to an address the mesh does not know
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import partner from './partner.txt?raw';
import simpleClient from './simple-client.txt?raw';

export const passthroughOutbound: Sample = {
  id: 'passthrough-outbound',
  title: {
    en: 'virtualOutbound and PassthroughCluster: a call to an address the mesh does not know',
    zh: 'virtualOutbound 与 PassthroughCluster：去往网格外的未知地址',
  },
  about: {
    en: paragraphs(
      'The client calls 203.0.113.80:8443, which no Service and no ServiceEntry describes. nat OUTPUT redirects it to 15001, Envoy restores the original destination, finds no listener for it and falls back to virtualOutbound’s own last chain.',
      'That chain leads to PassthroughCluster, an ORIGINAL_DST cluster: Envoy opens a connection to exactly the address that was called. The server sees the pod’s address, as it would without a mesh, but from another port. With outboundTrafficPolicy REGISTRY_ONLY the same chain would lead to BlackHoleCluster.',
    ),
    zh: paragraphs(
      '客户端访问 203.0.113.80:8443，没有任何 Service 或 ServiceEntry 描述它。nat OUTPUT 把它重定向到 15001，Envoy 取回原始目的地址，找不到对应的 listener，于是用 virtualOutbound 自己的最后一条链。',
      '这条链通向 PassthroughCluster，它是 ORIGINAL_DST 类型：Envoy 向原本要访问的地址新建一条连接。服务端看到的是 Pod 的地址，和没有网格时一样，只是端口变了。若 outboundTrafficPolicy 是 REGISTRY_ONLY，同一条链会通向 BlackHoleCluster。',
    ),
  },
  keywords: [
    '15001',
    'PassthroughCluster',
    'virtualOutbound',
    'ALLOW_ANY',
    'BlackHoleCluster',
    'REGISTRY_ONLY',
  ],
  scenario: {
    version: 1,
    title: 'virtualOutbound and PassthroughCluster: a call to an address the mesh does not know',
    request: { ...PLAIN_REQUEST, from: '10.20.0.78', to: '203.0.113.80:8443', protocol: 'tcp' },
    pods: [
      { name: 'simple-client', role: 'client', addresses: ['10.20.0.78'], paste: simpleClient },
      { name: 'partner', role: 'server', addresses: ['203.0.113.80'], paste: partner },
    ],
    expect: { remoteAddress: '10.20.0.78', outcome: 'delivered' },
  },
};

// An excluded inbound port keeps the source
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import shop from './shop.txt?raw';
import web from './web.txt?raw';

export const excludedPort: Sample = {
  id: 'excluded-port',
  title: { en: 'An excluded inbound port keeps the source', zh: '排除的入站端口：源地址原样保留' },
  about: {
    en: paragraphs(
      'traffic.sidecar.istio.io/excludeInboundPorts names 6379, so ISTIO_INBOUND returns packets for it before they reach the redirect. The application sees the client, address and port, as if there were no mesh.',
      'And it is as if there were none: no mTLS, no policy, no metrics and no access log for that port; a client sidecar that speaks mTLS to it fails. It is the right tool for a database and the wrong one for seeing client addresses in general.',
    ),
    zh: paragraphs(
      '注解 traffic.sidecar.istio.io/excludeInboundPorts 写了 6379，ISTIO_INBOUND 在重定向之前就把去往它的报文返回。应用看到客户端的地址和端口，就像没有网格一样。',
      '而它确实就没有网格了：这个端口没有 mTLS，没有策略，没有指标，也没有访问日志；客户端 sidecar 若对它用 mTLS 会失败。对数据库很合适，为了看到客户端地址而到处使用就不合适了。',
    ),
  },
  keywords: ['excludeInboundPorts', '-d', '6379', 'RETURN'],
  scenario: {
    version: 1,
    title: 'An excluded inbound port keeps the source',
    request: { ...PLAIN_REQUEST, from: '10.244.1.5:40000', to: '10.244.2.13:6379', protocol: 'tcp' },
    pods: [
      { name: 'shop', role: 'client', addresses: ['10.244.1.5'], paste: shop },
      { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: web },
    ],
    expect: { remoteAddress: '10.244.1.5', remotePort: 40000, outcome: 'delivered' },
  },
};

// A Consul pod: port 20000, and the application sees 127.0.0.1
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import shop from './shop.txt?raw';
import web from './web.txt?raw';

export const consul: Sample = {
  id: 'consul',
  title: {
    en: 'A Consul pod: port 20000, and the application sees 127.0.0.1',
    zh: 'Consul 的 Pod：20000 端口，应用看到 127.0.0.1',
  },
  about: {
    en: paragraphs(
      'Consul’s transparent proxy redirects what comes in to port 20000, where its public listener hands it to the cluster local_app: 127.0.0.1:8080. No source is bound, so the kernel picks a loopback address.',
      'There is no rule for the proxy’s own connection to its pod: the proxy’s user 5995 is returned before anything else, and 127.0.0.1 after it. Fewer rules, and a different address in the application’s log.',
    ),
    zh: paragraphs(
      'Consul 的透明代理把入站流量重定向到 20000 端口，public listener 再交给 cluster local_app：127.0.0.1:8080。没有绑定源地址，内核选用环回地址。',
      '这里没有针对“代理连接自己 Pod”的规则：代理用户 5995 最先返回，其次是 127.0.0.1。规则更少，应用日志里的地址也就不同。',
    ),
  },
  keywords: ['Consul', '20000', '5995', 'CONSUL_PROXY_OUTPUT', '127.0.0.1'],
  scenario: {
    version: 1,
    title: 'A Consul pod: port 20000, and the application sees 127.0.0.1',
    request: { ...PLAIN_REQUEST, from: '10.244.1.5:40000', to: '10.244.2.13:8080', protocol: 'tcp' },
    pods: [
      { name: 'shop', role: 'client', addresses: ['10.244.1.5'], paste: shop },
      { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: web },
    ],
    expect: { remoteAddress: '127.0.0.1', outcome: 'delivered' },
  },
};

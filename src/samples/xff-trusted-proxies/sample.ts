// HTTP through a gateway: numTrustedProxies decides whom to believe
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import istioIngressgateway from './istio-ingressgateway.txt?raw';
import web from './web.txt?raw';

export const xffTrustedProxies: Sample = {
  id: 'xff-trusted-proxies',
  title: {
    en: 'HTTP through a gateway: numTrustedProxies decides whom to believe',
    zh: 'HTTP 经网关：numTrustedProxies 决定信谁',
  },
  about: {
    en: paragraphs(
      'A content delivery network at 198.51.100.20 calls the gateway with X-Forwarded-For: 106.52.131.116, 198.51.100.7: the client as the network’s edge saw it, then that edge as the next proxy saw it. numTrustedProxies 2 says that two proxies stand in front of the gateway, so the second entry from the right is the client.',
      'The application’s peer is 127.0.0.6 in any case; the client is in the header, which grew by one entry at the gateway. Count too few and all clients look like the network; count too many and anybody can choose his address by sending a header of his own.',
    ),
    zh: paragraphs(
      '内容分发网络 198.51.100.20 带着 X-Forwarded-For: 106.52.131.116, 198.51.100.7 访问网关：前一项是分发网络的边缘看到的客户端，后一项是下一层代理看到的这个边缘。numTrustedProxies 为 2，表示网关前面有两层代理，所以从右数第二项就是客户端。',
      '无论如何，应用的对端都是 127.0.0.6；客户端在首部里，经过网关又多了一项。数少了，所有客户端都像是分发网络；数多了，谁都能自带一个首部来冒充任意地址。',
    ),
  },
  keywords: ['numTrustedProxies', 'xff_num_trusted_hops', 'X-Forwarded-For', 'gateway', 'CDN', 'spoof'],
  scenario: {
    version: 1,
    title: 'HTTP through a gateway: numTrustedProxies decides whom to believe',
    request: {
      ...PLAIN_REQUEST,
      from: '198.51.100.20:40110',
      to: '10.244.9.9:8080',
      protocol: 'http',
      host: 'shop.example',
      headers: { 'x-forwarded-for': '106.52.131.116, 198.51.100.7' },
    },
    pods: [
      {
        name: 'istio-ingressgateway',
        role: 'gateway',
        addresses: ['10.244.9.9'],
        paste: istioIngressgateway,
      },
      { name: 'web', role: 'server', addresses: ['10.244.2.13'], paste: web },
    ],
    expect: {
      remoteAddress: '127.0.0.6',
      xForwardedFor: '106.52.131.116, 198.51.100.7,198.51.100.20',
      outcome: 'delivered',
    },
  },
};

// pilot-agent to istiod: owner 1337 passes
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import istiod from './istiod.txt?raw';
import shop from './shop.txt?raw';

export const envoyToIstiod: Sample = {
  id: 'envoy-to-istiod',
  title: { en: 'pilot-agent to istiod: owner 1337 passes', zh: 'pilot-agent 到 istiod：属主 1337，直接放行' },
  about: {
    en: paragraphs(
      'pilot-agent fetches configuration from istiod on port 15012. It runs as the proxy’s user, 1337, so rule 4 of ISTIO_OUTPUT returns its packets and they leave by eth0 without meeting 15001.',
      'Some lists credit the last rule and port 15001 with this traffic. If that were so the agent would need a working Envoy to fetch Envoy’s configuration. The owner match is what breaks the circle; a process that runs as another user in the same container is captured.',
    ),
    zh: paragraphs(
      'pilot-agent 从 istiod 的 15012 端口获取配置。它以代理的用户 1337 运行，ISTIO_OUTPUT 的第 4 条规则让它的报文返回，经 eth0 离开，不会碰到 15001。',
      '有的列表说这类流量走最后一条规则和 15001。若真如此，agent 就得先有能用的 Envoy 才能取到 Envoy 的配置。打破这个循环的正是属主条件；同一容器里以其他用户运行的进程则会被拦截。',
    ),
  },
  keywords: ['istiod', '15012', 'xDS', 'uid 1337', 'rule 4'],
  scenario: {
    version: 1,
    title: 'pilot-agent to istiod: owner 1337 passes',
    request: {
      ...PLAIN_REQUEST,
      from: '10.244.1.5',
      to: '10.96.0.20:15012',
      protocol: 'tls',
      uid: 1337,
      gid: 1337,
    },
    pods: [
      { name: 'shop', role: 'client', addresses: ['10.244.1.5'], paste: shop },
      { name: 'istiod', role: 'server', addresses: ['10.96.0.20'], paste: istiod },
    ],
    expect: { remoteAddress: '10.244.1.5', outcome: 'delivered' },
  },
};

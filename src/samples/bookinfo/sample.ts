// Bookinfo: productpage calls reviews (steps 1 to 8), which calls ratings to answer (steps 9 to 16).
import { passingNotes, redirectNotes, stepsNotes } from '../notes.ts';
import { paragraphs, type Sample } from '../sample.ts';
import productpage from './productpage.txt?raw';
import ratings from './ratings.txt?raw';
import reviews from './reviews.txt?raw';

export const bookinfo: Sample = {
  id: 'bookinfo',
  title: {
    en: 'Bookinfo: the 16 steps through the reviews pod',
    zh: 'Bookinfo：穿过 reviews Pod 的 16 步',
  },
  about: {
    en: paragraphs(
      'productpage calls reviews, and reviews calls ratings before it answers. Steps 1 to 8 bring the request in; steps 9 to 16 are a new connection that reviews opens, not the reply.',
      'All three pods run a sidecar, so each call ends at two proxies on its way. The replies come last: walk them and see that they meet no nat rule, because conntrack already knows their connections.',
    ),
    zh: paragraphs(
      'productpage 调用 reviews，reviews 在响应之前又调用 ratings。第 1 到 8 步是请求进入 Pod；第 9 到 16 步是 reviews 新建的一条连接，并不是响应。',
      '三个 Pod 都有 sidecar，每次调用都要经过两个代理。响应排在最后：逐跳看下去，它们不查任何 nat 规则，因为 conntrack 已经认得这些连接。',
    ),
  },
  keywords: ['bookinfo', '16 steps', 'productpage', 'reviews', 'ratings', 'ISTIO_OUTPUT', 'steps 9 to 12'],
  notes: [...stepsNotes, ...redirectNotes, ...passingNotes],
  scenario: {
    version: 1,
    title: 'Bookinfo: the 16 steps through the reviews pod',
    request: {
      from: '10.244.1.11:52310',
      to: '10.96.41.7:9080',
      protocol: 'http',
      host: 'reviews:9080',
      path: '/reviews/0',
      method: 'GET',
      headers: {},
      sni: null,
      alpn: [],
      uid: 1000,
      gid: 1000,
    },
    pods: [
      { name: 'productpage', role: 'client', addresses: ['10.244.1.11'], paste: productpage },
      { name: 'reviews', role: 'server', addresses: ['10.244.1.12'], paste: reviews },
      { name: 'ratings', role: null, addresses: ['10.244.2.13'], paste: ratings },
    ],
    expect: { remoteAddress: '127.0.0.6', remotePort: 39017, outcome: 'delivered' },
  },
};

// TPROXY: the same pod sees its client
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { tproxyNotes } from '../notes.ts';
import { paragraphs, type Sample } from '../sample.ts';
import simpleClient from './simple-client.txt?raw';
import simpleServer from './simple-server.txt?raw';

export const tproxyKeepsClient: Sample = {
  id: 'tproxy-keeps-client',
  title: { en: 'TPROXY: the same pod sees its client', zh: 'TPROXY：同一个 Pod 看到了客户端的地址' },
  about: {
    en: paragraphs(
      'The pod of the 127.0.0.6 case, with interceptionMode TPROXY. The application now logs 10.20.0.78, the client itself; only the port is another one, because it belongs to Envoy’s own connection.',
      'Nothing was rewritten. The TPROXY target hands the packet over without touching its addresses, and the listener filter original_src makes Envoy connect from the client’s address. The answers then carry a foreign destination: the mark 1337, the connmark rules and routing table 133 bring them back over lo. Follow the reply to see all three at work.',
    ),
    zh: paragraphs(
      '还是 127.0.0.6 那个 Pod，但 interceptionMode 改成了 TPROXY。应用日志里现在是客户端自己的 10.20.0.78；只有端口不同，因为它属于 Envoy 新建的连接。',
      '这里没有任何地址被改写：TPROXY 只是把报文交给代理，地址原样不动；listener filter original_src 让 Envoy 以客户端的地址发起连接。这样一来，响应的目的地址就不是本机了，要靠 mark 1337、connmark 规则和 133 号路由表经 lo 带回来。沿着响应走一遍，三样都能看到。',
    ),
  },
  keywords: ['TPROXY', 'interceptionMode', 'original_src', 'connmark', 'table 133', '1.11', 'client IP kept'],
  notes: tproxyNotes,
  scenario: {
    version: 1,
    title: 'TPROXY: the same pod sees its client',
    request: { ...PLAIN_REQUEST, from: '10.20.0.78:33204', to: '10.20.0.77:18080', protocol: 'http' },
    pods: [
      { name: 'simple-client', role: 'client', addresses: ['10.20.0.78'], paste: simpleClient },
      { name: 'simple-server', role: 'server', addresses: ['10.20.0.77'], paste: simpleServer },
    ],
    expect: { remoteAddress: '10.20.0.78', outcome: 'delivered' },
  },
};

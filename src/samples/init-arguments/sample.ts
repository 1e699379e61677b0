// From istio-init’s arguments to the rules
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import simpleClient from './simple-client.txt?raw';
import simpleServer from './simple-server.txt?raw';

export const initArguments: Sample = {
  id: 'init-arguments',
  title: { en: 'From istio-init’s arguments to the rules', zh: '从 istio-init 的参数到规则' },
  about: {
    en: paragraphs(
      'All that is pasted here is the command line of the istio-init container. The rules it makes are written out and walked; every hop says that it rests on them, because the rules themselves were not pasted.',
      "Change a flag and the path follows: -b '' captures nothing that comes in, -d adds ports that stay out, -m TPROXY moves the inbound part into the mangle table, -i and -x choose the outbound ranges, -u names the user whose packets are let go.",
    ),
    zh: paragraphs(
      '这里只粘贴了 istio-init 容器的命令行。程序把它生成的规则写出来并逐条推演；由于规则本身没有粘贴，每一跳都会注明依据。',
      "改动任意参数，路径随之变化：-b '' 表示入站不拦截，-d 增加不拦截的端口，-m TPROXY 把入站部分移到 mangle 表，-i 和 -x 选择出站网段，-u 指定放行哪个用户的报文。",
    ),
  },
  keywords: ['istio-init', 'istio-iptables', '-p', '-z', '-u', '-b', '-d', 'flags'],
  assumes: ['kernel.', 'app.', 'network.', 'proxy.'],
  scenario: {
    version: 1,
    title: 'From istio-init’s arguments to the rules',
    request: { ...PLAIN_REQUEST, from: '10.20.0.78:33204', to: '10.20.0.77:18080', protocol: 'http' },
    pods: [
      { name: 'simple-client', role: 'client', addresses: ['10.20.0.78'], paste: simpleClient },
      { name: 'simple-server', role: 'server', addresses: ['10.20.0.77'], paste: simpleServer },
    ],
    expect: { remoteAddress: '127.0.0.6', outcome: 'delivered' },
  },
};

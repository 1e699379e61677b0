// A load balancer with SNAT that writes the client's address into a TCP option: TOA.
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { paragraphs, type Sample } from '../sample.ts';
import loadBalancer from './load-balancer.txt?raw';
import web from './web.txt?raw';

export const carryToa: Sample = {
  id: 'carry-toa',
  title: {
    en: 'Ways to carry the source: TOA, a TCP option',
    zh: '携带源地址的办法：TOA，一个 TCP 选项',
  },
  about: {
    en: paragraphs(
      'The load balancer gives the packet a source of its own, but first writes the client’s port and address into an option of the SYN: eight bytes that tcpdump, which does not know this option, prints as unknown-200 0x17cd6a348374. 0x17cd is 6093, 6a.34.83.74 is 106.52.131.116.',
      'The application changes nothing: a kernel module named toa answers its question for the peer with the address from the option. So the module must be on every server’s node, and whoever ends the connection before the application is the one who is told. In a pod with a sidecar that is Envoy, and the application sees 127.0.0.6 as before.',
    ),
    zh: paragraphs(
      '负载均衡器把源地址换成了自己的，但先把客户端的端口和地址写进了 SYN 的一个选项：共八个字节。tcpdump 不认识这个选项，打印成 unknown-200 0x17cd6a348374。0x17cd 就是 6093，6a.34.83.74 就是 106.52.131.116。',
      '应用不用改：它询问对端是谁时，名为 toa 的内核模块用选项里的地址来回答。因此每台服务器所在的节点都要装这个模块；而且在应用之前结束连接的是谁，得知地址的就是谁。在有 sidecar 的 Pod 里那是 Envoy，应用看到的仍是 127.0.0.6。',
    ),
  },
  keywords: ['TOA', 'TCP option', 'kernel module', 'tcpdump', 'load balancer', 'full NAT'],
  scenario: {
    version: 1,
    title: 'Ways to carry the source: TOA, a TCP option',
    request: { ...PLAIN_REQUEST, from: '106.52.131.116:6093', to: '198.18.0.10:80', protocol: 'tcp' },
    pods: [
      { name: 'load-balancer', role: null, addresses: ['198.18.0.10', '10.30.0.5'], paste: loadBalancer },
      { name: 'web', role: 'server', addresses: ['10.30.0.21'], paste: web },
    ],
    expect: { remoteAddress: '106.52.131.116', remotePort: 6093, outcome: 'delivered' },
  },
};

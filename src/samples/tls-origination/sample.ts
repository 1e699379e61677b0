// TLS origination: HTTP on port 80 becomes HTTPS on 443
import { PLAIN_REQUEST } from '../../engine/scenario.ts';
import { tlsNotes } from '../notes.ts';
import { paragraphs, type Sample } from '../sample.ts';
import baiduCom from './baidu-com.txt?raw';
import ping from './ping.txt?raw';

export const tlsOrigination: Sample = {
  id: 'tls-origination',
  title: {
    en: 'TLS origination: HTTP on port 80 becomes HTTPS on 443',
    zh: 'TLS origination：80 端口的 HTTP 变成 443 端口的 HTTPS',
  },
  about: {
    en: paragraphs(
      'The application speaks plain HTTP to port 80. The route for baidu.com leads to a cluster whose endpoint has port 443 and whose transport socket is TLS: the DestinationRule made the sidecar do the encryption.',
      'Because Envoy reads the request before it encrypts it, it can route by path, retry, and report istio_requests_total and istio_request_duration_milliseconds with response codes; in the TCP case it saw nothing but bytes. The far end sees an ordinary HTTPS client.',
    ),
    zh: paragraphs(
      '应用用明文 HTTP 访问 80 端口。baidu.com 的路由通向一个 cluster，它的 endpoint 是 443 端口，transport socket 是 TLS：DestinationRule 让 sidecar 来加密。',
      'Envoy 在加密之前读得到请求，因此可以按路径路由、重试，并上报带响应码的 istio_requests_total 和 istio_request_duration_milliseconds；而在 TCP 那个例子里它只看得到字节。对端看到的是一个普通的 HTTPS 客户端。',
    ),
  },
  keywords: ['TLS origination', 'DestinationRule', 'SIMPLE', 'istio_requests_total', 'port 80 to 443'],
  notes: tlsNotes,
  scenario: {
    version: 1,
    title: 'TLS origination: HTTP on port 80 becomes HTTPS on 443',
    request: {
      ...PLAIN_REQUEST,
      from: '172.20.175.81',
      to: '240.240.182.196:80',
      protocol: 'http',
      host: 'baidu.com',
    },
    pods: [
      { name: 'ping', role: 'client', addresses: ['172.20.175.81'], paste: ping },
      { name: 'baidu-com', role: 'server', addresses: ['39.156.66.10'], paste: baiduCom },
    ],
    expect: { remoteAddress: '172.20.175.81', outcome: 'delivered' },
  },
};

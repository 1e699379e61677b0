// Every dialect is read without a complaint, and says where the connections to its ports go.
import { expect, test } from 'vitest';
import { address, parseEndpoint } from '../../../base/ip.ts';
import { mergeConfigs } from '../../../documents/envoy/config.ts';
import { parseEnvoyConfig } from '../../../documents/envoy/parse.ts';
import { decide } from '../decide.ts';
import { CONSUL, ISTIO_1_1, ISTIO_1_5_GATEWAY, KUMA } from './dumps.ts';

function read(dump: object) {
  const text = JSON.stringify(dump, null, 2);
  const { value, diagnostics } = parseEnvoyConfig({ name: 'test', text }, { from: 0, to: text.length });
  expect(diagnostics).toEqual([]);
  return mergeConfigs([value]);
}

/** `cluster endpoint from source`, for a connection that was redirected to `accepting`. */
function answer(dump: object, accepting: string, original: string, { host = '', tls = '' } = {}): string {
  const [local, destination] = [parseEndpoint(accepting), parseEndpoint(original)];
  if (!local?.port || !destination?.port) return '';
  const { end } = decide(
    read(dump),
    {
      peer: { address: address('10.0.0.9'), port: 40000 },
      local: { address: local.address, port: local.port },
      accepting: local.port,
      originalDestination: { address: destination.address, port: destination.port },
      transport: tls ? 'tls' : 'raw_buffer',
      serverName: tls,
      alpn: [],
    },
    host ? { authority: host, method: 'GET', path: '/', version: 'HTTP/1.1', headers: {} } : null,
  );
  if (end.kind !== 'connect') return `${end.kind} ${end.why.code}`;
  const { cluster, endpoint, source } = end;
  return `${cluster} ${endpoint.address.text}:${endpoint.port} from ${source.address?.text ?? source.choice}`;
}

test.each<[string, object, string, string, { host?: string; tls?: string }, string]>([
  [
    'Istio 1.1 inbound',
    ISTIO_1_1,
    '10.0.0.5:15001',
    '10.0.0.5:8080',
    { host: 'web' },
    'in 127.0.0.1:8080 from kernel',
  ],
  [
    'Istio 1.1 outbound',
    ISTIO_1_1,
    '127.0.0.1:15001',
    '10.96.0.7:9080',
    { host: 'reviews:9080' },
    'outbound|9080||reviews.shop.svc.cluster.local 10.0.0.8:9080 from kernel',
  ],
  [
    'Istio 1.1 to what is unknown',
    ISTIO_1_1,
    '127.0.0.1:15001',
    '203.0.113.9:3306',
    {},
    'PassthroughCluster 203.0.113.9:3306 from kernel',
  ],
  [
    'Istio 1.5 gateway',
    ISTIO_1_5_GATEWAY,
    '10.0.0.6:443',
    '10.0.0.6:443',
    { host: 'shop', tls: 'shop' },
    'outbound|80||web 10.0.0.9:80 from kernel',
  ],
  [
    'Istio 1.5 gateway, another name',
    ISTIO_1_5_GATEWAY,
    '10.0.0.6:443',
    '10.0.0.6:443',
    { host: 'other', tls: 'other' },
    'close envoy.close.filter-chain-not-found',
  ],
  [
    'Kuma inbound',
    KUMA,
    '10.0.0.5:15006',
    '10.0.0.5:8080',
    {},
    'localhost:8080 127.0.0.1:8080 from 127.0.0.6',
  ],
  [
    'Kuma passthrough',
    KUMA,
    '10.0.0.5:15006',
    '10.0.0.5:9999',
    {},
    'inbound:passthrough:ipv4 10.0.0.5:9999 from 127.0.0.6',
  ],
  [
    'Consul outbound to a virtual address',
    CONSUL,
    '127.0.0.1:15001',
    '240.0.0.1:5432',
    {},
    'undecided envoy.undecided.cluster',
  ],
  [
    'Consul outbound to anything else',
    CONSUL,
    '127.0.0.1:15001',
    '203.0.113.9:443',
    {},
    'original-destination 203.0.113.9:443 from kernel',
  ],
  ['Consul inbound', CONSUL, '10.0.0.5:20000', '10.0.0.5:20000', {}, 'local_app 127.0.0.1:8080 from kernel'],
])('%s', (_, dump, accepting, original, sent, want) => {
  expect(answer(dump, accepting, original, sent)).toBe(want);
});

// Network filters before the one that ends the connection:
// https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/network_filters/sni_cluster_filter,
// source/extensions/filters/network/sni_cluster/sni_cluster.cc.
import { expect, test } from 'vitest';
import { address } from '../../../base/ip.ts';
import { mergeConfigs } from '../../../documents/envoy/config.ts';
import { readProxyConfig } from '../../../documents/envoy/parse.ts';
import { decide } from '../decide.ts';
import { pasted } from './notation.ts';

function at(ip: string, port_value: number) {
  return { socket_address: { address: ip, port_value } };
}

function cluster(name: string, ip: string) {
  const lb_endpoints = [{ endpoint: { address: at(ip, 80) } }];
  return { name, type: 'STATIC', load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints }] } };
}

/** The address that a connection with this server name goes to, or why none is known; null is no TLS inspector. */
function reached(filters: readonly object[], serverName: string | null, inspected = true): string {
  const listener = {
    address: at('0.0.0.0', 15443),
    listener_filters: inspected ? [{ name: 'envoy.filters.listener.tls_inspector' }] : [],
    filter_chains: [{ filters }],
  };
  const clusters = [cluster('outbound_.80_._.web', '10.0.0.8'), cluster('BlackHole', '10.0.0.9')];
  const { value } = readProxyConfig(pasted([listener, ...clusters]));
  const local = { address: address('10.0.0.1'), port: 15443 };
  const { end } = decide(
    mergeConfigs([value]),
    {
      peer: { address: address('192.0.2.7'), port: 40000 },
      local,
      accepting: 15443,
      originalDestination: null,
      transport: 'tls',
      serverName,
      alpn: [],
    },
    null,
  );
  return end.kind === 'connect' ? end.endpoint.address.text : end.why.code;
}

const SNI = { name: 'envoy.filters.network.sni_cluster' };
const TCP = { name: 'envoy.filters.network.tcp_proxy', typed_config: { cluster: 'BlackHole' } };
const REDIS = { name: 'envoy.filters.network.redis_proxy' };

test.each<[string, readonly object[], string | null, boolean, string]>([
  ['the server name is the cluster', [SNI, TCP], 'outbound_.80_._.web', true, '10.0.0.8'],
  ['without one, the filter’s own cluster is', [SNI, TCP], '', true, '10.0.0.9'],
  ['and without an inspector', [SNI, TCP], 'outbound_.80_._.web', false, '10.0.0.9'],
  ['an unknown one is not guessed', [SNI, TCP], null, true, 'envoy.undecided.sni-cluster'],
  ['nobody asks for it', [TCP], null, true, '10.0.0.9'],
  ['a filter of another protocol', [REDIS], '', true, 'envoy.undecided.terminal-filter'],
])('%s', (_, filters, serverName, inspected, want) =>
  expect(reached(filters, serverName, inspected)).toBe(want),
);

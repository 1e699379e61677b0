// EnvoyFilter patches as istiod applies them: istio.io/istio pilot/pkg/networking/core/envoyfilter, *_patch_test.go.
import { expect, test } from 'vitest';
import { readYaml } from '../../../base/yaml.ts';
import { mergeConfigs, type ProxyConfig } from '../../../documents/envoy/config.ts';
import { readProxyConfig } from '../../../documents/envoy/parse.ts';
import { applyEnvoyFilters } from './apply.ts';

function read(text: string): ProxyConfig {
  return readProxyConfig(readYaml({ name: 'test', text }, { from: 0, to: text.length }).value).value;
}

/** One patch, as a person writes it. */
function filter(applyTo: string, match: string, patch: string, selector = ''): string {
  return `
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: test }
spec:
  workloadSelector: { labels: { ${selector} } }
  configPatches:
  - applyTo: ${applyTo}
    match: { ${match} }
    patch: { ${patch} }
`;
}

const CONFIG = `
- name: virtualInbound
  address: { socketAddress: { address: 0.0.0.0, portValue: 15006 } }
  trafficDirection: INBOUND
  listenerFilters: [{ name: envoy.filters.listener.original_dst }]
  filterChains:
  - filterChainMatch: { destinationPort: 80 }
    name: eighty
    filters:
    - name: envoy.filters.network.http_connection_manager
      typedConfig:
        httpFilters: [{ name: istio.stats }, { name: envoy.filters.http.router }]
        routeConfig: { name: 'inbound|80||', virtualHosts: [{ name: 'inbound|http|80', domains: ['*'], routes: [] }] }
  - filterChainMatch: { destinationPort: 90 }
    filters: [{ name: envoy.filters.network.tcp_proxy, typedConfig: { cluster: c } }]
- { name: 'outbound|80||reviews.shop', type: EDS, connectTimeout: 1s }
- { name: 'inbound|80||', type: ORIGINAL_DST, connectTimeout: 1s }
`;

function patched(text: string, workload = { name: 'web-1', kind: 'sidecar' as 'sidecar' | 'gateway' }) {
  return applyEnvoyFilters(mergeConfigs([read(CONFIG), read(text)]), workload);
}

function listenerFilters(config: ProxyConfig): string {
  return (config.listeners[0]?.listenerFilters ?? []).map(({ kind }) => kind).join(' ');
}

const PROXY = 'name: envoy.filters.listener.proxy_protocol';

test('a merge appends to lists', () => {
  const merge = `operation: MERGE, value: { listener_filters: [{ ${PROXY} }] }`;
  expect(listenerFilters(patched(filter('LISTENER', 'context: SIDECAR_INBOUND', merge)))).toBe(
    'original_dst proxy_protocol',
  );
  expect(listenerFilters(patched(filter('LISTENER', 'context: SIDECAR_OUTBOUND', merge)))).toBe(
    'original_dst',
  );
  expect(
    listenerFilters(patched(filter('LISTENER', 'listener: { portNumber: 15006, name: x }', merge))),
  ).toBe('original_dst');
  const there =
    'operation: MERGE, value: { listener_filters: [{ name: envoy.filters.listener.original_dst }] }';
  expect(patched(filter('LISTENER', '', there)).applied).toEqual([]);
});

test.each([
  ['INSERT_FIRST', '', 'proxy_protocol original_dst'],
  [
    'INSERT_BEFORE',
    'listener: { listenerFilter: envoy.filters.listener.original_dst }',
    'proxy_protocol original_dst',
  ],
  [
    'INSERT_AFTER',
    'listener: { listenerFilter: envoy.filters.listener.original_dst }',
    'original_dst proxy_protocol',
  ],
  ['INSERT_BEFORE', 'listener: { listenerFilter: envoy.filters.listener.tls_inspector }', 'original_dst'],
  ['ADD', '', 'original_dst proxy_protocol'],
  ['REPLACE', 'listener: { listenerFilter: envoy.filters.listener.original_dst }', 'proxy_protocol'],
  ['REMOVE', 'listener: { listenerFilter: envoy.filters.listener.original_dst }', ''],
])('%s of a listener filter at %s', (operation, match, want) => {
  const text = filter('LISTENER_FILTER', match, `operation: ${operation}, value: { ${PROXY} }`);
  expect(listenerFilters(patched(text))).toBe(want);
});

function httpFilters(config: ProxyConfig): string {
  const [manager] = config.listeners[0]?.filterChains[0]?.filters ?? [];
  return manager?.kind === 'http-connection-manager'
    ? manager.httpFilters.map(({ kind }) => kind).join(' ')
    : '';
}

const router = (port: number) =>
  `listener: { filterChain: { destinationPort: ${port}, filter: { subFilter: { name: envoy.filters.http.router } } } }`;

test('HTTP filters stand where the match says', () => {
  const insert = 'operation: INSERT_BEFORE, value: { name: envoy.filters.http.original_src }';
  expect(httpFilters(patched(filter('HTTP_FILTER', router(80), insert)))).toBe('stats original_src router');
  expect(httpFilters(patched(filter('HTTP_FILTER', router(90), insert)))).toBe('stats router');
});

test('filter chains and network filters', () => {
  const chain = 'listener: { filterChain: { name: eighty } }';
  const removed = patched(filter('FILTER_CHAIN', chain, 'operation: REMOVE'));
  expect(removed.listeners[0]?.filterChains).toHaveLength(1);
  const tcp =
    'listener: { portNumber: 90, filterChain: { filter: { name: envoy.filters.network.tcp_proxy } } }';
  const merged = patched(
    filter('NETWORK_FILTER', tcp, 'operation: MERGE, value: { typed_config: { cluster: other } }'),
  );
  expect(merged.listeners[0]?.filterChains[1]?.filters[0]).toMatchObject({
    cluster: { name: { value: 'other' } },
  });
});

test('routes inside a listener', () => {
  const match = "routeConfiguration: { vhost: { name: 'inbound|http|80' } }";
  const text = filter(
    'HTTP_ROUTE',
    match,
    'operation: ADD, value: { match: { prefix: / }, route: { cluster: c } }',
  );
  const [manager] = patched(text).listeners[0]?.filterChains[0]?.filters ?? [];
  const routes = manager?.kind === 'http-connection-manager' ? manager.routeConfiguration : null;
  expect(routes?.virtualHosts[0]?.routes).toHaveLength(1);
});

function sockets(config: ProxyConfig): (string | undefined)[] {
  return config.clusters.map(({ transportSocket }) => transportSocket?.name);
}

test('clusters by direction, service and port; a transport socket is replaced', () => {
  const merge = 'operation: MERGE, value: { transport_socket: { name: proxy } }';
  expect(sockets(patched(filter('CLUSTER', 'context: SIDECAR_INBOUND', merge)))).toEqual([
    undefined,
    'proxy',
  ]);
  expect(sockets(patched(filter('CLUSTER', 'cluster: { service: reviews.shop }', merge)))).toEqual([
    'proxy',
    undefined,
  ]);
  expect(sockets(patched(filter('CLUSTER', 'cluster: { portNumber: 81 }', merge)))).toEqual([
    undefined,
    undefined,
  ]);
  expect(
    patched(filter('CLUSTER', "cluster: { name: 'inbound|80||' }", 'operation: REMOVE')).clusters,
  ).toHaveLength(1);
  expect(patched(filter('CLUSTER', '', 'operation: ADD, value: { name: new }')).clusters).toHaveLength(3);
});

test('a gateway is no sidecar, and its labels select it', () => {
  const merge = 'operation: MERGE, value: { transport_socket: { name: proxy } }';
  const text = filter('CLUSTER', '', merge, 'istio: ingressgateway');
  expect(patched(text).applied).toEqual([]);
  const gateway = patched(text, { name: 'istio-ingressgateway-1', kind: 'gateway' });
  expect(gateway.applied.map(({ name, certain }) => [name, certain])).toEqual([
    ['outbound|80||reviews.shop', true],
    ['inbound|80||', true],
  ]);
});

test('the line of the patch is the evidence', () => {
  const text = filter('LISTENER_FILTER', '', `operation: ADD, value: { ${PROXY} }`);
  const config = patched(text);
  const span = config.listeners[0]?.listenerFilters?.at(-1)?.span;
  expect(span && text.slice(span.from, span.to)).toContain(PROXY);
});

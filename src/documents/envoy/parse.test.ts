import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from '../../base/json-reader.ts';
import { textAt, type Source, type Span } from '../../base/source.ts';
import { EMPTY_CONFIG, mergeConfigs, type ProxyConfig } from './config.ts';
import { looksLikeEnvoyConfig, parseEnvoyConfig } from './parse.ts';

function read(text: string) {
  const source: Source = { name: 'test', text };
  const { value, diagnostics } = parseEnvoyConfig(source, { from: 0, to: text.length });
  return { config: value, diagnostics, quote: (span: Span | undefined) => span && textAt(source, span) };
}

/** What a configuration holds, by name. */
function inventory(config: ProxyConfig) {
  return {
    listeners: config.listeners.map((listener) => listener.name),
    clusters: config.clusters.map((cluster) => cluster.name),
    routes: config.routeConfigurations.map((routes) => routes.name),
    endpoints: config.loadAssignments.map((assignment) => assignment.clusterName),
  };
}

const LISTENER = {
  name: 'inbound',
  address: { socket_address: { address: '0.0.0.0', port_value: 15006 } },
  filter_chains: [
    {
      filter_chain_match: {
        destination_port: 8080,
        transport_protocol: 'tls',
        application_protocols: ['h2'],
      },
      filters: [
        {
          name: 'envoy.filters.network.tcp_proxy',
          typed_config: { '@type': 'x/TcpProxy', cluster: 'in|8080' },
        },
      ],
    },
  ],
};
const CLUSTER = {
  name: 'in|8080',
  type: 'ORIGINAL_DST',
  connect_timeout: '10s',
  upstream_bind_config: { source_address: { address: '127.0.0.6', port_value: 0 } },
};
const ROUTES = { name: '80', virtual_hosts: [{ name: 'v', domains: ['*'], routes: [] }] };
const ENDPOINTS = {
  cluster_name: 'out|80',
  endpoints: [
    {
      lb_endpoints: [{ endpoint: { address: { socket_address: { address: '10.0.0.9', port_value: 80 } } } }],
    },
  ],
};

const ALL = { listeners: ['inbound'], clusters: ['in|8080'], routes: ['80'], endpoints: ['out|80'] };
const ADMIN = 'type.googleapis.com/envoy.admin.v3.';

const DUMP = {
  configs: [
    { '@type': `${ADMIN}ClustersConfigDump`, dynamic_active_clusters: [{ cluster: CLUSTER }] },
    {
      '@type': `${ADMIN}ListenersConfigDump`,
      dynamic_listeners: [
        { name: 'inbound', active_state: { listener: LISTENER } },
        { name: 'warming', warming_state: { listener: { ...LISTENER, name: 'warming' } } },
      ],
    },
    { '@type': `${ADMIN}RoutesConfigDump`, dynamic_route_configs: [{ route_config: ROUTES }] },
    { '@type': `${ADMIN}EndpointsConfigDump`, dynamic_endpoint_configs: [{ endpoint_config: ENDPOINTS }] },
    { '@type': `${ADMIN}SecretsConfigDump`, dynamic_active_secrets: [{ name: 'default' }] },
  ],
};

function key(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function camel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camel);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [key(name), camel(inner)]));
}

test.each<[string, unknown]>([
  ['an admin dump', DUMP],
  ['a list of resources', [LISTENER, CLUSTER, ROUTES, ENDPOINTS]],
  ['lower camel case', camel([LISTENER, CLUSTER, ROUTES, ENDPOINTS])],
  ['a dump in lower camel case', camel(DUMP)],
  [
    'a dump of Envoy 1.13 and before',
    {
      configs: [
        {
          '@type': 'type.googleapis.com/envoy.admin.v2alpha.ListenersConfigDump',
          dynamic_active_listeners: [{ listener: LISTENER }],
        },
        {
          dynamic_active_clusters: [{ cluster: CLUSTER }],
          dynamic_route_configs: [{ route_config: ROUTES }],
        },
        ENDPOINTS,
      ],
    },
  ],
])('reads %s', (_, value) => {
  const { config, diagnostics } = read(JSON.stringify(value));
  expect(inventory(config)).toEqual(ALL);
  expect(diagnostics).toEqual([]);
});

test('both cases of names give the same reading', () => {
  const snake = read(JSON.stringify(LISTENER)).config.listeners[0];
  const lower = read(JSON.stringify(camel(LISTENER))).config.listeners[0];
  const match = (listener: typeof snake) => {
    const found = listener?.filterChains[0]?.match;
    return [
      found?.destinationPort?.value,
      found?.transportProtocol?.value,
      found?.applicationProtocols.length,
    ];
  };
  expect(match(lower)).toEqual(match(snake));
  expect(match(snake)).toEqual([8080, 'tls', 1]);
});

test('the span of a bind address is its value', () => {
  const { config, quote } = read(JSON.stringify([CLUSTER], null, 4));
  const [source] = config.clusters[0]?.bindConfig?.sources ?? [];
  expect(quote(source?.span)).toBe('"127.0.0.6"');
  expect(quote(config.clusters[0]?.discovery?.span)).toBe('"ORIGINAL_DST"');
});

test('enums and 64-bit numbers as numbers or texts, wrappers bare or not', () => {
  const { config } = read(
    '[{"name": "a", "type": 4, "lb_policy": 6}, {"name": "b", "type": "STATIC", "lbPolicy": "X"}]',
  );
  expect(config.clusters.map((cluster) => cluster.discovery?.value)).toEqual(['ORIGINAL_DST', 'STATIC']);
  const { config: chains } = read(
    '{"filterChains": [{"filterChainMatch": {"destinationPort": {"value": "80"}}}]}',
  );
  expect(chains.listeners[0]?.filterChains[0]?.match.destinationPort?.value).toBe(80);
});

test.each([
  ['envoy.tcp_proxy', '"config": {"cluster": "c"}'],
  [
    'any name',
    '"typed_config": {"@type": "type.googleapis.com/envoy.config.filter.network.tcp_proxy.v2.TcpProxy", "cluster": "c"}',
  ],
  [
    'any name',
    '"typedConfig": {"@type": "type.googleapis.com/udpa.type.v1.TypedStruct", "typeUrl": "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy", "value": {"cluster": "c"}}',
  ],
])('a TCP proxy called %s', (name, config) => {
  const { config: read1 } = read(`{"filter_chains": [{"filters": [{"name": "${name}", ${config}}]}]}`);
  expect(read1.listeners[0]?.filterChains[0]?.filters[0]).toMatchObject({
    kind: 'tcp-proxy',
    cluster: { kind: 'cluster', name: { value: 'c' } },
  });
});

test('unknown filters keep their names', () => {
  const { config } = read('{"filter_chains": [{"filters": [{"name": "my.own", "typed_config": {"x": 1}}]}]}');
  expect(config.listeners[0]?.filterChains[0]?.filters[0]).toMatchObject({ kind: 'other', name: 'my.own' });
});

test('what an article leaves out is remembered where it was', () => {
  const { config, quote } = read(`[{
    "name": "l",
    "filterChains": [
      { "filterChainMatch": { "destinationPort": 80, ...}, "name": "cut" },
      # ... 省略
      { // ...
      },
      { "filters": [{
          # ...
      }], "name": "empty" },
    ],
  }]`);
  const [listener] = config.listeners;
  expect(listener?.filterChainGaps.map(quote)).toEqual(['# ... 省略']);
  expect(listener?.filterChains.map((chain) => [chain.name, quote(chain.matchGap ?? undefined)])).toEqual([
    ['cut', '...'],
    ['', '// ...'],
    ['empty', undefined],
  ]);
  expect(listener?.filterChains[2]?.filters[0]).toMatchObject({ kind: 'left-out' });
});

test('a cut end costs only what it hits', () => {
  const text = JSON.stringify([CLUSTER, { ...CLUSTER, name: 'second' }], null, 2);
  const { config, diagnostics } = read(text.slice(0, text.indexOf('"second"') + 8));
  expect(inventory(config).clusters).toEqual(['in|8080']);
  expect(diagnostics.some((d) => d.severity === 'error')).toBe(true);
});

test('endpoints as istioctl prints them', () => {
  const { config } = read(`[{ "name": "out|80", "addedViaApi": true, "hostStatuses": [
    { "address": { "socketAddress": { "address": "10.0.0.9", "portValue": 80 } },
      "healthStatus": { "edsHealthStatus": "UNHEALTHY" }, "weight": 1 } ] }]`);
  expect(config.loadAssignments[0]).toMatchObject({
    clusterName: 'out|80',
    endpoints: [{ health: { value: 'UNHEALTHY' }, address: { address: { text: '10.0.0.9' }, port: 80 } }],
  });
});

test('of two with one name the later counts, and both places are known', () => {
  const text = JSON.stringify([CLUSTER, { ...CLUSTER, type: 'STATIC' }]);
  const { config, quote } = read(text);
  expect(config.clusters.map((cluster) => cluster.discovery?.value)).toEqual(['STATIC']);
  expect(config.replaced.map(({ kind, name }) => [kind, name])).toEqual([['cluster', 'in|8080']]);
  expect(quote(config.replaced[0]?.earlier)).toContain('ORIGINAL_DST');
  expect(quote(config.replaced[0]?.later)).toContain('STATIC');
});

test('merging keeps every proxy whole and nothing is a proxy of nothing', () => {
  const parts = [[LISTENER], [CLUSTER], [ROUTES], [ENDPOINTS]].map(
    (part) => read(JSON.stringify(part)).config,
  );
  expect(inventory(mergeConfigs(parts))).toEqual(ALL);
  expect(mergeConfigs([])).toEqual(EMPTY_CONFIG);
});

test.each<[string, boolean]>([
  ['{"configs": []}', true],
  ['[{"name": "x", "type": "EDS", "connectTimeout": "1s"}]', true],
  ['{"name": "v", "domains": ["*"], "routes": []}', true],
  ['{"response_code": 200, "upstream_cluster": "a", "downstream_remote_address": "10.0.0.1:1"}', false],
  ['{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"}, "spec": {"containers": []}}', false],
  ['{"name": "x", "type": "y"}', false],
  ['[]', false],
  ['"text"', false],
])('%s is Envoy configuration: %s', (text, want) => {
  const { value } = readJson({ name: 'test', text }, { from: 0, to: text.length });
  expect(looksLikeEnvoyConfig(value)).toBe(want);
});

test('any JSON is read without throwing', () => {
  const name = fc.constantFrom(
    'name',
    'configs',
    'filter_chains',
    'filterChains',
    'filters',
    'address',
    'virtual_hosts',
    'routes',
    'domains',
    'match',
    'route',
    'cluster',
    'type',
    'typed_config',
    '@type',
    'cluster_name',
    'endpoints',
    'upstream_bind_config',
    'matcher_tree',
    'filter_chain_matcher',
  );
  const tree = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom(null, 0, 'x', '', true),
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('value'), { maxLength: 3 }),
    object: fc.dictionary(name, tie('value'), { maxKeys: 5 }),
  }));
  fc.assert(
    fc.property(tree.value, (value) => {
      expect(() => read(JSON.stringify(value))).not.toThrow();
    }),
    { numRuns: 300 },
  );
});

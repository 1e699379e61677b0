// The layouts are those of istio.io/istio istioctl/pkg/writer/envoy/configdump; columns are Go's text/tabwriter's.
import { expect, test } from 'vitest';
import type { ProxyConfig } from '../../../documents/envoy/config.ts';
import { parseEnvoyConfig } from '../../../documents/envoy/parse.ts';
import { clusterTable } from './clusters.ts';
import { endpointTable } from './endpoints.ts';
import { readFlags } from './filters.ts';
import { listenerTable } from './listeners.ts';
import { routeTable } from './routes.ts';

function config(...resources: readonly unknown[]): ProxyConfig {
  const text = JSON.stringify(resources);
  return parseEnvoyConfig({ name: 'test', text }, { from: 0, to: text.length }).value;
}

function table(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

const from = (path: string) => ({ filter_metadata: { istio: { config: path } } });
const at = (address: string, port_value: number) => ({ socket_address: { address, port_value } });

function cluster(name: string, type: string, metadata?: unknown): unknown {
  return {
    name,
    type,
    metadata,
    connect_timeout: '1s',
  };
}

test('clusters, by host, subset, port and direction', () => {
  const rule = from('/apis/networking.istio.io/v1/namespaces/shop/destination-rule/reviews');
  expect(
    clusterTable(
      config(
        cluster('outbound|9080|v1|reviews', 'EDS', rule),
        cluster('agent', 'STATIC'),
        cluster('outbound|9080||reviews', 'EDS'),
        cluster('inbound|8080||', 'ORIGINAL_DST'),
      ),
    ),
  ).toBe(
    table(
      'SERVICE FQDN     PORT     SUBSET     DIRECTION     TYPE             DESTINATION RULE',
      '                 8080     -          inbound       ORIGINAL_DST     ',
      'agent            -        -          -             STATIC           ',
      'reviews          9080     -          outbound      EDS              ',
      'reviews          9080     v1         outbound      EDS              reviews.shop',
    ),
  );
});

function tcp(cluster: string): unknown {
  return {
    name: 'envoy.filters.network.tcp_proxy',
    typed_config: { '@type': 'x/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy', cluster },
  };
}

function http(settings: object): unknown {
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: { '@type': 'x/v3.HttpConnectionManager', ...settings },
  };
}

test('listeners: a row a chain, destinations downwards, the black hole unnamed', () => {
  const inbound = {
    name: 'in',
    address: at('0.0.0.0', 15006),
    filter_chains: [
      { filter_chain_match: { destination_port: 15006 }, filters: [tcp('BlackHoleCluster')] },
      {
        filter_chain_match: { destination_port: 80, transport_protocol: 'tls' },
        filters: [tcp('inbound|80||')],
      },
      {
        filter_chain_match: {
          application_protocols: ['http/1.0', 'http/1.1', 'h2c'],
          server_names: ['a', 'b'],
        },
        filters: [http({ rds: { route_config_name: '80' } })],
      },
    ],
    default_filter_chain: { filters: [tcp('InboundPassthroughCluster')] },
  };
  const health = {
    address: at('0.0.0.0', 15021),
    filter_chains: [
      {
        filters: [
          http({
            route_config: {
              virtual_hosts: [
                { domains: ['*'], routes: [{ match: { prefix: '/ready' }, route: { cluster: 'agent' } }] },
              ],
            },
          }),
        ],
      },
    ],
  };
  expect(listenerTable(config(health, inbound))).toBe(
    table(
      'ADDRESSES PORT  MATCH                  DESTINATION',
      '0.0.0.0   15006 SNI: a,b; App: HTTP    Route: 80',
      '0.0.0.0   15006 Addr: *:15006          Non-HTTP/Non-TCP',
      '0.0.0.0   15006 ALL                    InboundPassthroughCluster',
      '0.0.0.0   15006 Trans: tls; Addr: *:80 Cluster: inbound|80||',
      '0.0.0.0   15021 ALL                    Inline Route: /ready*',
    ),
  );
});

function route(cluster: string, path: object, metadata?: unknown): unknown {
  return {
    match: path,
    route: { cluster },
    metadata,
  };
}

test('routes: two domains and a count, no passthrough, 404 for none', () => {
  const domains = [
    'reviews.shop.svc.cluster.local',
    'reviews.shop.svc',
    'reviews.shop',
    'reviews',
    '10.0.0.1',
    'reviews:80',
  ];
  expect(
    routeTable(
      config({
        name: '9080',
        virtual_hosts: [
          {
            name: 'reviews:9080',
            domains,
            routes: [
              route(
                'a',
                { path_separated_prefix: '/v2' },
                from('/apis/networking.istio.io/v1/namespaces/shop/virtual-service/r'),
              ),
              route('a', { path: '/exact' }, from('/apis/other')),
            ],
          },
          { name: 'allow_any', domains: ['*'], routes: [route('PassthroughCluster', { prefix: '/' })] },
          { name: 'none', domains: ['x'], routes: [] },
        ],
      }),
    ),
  ).toBe(
    table(
      'NAME     VHOST NAME       DOMAINS                               MATCH              VIRTUAL SERVICE',
      '9080     reviews:9080     reviews.shop, reviews + 1 more...     PathPrefix:/v2     r.shop',
      '9080     reviews:9080     reviews.shop, reviews + 1 more...     /exact             <unknown>',
      '9080     none             x                                     /*                 404',
    ),
  );
});

test('endpoints, with their health and locality', () => {
  const lb_endpoints = [
    { endpoint: { address: at('10.0.0.9', 80) }, health_status: 'HEALTHY' },
    { endpoint: { address: at('fd00::9', 80) } },
    { endpoint: { address: { pipe: { path: './run/x' } } }, health_status: 'DRAINING' },
  ];
  const locality = { region: 'eu', zone: 'eu-1' };
  expect(endpointTable(config({ cluster_name: 'c', endpoints: [{ locality, lb_endpoints }] }))).toBe(
    table(
      'NAME            STATUS       LOCALITY     CLUSTER',
      '10.0.0.9:80     HEALTHY      eu/eu-1      c',
      'fd00::9:80      UNKNOWN      eu/eu-1      c',
      './run/x         DRAINING     eu/eu-1      c',
    ),
  );
});

const flagged = (...args: readonly string[]) => readFlags(args).flags;

test("istioctl's flags narrow the tables", () => {
  const endpoints = config({
    cluster_name: 'c',
    endpoints: [{ lb_endpoints: [80, 81].map((port) => ({ endpoint: { address: at('10.0.0.9', port) } })) }],
  });
  expect(endpointTable(endpoints, flagged('--port', '81'))).toBe(
    table('NAME            STATUS      LOCALITY     CLUSTER', '10.0.0.9:81     UNKNOWN                  c'),
  );
  const listeners = config(
    { name: 'a', address: at('0.0.0.0', 80), filter_chains: [{ filters: [tcp('c')] }] },
    { name: 'b', address: at('10.0.0.1', 81), filter_chains: [{ filters: [http({})] }] },
  );
  expect(listenerTable(listeners, flagged('--address=10.0.0.1', '--verbose=false'))).toBe(
    table('ADDRESSES PORT TYPE', '10.0.0.1  81   HTTP'),
  );
  const clusters = config(
    cluster('outbound|80|v1|a.b', 'EDS'),
    cluster('inbound|80||', 'STATIC'),
    cluster('outbound|8080||a.b', 'EDS'),
  );
  expect(clusterTable(clusters, flagged('--direction', 'outbound', '--port', '80')).split('\n')).toHaveLength(
    3,
  );
  const routes = config(
    { name: '80', virtual_hosts: [{ domains: ['*'] }] },
    { name: '81', virtual_hosts: [] },
  );
  expect(routeTable(routes, flagged('--verbose=false', '--name', '80'))).toBe(
    table('NAME     VIRTUAL HOSTS', '80       1'),
  );
});

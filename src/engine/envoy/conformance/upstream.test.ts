// Endpoint, source and transport of the new connection: docs/root/intro/arch_overview/upstream/{service_discovery,
// load_balancing/original_dst,load_balancing/priority}.rst, api/envoy/config/cluster/v3/cluster.proto.
import { expect, test } from 'vitest';
import {
  APP,
  arriving,
  CLIENT,
  GET,
  http,
  INBOUND,
  ip,
  listenerFilter,
  routes,
  tell,
} from './proxy-notation.ts';

/** How a connection to port 8080 goes on through a cluster with these settings. */
function through(cluster: object, headers: Record<string, string> = {}) {
  const filter_chains = [{ name: 'app', filters: [http({ route_config: routes('app') })] }];
  const { upstream_bind_config: _, ...app } = APP;
  const paste = [
    { ...INBOUND, filter_chains },
    { ...app, ...cluster },
  ];
  return tell(paste, arriving(CLIENT, 15006), { ...GET, headers });
}

function endpoint(address: string, settings: object = {}): object {
  return { endpoint: { address: ip(address, 80) }, ...settings };
}

function fixed(...groups: readonly object[]): object {
  return { type: 'STATIC', load_assignment: { cluster_name: 'app', endpoints: groups } };
}

const DRAINING = { health_status: 'DRAINING' };
const ONE = { lb_endpoints: [endpoint('10.0.0.5')] };
const NEXT = { priority: 1, lb_endpoints: [endpoint('10.0.0.6')] };

test.each<[string, object, string]>([
  ['one endpoint', fixed(ONE), 'app to 10.0.0.5:80 from * (kernel)'],
  [
    // api/envoy/config/core/v3/address.proto, BindConfig: source_address is optional.
    'a bind config without an address',
    { ...fixed(ONE), upstream_bind_config: { socket_options: [{ level: 1 }] } },
    'app to 10.0.0.5:80 from * (kernel)',
  ],
  ['the highest priority', fixed(NEXT, ONE), 'app to 10.0.0.5:80 from * (kernel)'],
  [
    // docs/root/intro/arch_overview/upstream/load_balancing/subsets.rst: without a fallback not even the only one.
    'one endpoint of a cluster with subsets',
    { ...fixed(ONE), lb_subset_config: { subset_selectors: [{ keys: ['version'] }] } },
    'undecided undecided.subset',
  ],
  [
    'a lower one too, when the highest is not whole',
    fixed({ lb_endpoints: [endpoint('10.0.0.5'), endpoint('10.0.0.7', DRAINING)] }, NEXT),
    'undecided undecided.endpoint',
  ],
  [
    'the lower alone, when the highest is gone',
    fixed({ lb_endpoints: [endpoint('10.0.0.5', DRAINING)] }, NEXT),
    'app to 10.0.0.6:80 from * (kernel)',
  ],
  [
    'a degraded endpoint is taken',
    fixed({ lb_endpoints: [endpoint('10.0.0.5', { health_status: 'DEGRADED' })] }),
    'app to 10.0.0.5:80 from * (kernel)',
  ],
  [
    'none usable: panic routing may take any',
    fixed({ lb_endpoints: [endpoint('10.0.0.5', DRAINING)] }),
    'undecided undecided.endpoint',
  ],
  ['no endpoint at all', fixed(), 'close close.no-healthy-upstream'],
  [
    'a name has to be resolved',
    { type: 'STRICT_DNS', load_assignment: { endpoints: [{ lb_endpoints: [endpoint('db.example')] }] } },
    'undecided undecided.dns',
  ],
  [
    'hosts of the old API',
    { type: 'STATIC', hosts: [ip('10.0.0.5', 80)] },
    'app to 10.0.0.5:80 from * (kernel)',
  ],
  [
    'a cluster type of an extension',
    { cluster_type: { name: 'envoy.clusters.dynamic_forward_proxy' } },
    'undecided undecided.cluster-type',
  ],
])('%s', (_, cluster, want) => expect(through(cluster).end).toBe(want));

test('ORIGINAL_DST: the header first, the port replaced at the end', () => {
  const byHeader = { original_dst_lb_config: { use_http_header: true } };
  const header = { 'x-envoy-original-dst-host': '10.0.0.9:81' };
  expect(through({}, header).end).toContain('app to 10.0.0.1:8080');
  expect(through(byHeader, header).end).toContain('app to 10.0.0.9:81');
  expect(through(byHeader, { 'x-envoy-original-dst-host': 'nonsense' }).end).toContain(
    'app to 10.0.0.1:8080',
  );
  expect(through({ original_dst_lb_config: { upstream_port_override: 15008 } }).end).toContain(
    '10.0.0.1:15008',
  );
});

test('ORIGINAL_DST without a restored destination has nowhere to go', () => {
  const listener_filters = [listenerFilter('tls_inspector')];
  const filter_chains = [{ name: 'app', filters: [http({ route_config: routes('app') })] }];
  const told = tell([{ ...INBOUND, listener_filters, filter_chains }, APP], arriving(CLIENT, 15006), GET);
  expect(told.end).toBe('close close.no-original-dst');
});

test("the transport socket is the first whose match the endpoint's metadata holds", () => {
  const tls = {
    name: 'envoy.transport_sockets.tls',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
      sni: 'x',
    },
  };
  const transport_socket_matches = [
    { name: 'mutual', match: { mode: 'mesh' }, transport_socket: tls },
    { name: 'plain', match: {}, transport_socket: { name: 'envoy.transport_sockets.raw_buffer' } },
  ];
  const metadata = { filter_metadata: { 'envoy.transport_socket_match': { mode: 'mesh' } } };
  const inMesh = fixed({ lb_endpoints: [endpoint('10.0.0.5', { metadata })] });
  expect(through({ ...inMesh, transport_socket_matches }).outcome.end).toMatchObject({
    transport: { kind: 'tls' },
  });
  expect(through({ ...fixed(ONE), transport_socket_matches }).outcome.end).toMatchObject({
    transport: { kind: 'raw_buffer' },
  });
  expect(through({ ...fixed(ONE), tls_context: { sni: 'y' } }).outcome.end).toMatchObject({
    transport: { kind: 'tls', serverName: 'y' },
  });
  expect(through({ ...fixed(ONE), transport_socket: tls }).outcome.end).toMatchObject({
    transport: { kind: 'tls' },
  });
});

test('the HTTP filter original_src binds to the trusted client', () => {
  const http_filters = [
    {
      name: 'envoy.filters.http.original_src',
      typed_config: {
        '@type': 'type.googleapis.com/envoy.extensions.filters.http.original_src.v3.OriginalSrc',
        mark: 7,
      },
    },
  ];
  const filter_chains = [{ name: 'app', filters: [http({ route_config: routes('app'), http_filters })] }];
  const request = { ...GET, headers: { 'x-forwarded-for': '203.0.113.9' } };
  const { end, outcome } = tell([{ ...INBOUND, filter_chains }, APP], arriving(CLIENT, 15006), request);
  expect(end).toContain('from 203.0.113.9 (original-src)');
  expect(outcome.end).toMatchObject({ mark: 7 });
});

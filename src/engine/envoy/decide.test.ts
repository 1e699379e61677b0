import { expect, test } from 'vitest';
import { address, endpointText, parseEndpoint } from '../../base/ip.ts';
import { textAt, type Source } from '../../base/source.ts';
import { parseEnvoyConfig } from '../../documents/envoy/parse.ts';
import type { Downstream, HttpRequest, Observed } from './connection.ts';
import { connectThrough, decide } from './decide.ts';
import type { ProxyOutcome } from './outcome.ts';

const TYPE = 'type.googleapis.com/envoy.extensions.filters';

function ip(text: string, port: number): unknown {
  return { socket_address: { address: text, port_value: port } };
}

function listenerFilter(name: string, settings: object = {}): unknown {
  const type = name.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
  return {
    name: `envoy.filters.listener.${name}`,
    typed_config: { '@type': `${TYPE}.listener.${name}.v3.${type}`, ...settings },
  };
}

function tcp(cluster: string): unknown {
  return {
    name: 'envoy.filters.network.tcp_proxy',
    typed_config: { '@type': `${TYPE}.network.tcp_proxy.v3.TcpProxy`, stat_prefix: 'x', cluster },
  };
}

function http(settings: object): unknown {
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: {
      '@type': `${TYPE}.network.http_connection_manager.v3.HttpConnectionManager`,
      stat_prefix: 'x',
      ...settings,
    },
  };
}

function routes(cluster: string, name = 'routes'): unknown {
  return {
    name,
    virtual_hosts: [{ name: 'v', domains: ['*'], routes: [{ match: { prefix: '/' }, route: { cluster } }] }],
  };
}

/** A server side: everything to 15006, one chain for port 8080, its cluster bound to 127.0.0.6. */
const INBOUND = {
  name: 'in',
  address: ip('0.0.0.0', 15006),
  listener_filters: [listenerFilter('original_dst'), listenerFilter('tls_inspector')],
  filter_chains: [
    { name: 'hole', filter_chain_match: { destination_port: 15006 }, filters: [tcp('hole')] },
    { name: 'app', filter_chain_match: { destination_port: 8080 }, filters: [{ name: 'stats' }, tcp('app')] },
  ],
};
const APP = {
  name: 'app',
  type: 'ORIGINAL_DST',
  lb_policy: 'CLUSTER_PROVIDED',
  upstream_bind_config: { source_address: { address: '127.0.0.6', port_value: 0 } },
};
const HOLE = { name: 'hole', type: 'STATIC', connect_timeout: '1s' };

/** A client side: 15001 hands over to one listener for a service, and passes the rest through. */
const OUTBOUND = {
  name: 'out',
  address: ip('0.0.0.0', 15001),
  use_original_dst: true,
  filter_chains: [{ name: 'rest', filters: [tcp('through')] }],
};
const SERVICE = {
  name: 'service',
  address: ip('10.96.0.7', 80),
  bind_to_port: false,
  filter_chains: [{ name: 'service', filters: [http({ rds: { route_config_name: '80' } })] }],
};
const THROUGH = { name: 'through', type: 'ORIGINAL_DST', lb_policy: 'CLUSTER_PROVIDED' };
const BACKEND = { name: 'backend', type: 'EDS', connect_timeout: '1s' };

function assigned(...places: readonly string[]): unknown {
  const lb_endpoints = places.map((text) => {
    const { address: at, port } = parseEndpoint(text)!;
    return { endpoint: { address: ip(at.text, port ?? 0) } };
  });
  return { cluster_name: 'backend', endpoints: [{ lb_endpoints }] };
}

/** `peer -> original destination`, redirected to the port of `accepting`. */
function arriving(line: string, accepting: number, more: Partial<Downstream> = {}): Downstream {
  const [from = '', to = ''] = line.split(' -> ');
  const peer = parseEndpoint(from)!;
  const destination = parseEndpoint(to)!;
  const original = { address: destination.address, port: destination.port ?? 0 };
  const local = accepting === 15001 ? address('127.0.0.1') : destination.address;
  return {
    peer,
    local: { address: local, port: accepting },
    accepting,
    originalDestination: original,
    transport: 'raw_buffer',
    serverName: '',
    alpn: [],
    ...more,
  };
}

const GET: HttpRequest = { authority: 'svc', method: 'GET', path: '/', version: 'HTTP/1.1', headers: {} };
const CLIENT = '10.0.0.2:40000 -> 10.0.0.1:8080';

interface Told {
  readonly outcome: ProxyOutcome;
  /** `kind name` of each decision. */
  readonly decisions: readonly string[];
  /** `cluster to ENDPOINT from SOURCE (choice)`, or how it ended. */
  readonly end: string;
  readonly quote: (kind: string) => string | undefined;
}

function endText({ end }: ProxyOutcome): string {
  if (end.kind !== 'connect') return `${end.kind} ${end.why.code.replace('envoy.', '')}`;
  const to = endpointText(end.endpoint.address, end.endpoint.port);
  return `${end.cluster} to ${to} from ${end.source.address?.text ?? '*'} (${end.source.choice})`;
}

function tell(
  resources: readonly unknown[],
  downstream: Downstream,
  request: HttpRequest | null = null,
  observed: Observed = {},
): Told {
  const source: Source = { name: 'test', text: JSON.stringify(resources, null, 2) };
  const config = parseEnvoyConfig(source, { from: 0, to: source.text.length }).value;
  const outcome = decide(config, downstream, request, observed);
  return {
    outcome,
    decisions: outcome.decisions.map(
      ({ kind, name }) => `${kind} ${name.replace(/^envoy\.filters\.\w+\./, '')}`,
    ),
    end: endText(outcome),
    quote: (kind) => {
      const span = outcome.decisions.find((decision) => decision.kind === kind)?.spans[0];
      return span && textAt(source, span);
    },
  };
}

test("a redirected connection: restored, matched by port, bound to the cluster's address", () => {
  const told = tell([INBOUND, APP, HOLE], arriving(CLIENT, 15006));
  expect(told.decisions).toEqual([
    'listener in',
    'listener-filter original_dst',
    'listener-filter tls_inspector',
    'filter-chain app',
    'network-filter tcp_proxy',
    'cluster app',
    'endpoint 10.0.0.1:8080',
    'source 127.0.0.6',
  ]);
  expect(told.end).toBe('app to 10.0.0.1:8080 from 127.0.0.6 (upstream-bind-config)');
  expect(told.quote('source')).toBe('"127.0.0.6"');
  expect(told.quote('filter-chain')).toBe('8080');
});

test("without the bind config the kernel chooses; with the bootstrap's, that one", () => {
  const { upstream_bind_config: _, ...bare } = APP;
  expect(tell([INBOUND, bare], arriving(CLIENT, 15006)).end).toBe('app to 10.0.0.1:8080 from * (kernel)');
  const bootstrap = {
    bootstrap: {
      node: {},
      cluster_manager: { upstream_bind_config: { source_address: { address: '10.0.0.9', port_value: 0 } } },
    },
  };
  expect(tell([INBOUND, bare, bootstrap], arriving(CLIENT, 15006)).end).toBe(
    'app to 10.0.0.1:8080 from 10.0.0.9 (bootstrap-bind-config)',
  );
});

test('original_src wins over the bind config and marks', () => {
  const filters = [...INBOUND.listener_filters, listenerFilter('original_src', { mark: 1337 })];
  const transparent = arriving(CLIENT, 15006, { local: { address: address('10.0.0.1'), port: 8080 } });
  const { outcome, end } = tell([{ ...INBOUND, listener_filters: filters }, APP], transparent);
  expect(end).toBe('app to 10.0.0.1:8080 from 10.0.0.2 (original-src)');
  expect(outcome.end).toMatchObject({ mark: 1337 });
  expect(outcome.decisions.at(-1)?.passed.map(({ name }) => name)).toEqual(['127.0.0.6']);
});

test('a second source address serves the other family', () => {
  const extra_source_addresses = [{ address: { address: '::6', port_value: 0 } }];
  const dual = { ...APP, upstream_bind_config: { ...APP.upstream_bind_config, extra_source_addresses } };
  const six = arriving('[fd00::2]:40000 -> [fd00::1]:8080', 15006);
  expect(tell([{ ...INBOUND, address: ip('::', 15006) }, dual], six).end).toContain('from ::6');
});

test('the hand-over: an exact listener, else the catch-all itself', () => {
  const paste = [OUTBOUND, SERVICE, THROUGH, BACKEND, routes('backend', '80'), assigned('10.0.0.5:8080')];
  const service = tell(paste, arriving('10.0.0.2:40000 -> 10.96.0.7:80', 15001), GET);
  expect(service.decisions).toContain('hand-over service');
  expect(service.end).toBe('backend to 10.0.0.5:8080 from * (kernel)');
  const other = tell(paste, arriving('10.0.0.2:40000 -> 10.96.0.8:80', 15001), GET);
  expect(other.decisions).toContain('hand-over out');
  expect(other.end).toBe('through to 10.96.0.8:80 from * (kernel)');
});

test('a listener that is not bound accepts nothing itself', () => {
  const direct = { ...arriving('10.0.0.2:4 -> 10.96.0.7:80', 80), originalDestination: null };
  expect(tell([SERVICE], direct, GET).end).toBe('undecided undecided.listener');
});

test('what is not pasted is named, not guessed', () => {
  const at = arriving('10.0.0.2:40000 -> 10.96.0.7:80', 15001);
  const rest = [OUTBOUND, SERVICE];
  expect(tell([], at, GET).end).toBe('undecided undecided.listener');
  expect(tell(rest, at, GET).end).toBe('undecided undecided.route-configuration');
  expect(tell([...rest, routes('backend', '80')], at, GET).end).toBe('undecided undecided.cluster');
  const noEndpoints = [...rest, routes('backend', '80'), BACKEND];
  expect(tell(noEndpoints, at, GET).end).toBe('undecided undecided.endpoints');
  const two = tell([...noEndpoints, assigned('10.0.0.5:8080', '10.0.0.6:8080')], at, GET);
  expect(two.end).toBe('undecided undecided.endpoint');
  expect(two.outcome.end).toMatchObject({ endpoints: [{ port: 8080 }, { port: 8080 }] });
});

test('a log settles which endpoint it was', () => {
  const upstreamHost = { address: address('10.0.0.6'), port: 8080 };
  const paste = [
    OUTBOUND,
    SERVICE,
    BACKEND,
    routes('backend', '80'),
    assigned('10.0.0.5:8080', '10.0.0.6:8080'),
  ];
  const at = arriving('10.0.0.2:40000 -> 10.96.0.7:80', 15001);
  expect(tell(paste, at, GET, { upstreamHost }).end).toBe('backend to 10.0.0.6:8080 from * (kernel)');
});

test('an unknown transport matters only where a chain asks for it', () => {
  const unknown = arriving(CLIENT, 15006, { transport: null, serverName: null, alpn: null });
  expect(tell([INBOUND, APP], unknown).end).toContain('from 127.0.0.6');
  const [hole, app] = INBOUND.filter_chains;
  const split = ['tls', 'raw_buffer'].map((transport_protocol) => ({
    ...app,
    name: transport_protocol,
    filter_chain_match: { destination_port: 8080, transport_protocol },
  }));
  const same = tell([{ ...INBOUND, filter_chains: [hole, ...split] }, APP], unknown);
  expect(same.decisions).toContain('filter-chain raw_buffer, tls');
  expect(same.end).toContain('from 127.0.0.6');
  const [first, second] = split;
  const apart = [hole, first, { ...second, filters: [tcp('other')] }];
  const { end, outcome } = tell([{ ...INBOUND, filter_chains: apart }, APP], unknown);
  expect(end).toBe('undecided undecided.filter-chain');
  expect(outcome.end).toMatchObject({ why: { parameters: { input: 'transport_protocol' } } });
});

test('without tls_inspector TLS is not seen', () => {
  const [hole, app] = INBOUND.filter_chains;
  const chains = [
    hole,
    { ...app, filter_chain_match: { destination_port: 8080, transport_protocol: 'tls' } },
  ];
  const tls = arriving(CLIENT, 15006, { transport: 'tls', serverName: 'x', alpn: [] });
  const inspecting = { ...INBOUND, filter_chains: chains };
  const blind = { ...inspecting, listener_filters: [listenerFilter('original_dst')] };
  expect(tell([inspecting, APP], tls).end).toContain('from 127.0.0.6');
  expect(tell([blind, APP], tls).end).toBe('close close.filter-chain-not-found');
});

test('no listener filters shown at all although its chains need them: assumed, and said', () => {
  const { listener_filters: _, ...abridged } = INBOUND;
  const { end, outcome } = tell([abridged, APP], arriving(CLIENT, 15006));
  expect(end).toContain('from 127.0.0.6');
  expect(outcome.decisions[1]?.gap?.why.code).toBe('envoy.gap.listener-filters');
  const none = tell([{ ...INBOUND, listener_filters: [] }, APP, HOLE], arriving(CLIENT, 15006));
  expect(none.decisions).toContain('filter-chain hole');
});

test('HTTP: the client from x-forwarded-for, and what is sent on', () => {
  const chains = [{ name: 'app', filters: [http({ route_config: routes('app') })] }];
  const request = { ...GET, headers: { 'X-Forwarded-For': '203.0.113.9' } };
  const { outcome } = tell([{ ...INBOUND, filter_chains: chains }, APP], arriving(CLIENT, 15006), request);
  expect(outcome.end).toMatchObject({
    kind: 'connect',
    request: { xForwardedFor: '203.0.113.9', client: { address: '203.0.113.9', port: 0 } },
  });
  const edge = [{ name: 'app', filters: [http({ route_config: routes('app'), use_remote_address: true })] }];
  const appended = tell([{ ...INBOUND, filter_chains: edge }, APP], arriving(CLIENT, 15006), request);
  expect(appended.outcome.end).toMatchObject({ request: { xForwardedFor: '203.0.113.9,10.0.0.2' } });
});

/** The server side with an HTTP route to `app` and `canary`. */
function weighted(a: number, b: number): readonly unknown[] {
  const clusters = [
    { name: 'app', weight: a },
    { name: 'canary', weight: b },
  ];
  const routed = [{ match: { prefix: '/' }, route: { weighted_clusters: { clusters } } }];
  const route_config = { virtual_hosts: [{ name: 'v', domains: ['*'], routes: routed }] };
  const filter_chains = [{ name: 'app', filters: [http({ route_config })] }];
  return [{ ...INBOUND, filter_chains }, APP];
}

test('weighted clusters: both are named; all the weight on one decides', () => {
  const open = tell(weighted(90, 10), arriving(CLIENT, 15006), GET);
  expect(open.end).toBe('undecided undecided.weighted-clusters');
  expect(open.outcome.end).toMatchObject({ clusters: ['app', 'canary'] });
  expect(tell(weighted(100, 0), arriving(CLIENT, 15006), GET).end).toContain('app to');
  expect(tell(weighted(90, 10), arriving(CLIENT, 15006), GET, { cluster: 'app' }).end).toContain('app to');
});

test('TLS and a PROXY header on the new connection', () => {
  const socket = {
    name: 'envoy.transport_sockets.upstream_proxy_protocol',
    typed_config: {
      '@type':
        'type.googleapis.com/envoy.extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport',
      transport_socket: {
        name: 'envoy.transport_sockets.tls',
        typed_config: {
          '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
          sni: 'app.example',
          common_tls_context: { alpn_protocols: ['h2'] },
        },
      },
    },
  };
  const { outcome } = tell([INBOUND, { ...APP, transport_socket: socket }], arriving(CLIENT, 15006));
  expect(outcome.end).toMatchObject({
    transport: { kind: 'tls', serverName: 'app.example', alpn: ['h2'] },
    proxyHeader: 'PROXY TCP4 10.0.0.2 10.0.0.1 40000 8080',
  });
});

test('proxy_protocol: the client of the header, a refusal, or unknown', () => {
  const filters = [listenerFilter('proxy_protocol'), ...INBOUND.listener_filters];
  const paste = [{ ...INBOUND, listener_filters: [...filters, listenerFilter('original_src')] }, APP];
  const sent = (proxyHeader: string | null) => tell(paste, arriving(CLIENT, 15006, { proxyHeader }));
  expect(sent('PROXY TCP4 203.0.113.9 192.0.2.80 5000 80').end).toContain('from 203.0.113.9 (original-src)');
  expect(sent('PROXY UNKNOWN').end).toContain('from 10.0.0.2 (original-src)');
  expect(sent('').end).toBe('close close.proxy-header');
  expect(sent(null).outcome.decisions[1]?.gap?.why.code).toBe('envoy.gap.proxy-header');
});

test('TLS that no chain ends is passed through; TLS that one ends is not', () => {
  const tls = arriving(CLIENT, 15006, { transport: 'tls', serverName: 'app.example', alpn: ['h2'] });
  expect(tell([INBOUND, APP], tls).outcome.end).toMatchObject({
    transport: { kind: 'raw_buffer' },
    wire: { transport: 'tls', serverName: 'app.example', alpn: ['h2'] },
  });
  const transport_socket = {
    name: 'envoy.transport_sockets.tls',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
    },
  };
  const ending = INBOUND.filter_chains.map((chain) => ({ ...chain, transport_socket }));
  expect(tell([{ ...INBOUND, filter_chains: ending }, APP], tls).outcome.end).toMatchObject({
    wire: { transport: 'raw_buffer' },
  });
});

test('a cluster named by a log is followed without a listener, and says what could change it', () => {
  const source: Source = { name: 'test', text: JSON.stringify([APP]) };
  const config = parseEnvoyConfig(source, { from: 0, to: source.text.length }).value;
  const outcome = connectThrough(config, 'app', arriving(CLIENT, 15006), null);
  expect(endText(outcome)).toBe('app to 10.0.0.1:8080 from 127.0.0.6 (upstream-bind-config)');
  expect(outcome.decisions.at(-1)?.gap?.why).toEqual({
    code: 'envoy.gap.listener',
    parameters: { port: 15006 },
  });
});

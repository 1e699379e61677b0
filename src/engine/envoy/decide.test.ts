import { expect, test } from 'vitest';
import { address } from '../../base/ip.ts';
import type { Source } from '../../base/source.ts';
import { parseEnvoyConfig } from '../../documents/envoy/parse.ts';
import {
  ip,
  listenerFilter,
  tcp,
  http,
  routes,
  INBOUND,
  APP,
  HOLE,
  OUTBOUND,
  SERVICE,
  THROUGH,
  BACKEND,
  assigned,
  arriving,
  GET,
  CLIENT,
  endText,
  tell,
} from './conformance/proxy-notation.ts';
import { connectThrough } from './decide.ts';

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

test('of two original_src filters the later one’s address is bound, and a mark that only the earlier one sets stays', () => {
  const type = 'type.googleapis.com/envoy.extensions.filters.listener.original_src.v3.OriginalSrc';
  const marked = { ...listenerFilter('original_src'), typed_config: { '@type': type, mark: 1337 } };
  const before = [marked, listenerFilter('proxy_protocol')];
  const listener_filters = [...before, ...INBOUND.listener_filters, listenerFilter('original_src')];
  const paste = [{ ...INBOUND, listener_filters }, APP];
  const header = { proxyHeader: 'PROXY TCP4 203.0.113.9 192.0.2.80 5000 80' };
  const { outcome } = tell(paste, arriving(CLIENT, 15006, header));
  expect(outcome.end).toMatchObject({ mark: 1337, source: { address: { text: '203.0.113.9' } } });
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

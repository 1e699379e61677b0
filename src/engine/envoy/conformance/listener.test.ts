// Listener filters and what a connection manager does before it routes: docs/root/configuration/listeners/listener_filters,
// api/envoy/config/listener/v3/listener_components.proto (ListenerFilterChainMatchPredicate),
// docs/root/configuration/http/http_conn_man (strip_matching_host_port).
import { expect, test } from 'vitest';
import { APP, arriving, CLIENT, GET, http, INBOUND, listenerFilter, tcp, tell } from './proxy-notation.ts';

test('http_inspector finds no HTTP in TLS that no tls_inspector saw', () => {
  const filter_chains = [
    { name: 'http', filter_chain_match: { application_protocols: ['http/1.1'] }, filters: [tcp('app')] },
    { name: 'tcp', filters: [tcp('app')] },
  ];
  const listener_filters = [listenerFilter('original_dst'), listenerFilter('http_inspector')];
  const paste = [{ ...INBOUND, listener_filters, filter_chains }, APP];
  const tls = arriving(CLIENT, 15006, { transport: 'tls', serverName: 'x', alpn: ['http/1.1'] });
  expect(tell(paste, tls, GET).decisions).toContain('filter-chain tcp');
  expect(tell(paste, arriving(CLIENT, 15006), GET).decisions).toContain('filter-chain http');
});

const range = (start: number, end: number) => ({ destination_port_range: { start, end } });

test.each<[string, object, boolean]>([
  ['any', { any_match: true }, true],
  ['a range that holds the restored port', range(8080, 8081), true],
  ['a range is open at its end', range(8000, 8080), false],
  ['not', { not_match: range(8000, 8080) }, true],
  ['or', { or_match: { rules: [range(1, 2), range(8080, 8081)] } }, true],
  ['and', { and_match: { rules: [range(1, 9000), range(1, 2)] } }, false],
])('filter_disabled: %s', (_, filter_disabled, disabled) => {
  const inspector = { ...listenerFilter('http_inspector'), filter_disabled };
  const filter_chains = [
    { name: 'http', filter_chain_match: { application_protocols: ['http/1.1'] }, filters: [tcp('app')] },
    { name: 'tcp', filters: [tcp('app')] },
  ];
  const listener_filters = [...INBOUND.listener_filters, inspector];
  const { decisions } = tell(
    [{ ...INBOUND, listener_filters, filter_chains }, APP],
    arriving(CLIENT, 15006),
    GET,
  );
  expect(decisions).toContain(disabled ? 'filter-chain tcp' : 'filter-chain http');
});

test.each<[string, object, string, string]>([
  ['kept', {}, 'svc:8080', 'rest'],
  ["the listener's own", { strip_matching_host_port: true }, 'svc:8080', 'svc'],
  ['not another one', { strip_matching_host_port: true }, 'svc:80', 'rest'],
  ['any', { strip_any_host_port: true }, 'svc:80', 'svc'],
])('the port of the host: %s', (_, settings, authority, want) => {
  const virtual_hosts = ['svc', '*'].map((domain) => ({
    name: domain === '*' ? 'rest' : domain,
    domains: [domain],
    routes: [{ match: { prefix: '/' }, direct_response: { status: 200 } }],
  }));
  const filter_chains = [{ name: 'app', filters: [http({ ...settings, route_config: { virtual_hosts } })] }];
  const { decisions } = tell([{ ...INBOUND, filter_chains }], arriving(CLIENT, 15006), { ...GET, authority });
  expect(decisions).toContain(`virtual-host ${want}`);
});

test.each([
  ['0.0.0.0', false, '10.0.0.1', true],
  ['0.0.0.0', false, 'fd00::1', false],
  ['::', false, 'fd00::1', true],
  ['::', false, '10.0.0.1', false],
  ['::', true, '10.0.0.1', true],
])('a listener on %s (ipv4_compat %s) and a connection to %s', (bound, ipv4_compat, to, accepted) => {
  const listener = {
    ...INBOUND,
    address: { socket_address: { address: bound, port_value: 15006, ipv4_compat } },
  };
  const at = to.includes(':') ? `[fd00::2]:4 -> [${to}]:8080` : `10.0.0.2:4 -> ${to}:8080`;
  const { decisions } = tell([listener, APP], arriving(at, 15006));
  expect(decisions.includes('listener in')).toBe(accepted);
});

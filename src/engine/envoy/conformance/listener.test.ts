// Listener filters and what a connection manager does before it routes: docs/root/configuration/listeners/listener_filters,
// api/envoy/config/listener/v3/listener_components.proto (ListenerFilterChainMatchPredicate),
// docs/root/configuration/http/http_conn_man (strip_matching_host_port).
import { expect, test } from 'vitest';
import { APP, arriving, CLIENT, GET, http, INBOUND, listenerFilter, tcp, tell } from './proxy-notation.ts';

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

// What an article leaves out: the decision stands where nothing left out could change it, says so where it could, and
// is not taken where nothing shown decides.
import { expect, test } from 'vitest';
import { textAt, type Source } from '../../base/source.ts';
import { parseEnvoyConfig } from '../../documents/envoy/parse.ts';
import { arriving, CLIENT, GET } from './conformance/proxy-notation.ts';
import { decide } from './decide.ts';

const CLUSTER = '{ "name": "app", "type": "ORIGINAL_DST", "lbPolicy": "CLUSTER_PROVIDED" }';
const FILTERS = '"listenerFilters": [ { "name": "envoy.filters.listener.original_dst" } ]';
const PROXY = '"filters": [ { "name": "envoy.tcp_proxy", "config": { "cluster": "app" } } ]';

/** The gaps of all decisions, `kind code «text left out»`, and how it ended. */
function told(listener: string): readonly string[] {
  const text = `[ { "name": "in", "address": { "socketAddress": { "address": "0.0.0.0", "portValue": 15006 } },\n${listener} }, ${CLUSTER} ]`;
  const source: Source = { name: 'test', text };
  const config = parseEnvoyConfig(source, { from: 0, to: text.length }).value;
  const { decisions, end } = decide(config, arriving(CLIENT, 15006), GET);
  const gaps = decisions.flatMap(({ kind, gap }) =>
    gap ? [`${kind} ${gap.why.code} «${gap.span ? textAt(source, gap.span).trim() : ''}»`] : [],
  );
  return [...gaps, end.kind === 'connect' ? `connect ${end.cluster}` : `${end.kind} ${end.why.code}`];
}

/** One route configuration in the place of the TCP proxy. */
function http(virtualHosts: string): string {
  return `${FILTERS}, "filterChains": [ { "filters": [ { "name": "envoy.http_connection_manager",
    "config": { "route_config": { "name": "r", "virtual_hosts": [ ${virtualHosts} ] } } } ] } ]`;
}

const ROUTE = '{ "match": { "prefix": "/" }, "route": { "cluster": "app" } }';

test.each<[string, string, readonly string[]]>([
  ['nothing', `${FILTERS}, "filterChains": [ { ${PROXY} } ]`, ['connect app']],
  [
    'a chain that might fit better',
    `${FILTERS}, "filterChains": [ ..., { ${PROXY} } ]`,
    ['filter-chain envoy.gap.filter-chains «...»', 'connect app'],
  ],
  [
    'the only chain that could fit',
    `${FILTERS}, "filterChains": [ ..., { "filterChainMatch": { "destinationPort": 9 }, ${PROXY} } ]`,
    ['undecided envoy.undecided.filter-chain-left-out'],
  ],
  [
    'part of the match',
    `${FILTERS}, "filterChains": [ { "filterChainMatch": { "destinationPort": 8080, ...}, ${PROXY} } ]`,
    ['undecided envoy.undecided.filter-chain-left-out'],
  ],
  ['every chain', `${FILTERS}, "filterChains": [...]`, ['undecided envoy.undecided.filter-chain-left-out']],
  [
    'the filter itself',
    `${FILTERS}, "filterChains": [ { "name": "x", "filters": [ {\n# ... 省略\n} ] } ]`,
    ['undecided envoy.undecided.network-filter'],
  ],
  [
    'filters before it',
    `${FILTERS}, "filterChains": [ { "filters": [ ..., { "name": "envoy.tcp_proxy", "config": { "cluster": "app" } } ] } ]`,
    ['network-filter envoy.gap.network-filters «...»', 'connect app'],
  ],
  [
    'further listener filters',
    `"listenerFilters": [ { "name": "envoy.filters.listener.original_dst" }, ... ], "filterChains": [ { ${PROXY} } ]`,
    ['listener-filter envoy.gap.listener-filters «...»', 'connect app'],
  ],
  [
    'a host that might be named exactly',
    http(`..., { "name": "v", "domains": ["*"], "routes": [ ${ROUTE} ] }`),
    ['virtual-host envoy.gap.virtual-hosts «...»', 'connect app'],
  ],
  [
    'other hosts than the one named exactly',
    http(`..., { "name": "v", "domains": ["svc"], "routes": [ ${ROUTE} ] }`),
    ['connect app'],
  ],
  [
    'a route before the one that fits',
    http(`{ "name": "v", "domains": ["*"], "routes": [ ..., ${ROUTE} ] }`),
    ['route envoy.gap.routes «...»', 'connect app'],
  ],
  [
    'routes behind it',
    http(`{ "name": "v", "domains": ["*"], "routes": [ ${ROUTE}, ... ] }`),
    ['connect app'],
  ],
  [
    "part of a route's match",
    http(
      '{ "name": "v", "domains": ["*"], "routes": [ { "match": { "prefix": "/", ...}, "route": { "cluster": "app" } } ] }',
    ),
    ['undecided envoy.undecided.route'],
  ],
])('left out: %s', (_, listener, want) => expect(told(listener)).toEqual(want));

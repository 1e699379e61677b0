// The table of `istioctl proxy-config listener`: one row for each filter chain.
// istio.io/istio istioctl/pkg/writer/envoy/configdump/listener.go
import { plainValue } from '../../../base/json.ts';
import type { EnvoyAddress } from '../../../documents/envoy/address.ts';
import type { ProxyConfig } from '../../../documents/envoy/config.ts';
import type { FilterChain, FilterChainMatch, Listener } from '../../../documents/envoy/listener.ts';
import type { NetworkFilter, TcpProxy } from '../../../documents/envoy/network-filter.ts';
import type { RouteConfiguration, VirtualHost } from '../../../documents/envoy/route-configuration.ts';
import { PROTOCOL_SETS } from '../../../documents/envoy/tables/protocol-sets.ts';
import { goSorted } from './go-sort.ts';
import { describeMatch } from './routes.ts';
import { alignColumns } from './table.ts';
import { allows, NO_FLAGS, type Flags } from './filters.ts';

const HEADER = ['ADDRESSES', 'PORT', 'MATCH', 'DESTINATION'];
const BRIEF_HEADER = ['ADDRESSES', 'PORT', 'TYPE'];

/** istioctl knows filters by these names only, not by their type. */
const HTTP_NAME = 'envoy.filters.network.http_connection_manager';
const TCP_NAME = 'envoy.filters.network.tcp_proxy';

function hostOf(address: EnvoyAddress | undefined): string {
  switch (address?.kind) {
    case 'ip':
      return address.address.text;
    case 'host':
      return address.host;
    case 'pipe':
      return address.path;
    case 'internal':
    case undefined:
      return '';
  }
}

function portOf(listener: Listener): number {
  const [address] = listener.addresses;
  return address && 'port' in address ? address.port : 0;
}

function chainsOf(listener: Listener): readonly FilterChain[] {
  const { filterChains, defaultFilterChain } = listener;
  return defaultFilterChain ? [...filterChains, defaultFilterChain] : filterChains;
}

/** The chain that drops what must not go out is not shown as a TCP proxy. */
function isBlackHole(filter: TcpProxy): boolean {
  return (
    filter.config !== undefined && JSON.stringify(plainValue(filter.config)).includes('BlackHoleCluster')
  );
}

function typeOf(listener: Listener): string {
  const filters = chainsOf(listener).flatMap((chain) => chain.filters);
  const http = filters.some(
    (filter) => filter.kind === 'http-connection-manager' && filter.name === HTTP_NAME,
  );
  const tcp = filters.some(
    (filter) => filter.kind === 'tcp-proxy' && filter.name === TCP_NAME && !isBlackHole(filter),
  );
  return http ? (tcp ? 'HTTP+TCP' : 'HTTP') : tcp ? 'TCP' : 'UNKNOWN';
}

function list(items: readonly { readonly value: string }[]): string {
  return items.map((item) => item.value).join(',');
}

function describeChainMatch(match: FilterChainMatch): string {
  const protocols = list(match.applicationProtocols);
  const port = match.destinationPort ? `:${match.destinationPort.value}` : '';
  const ranges = match.prefixRanges.map((range) => range.text).join(',');
  const parts = [
    match.serverNames.length > 0 && `SNI: ${list(match.serverNames)}`,
    match.transportProtocol?.value && `Trans: ${match.transportProtocol.value}`,
    protocols && `App: ${PROTOCOL_SETS[protocols] ?? protocols}`,
    ranges ? `Addr: ${ranges}${port}` : port && `Addr: *${port}`,
  ];
  return parts.filter(Boolean).join('; ') || 'ALL';
}

function describeCluster(name: string): string {
  return name.includes('Cluster') ? name : `Cluster: ${name}`;
}

function destinationOf(filters: readonly NetworkFilter[]): string {
  for (const filter of filters) {
    if (filter.kind === 'http-connection-manager' && filter.name === HTTP_NAME) {
      if (filter.routeConfiguration) return describeRoutes(filter.routeConfiguration);
      return filter.rds?.value ? `Route: ${filter.rds.value}` : 'HTTP';
    }
    if (filter.kind === 'tcp-proxy' && filter.name === TCP_NAME && !isBlackHole(filter))
      return describeCluster(filter.cluster.kind === 'cluster' ? filter.cluster.name.value : '');
  }
  return 'Non-HTTP/Non-TCP';
}

function describeRoutes(routes: RouteConfiguration): string {
  return matchAllCluster(routes) ?? `Inline Route: ${routes.virtualHosts.map(describeHost).join('; ')}`;
}

/** One host, one route for everything, straight to a cluster: then the cluster says it all. */
function matchAllCluster({ virtualHosts }: RouteConfiguration): string | null {
  const [host, ...others] = virtualHosts;
  if (!host || others.length > 0 || !isForAll(host) || host.routes.length !== 1) return null;
  const [route] = host.routes;
  if (!route || route.match.path.kind !== 'prefix' || route.match.path.value !== '/') return null;
  const { action } = route;
  return action.kind === 'forward' && action.cluster.kind === 'cluster'
    ? describeCluster(action.cluster.name.value)
    : null;
}

function isForAll({ domains }: VirtualHost): boolean {
  return domains.length === 1 && domains[0]?.value === '*';
}

function describeHost(host: VirtualHost): string {
  const routes = host.routes.map((route) => describeMatch(route.match)).join(', ');
  return isForAll(host) ? routes : `${host.domains.map((domain) => domain.value).join('/')} ${routes}`;
}

function sortKeys(listener: Listener): readonly [number, string, string] {
  return [portOf(listener), hostOf(listener.addresses[0]), typeOf(listener)];
}

function isBefore(a: Listener, b: Listener): boolean {
  const [left, right] = [sortKeys(a), sortKeys(b)];
  if (left[0] !== right[0]) return left[0] < right[0];
  return left[1] === right[1] ? left[2] < right[2] : left[1] < right[1];
}

function rowsOf(listener: Listener): readonly (readonly string[])[] {
  const addresses = listener.addresses.map(hostOf).join(',');
  const rows = chainsOf(listener).map((chain) => ({
    match: describeChainMatch(chain.match),
    destination: destinationOf(chain.filters),
  }));
  return goSorted(rows, (a, b) => a.destination > b.destination).map(({ match, destination }) => [
    addresses,
    String(portOf(listener)),
    match,
    destination,
  ]);
}

function isShown(listener: Listener, flags: Flags): boolean {
  return (
    allows(flags, 'address', hostOf(listener.addresses[0])) &&
    allows(flags, 'port', portOf(listener)) &&
    allows(flags, 'type', typeOf(listener))
  );
}

function briefRow(listener: Listener): readonly string[] {
  return [listener.addresses.map(hostOf).join(','), String(portOf(listener)), typeOf(listener)];
}

/** `--verbose=false` prints one row a listener, with its type. */
export function listenerTable(config: ProxyConfig, flags: Flags = NO_FLAGS): string {
  const shown = config.listeners.filter((listener) => isShown(listener, flags));
  const listeners = goSorted(shown, isBefore);
  return allows(flags, 'verbose', 'true')
    ? alignColumns([HEADER, ...listeners.flatMap(rowsOf)], 1)
    : alignColumns([BRIEF_HEADER, ...listeners.map(briefRow)], 1);
}

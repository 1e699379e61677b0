// The same questions answered the plain way, one candidate after the other: what an index is measured against.
import { contains, type IpAddress } from '../src/base/ip.ts';
import type { CidrRange } from '../src/documents/envoy/address.ts';
import type { FilterChain, FilterChainMatch, Listener } from '../src/documents/envoy/listener.ts';
import type { RouteConfiguration, VirtualHost } from '../src/documents/envoy/route-configuration.ts';
import type { Connection } from '../src/engine/envoy/connection.ts';

function holds(match: FilterChainMatch, { local, serverName }: Connection): boolean {
  const { address } = local;
  return (
    (match.destinationPort === null || match.destinationPort.value === local.port) &&
    (match.prefixRanges.length === 0 ||
      (address !== null &&
        match.prefixRanges.some(({ prefix }) => prefix !== null && contains(prefix, address)))) &&
    (match.serverNames.length === 0 || match.serverNames.some(({ value }) => value === serverName))
  );
}

/** Right for chains that share no destination, as those of `wideListener` in generate/envoy-lookup.mjs. */
export function plainFilterChain(listener: Listener, connection: Connection): FilterChain | undefined {
  return listener.filterChains.find(({ match }) => holds(match, connection));
}

/** How closely a chain asks for what the connection has: 0 when it does not ask, null when it asks for something else. */
type Closeness = (match: FilterChainMatch, connection: Connection) => number | null;

function oneOf<T>(wanted: readonly { readonly value: T }[], value: T): number | null {
  return wanted.length === 0 ? 0 : wanted.some((each) => each.value === value) ? 1 : null;
}

function longest(ranges: readonly CidrRange[], address: IpAddress | null): number | null {
  if (ranges.length === 0) return 0;
  let most: number | null = null;
  for (const { prefix } of ranges)
    if (prefix && address && contains(prefix, address)) most = Math.max(most ?? 0, prefix.length + 1);
  return most;
}

function longestName(names: FilterChainMatch['serverNames'], name: string): number | null {
  if (names.length === 0) return 0;
  let most: number | null = null;
  for (const { value } of names)
    if (value === name || (value.startsWith('*.') && name.endsWith(value.slice(1))))
      most = Math.max(most ?? 0, value === name ? Number.POSITIVE_INFINITY : value.length);
  return most;
}

/** In Envoy's order; application protocols and direct sources are in no listener of generate/envoy-lookup.mjs. */
const CLOSENESS: readonly Closeness[] = [
  ({ destinationPort }, { local }) => oneOf(destinationPort ? [destinationPort] : [], local.port ?? 0),
  ({ prefixRanges }, { local }) => longest(prefixRanges, local.address),
  ({ serverNames }, { serverName }) => longestName(serverNames, serverName ?? ''),
  ({ transportProtocol }, { transport }) => oneOf(transportProtocol ? [transportProtocol] : [], transport),
  ({ sourceType }, { remote }) =>
    oneOf(sourceType ? [sourceType] : [], remote.address?.text === '127.0.0.1' ? 'local' : 'external'),
  ({ sourcePrefixRanges }, { remote }) => longest(sourcePrefixRanges, remote.address),
  ({ sourcePorts }, { remote }) => oneOf(sourcePorts, remote.port),
];

function closest(chains: readonly FilterChain[], how: Closeness, connection: Connection): FilterChain[] {
  let most = 0;
  let left: FilterChain[] = [];
  for (const chain of chains) {
    const closeness = how(chain.match, connection);
    if (closeness === null || closeness < most) continue;
    if (closeness > most) left = [];
    most = closeness;
    left.push(chain);
  }
  return left;
}

/** At each level only the closest stay. */
export function plainClosestChain(listener: Listener, connection: Connection): FilterChain | undefined {
  let left = listener.filterChains;
  for (const how of CLOSENESS) left = closest(left, how, connection);
  return left[0];
}

/** Exact names before suffix wildcards; there are no others in generate/envoy-lookup.mjs. */
export function plainVirtualHost(routes: RouteConfiguration, authority: string): VirtualHost | undefined {
  const serves = (fits: (domain: string) => boolean) =>
    routes.virtualHosts.find(({ domains }) => domains.some(({ value }) => fits(value.toLowerCase())));
  return (
    serves((domain) => domain === authority) ??
    serves((domain) => domain.startsWith('*') && authority.endsWith(domain.slice(1)))
  );
}

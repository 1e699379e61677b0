// The same questions answered the plain way, one candidate after the other: what an index is measured against.
import { contains } from '../src/base/ip.ts';
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

/** Right for chains that share no destination, as those of generate/envoy-lookup.mjs. */
export function plainFilterChain(listener: Listener, connection: Connection): FilterChain | undefined {
  return listener.filterChains.find(({ match }) => holds(match, connection));
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

// Which virtual host serves a host name. Rules: Envoy source/common/router/config_impl.cc, RouteMatcher::findVirtualHost.
import type { RouteConfiguration, VirtualHost } from '../../documents/envoy/route-configuration.ts';
import type { Spanned } from '../../documents/envoy/proto.ts';
import { reason, type Reason } from './outcome.ts';

export interface FoundHost {
  readonly host: VirtualHost;
  readonly domain: Spanned<string>;
  readonly why: Reason;
}

type DomainKind = 'exact' | 'suffix' | 'prefix' | 'any';

const ORDER: readonly DomainKind[] = ['exact', 'suffix', 'prefix', 'any'];

function domainKind(domain: string): DomainKind {
  if (domain === '*') return 'any';
  if (domain.startsWith('*')) return 'suffix';
  return domain.endsWith('*') ? 'prefix' : 'exact';
}

/** A wildcard stands for at least one character. */
function holds(domain: string, kind: DomainKind, host: string): boolean {
  switch (kind) {
    case 'exact':
      return domain === host;
    case 'suffix':
      return host.length >= domain.length && host.endsWith(domain.slice(1));
    case 'prefix':
      return host.length >= domain.length && host.startsWith(domain.slice(0, -1));
    case 'any':
      return true;
  }
}

/** Cuts `:port`; a bare IPv6 address in brackets keeps its colons. */
export function withoutPort(host: string): string {
  const colon = host.lastIndexOf(':');
  return colon < 0 || host.indexOf(']', colon) >= 0 ? host : host.slice(0, colon);
}

/** Exact names, then suffix wildcards longest first, then prefix wildcards longest first, then `*`. */
export function findVirtualHost(routes: RouteConfiguration, authority: string | null): FoundHost | null {
  const only = routes.virtualHosts.length === 1 ? routes.virtualHosts[0] : undefined;
  const everything = only?.domains.find((domain) => domain.value === '*');
  if (only && everything && only.domains.length === 1)
    return { host: only, domain: everything, why: reason('virtual-host.only') };
  if (authority === null || authority === '') return null;
  const lower = authority.toLowerCase();
  return longest(routes.virtualHosts, routes.ignorePortInHostMatching ? withoutPort(lower) : lower);
}

function longest(hosts: readonly VirtualHost[], name: string): FoundHost | null {
  let best: { host: VirtualHost; domain: Spanned<string>; rank: number } | null = null;
  for (const host of hosts)
    for (const domain of host.domains) {
      const text = domain.value.toLowerCase();
      const kind = domainKind(text);
      if (!holds(text, kind, name)) continue;
      const rank = (ORDER.length - ORDER.indexOf(kind)) * 10_000 + text.length;
      if (!best || rank > best.rank) best = { host, domain, rank };
    }
  if (!best) return null;
  const kind = domainKind(best.domain.value);
  return {
    host: best.host,
    domain: best.domain,
    why: reason(`virtual-host.${kind}`, { domain: best.domain.value, host: name }),
  };
}

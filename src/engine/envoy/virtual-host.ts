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

function domainKind(domain: string): DomainKind {
  if (domain === '*') return 'any';
  if (domain.startsWith('*')) return 'suffix';
  return domain.endsWith('*') ? 'prefix' : 'exact';
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

/** Domains by name, wildcards by what they add to a name, in the order of their lengths. */
interface DomainIndex {
  readonly exact: ReadonlyMap<string, Claim>;
  readonly suffix: Wildcards;
  readonly prefix: Wildcards;
  readonly any: Claim | null;
}

interface Claim {
  readonly host: VirtualHost;
  readonly domain: Spanned<string>;
}

interface Wildcards {
  readonly byText: ReadonlyMap<string, Claim>;
  /** Of the texts, longest first. */
  readonly lengths: readonly number[];
}

const indexes = new WeakMap<readonly VirtualHost[], DomainIndex>();

function indexOf(hosts: readonly VirtualHost[]): DomainIndex {
  const known = indexes.get(hosts);
  if (known) return known;
  const claims: Record<DomainKind, Map<string, Claim>> = {
    exact: new Map(),
    suffix: new Map(),
    prefix: new Map(),
    any: new Map(),
  };
  for (const host of hosts)
    for (const domain of host.domains) {
      const text = domain.value.toLowerCase();
      const kind = domainKind(text);
      const key = kind === 'exact' ? text : text.replace('*', '');
      if (!claims[kind].has(key)) claims[kind].set(key, { host, domain });
    }
  const index: DomainIndex = {
    exact: claims.exact,
    suffix: wildcards(claims.suffix),
    prefix: wildcards(claims.prefix),
    any: claims.any.get('') ?? null,
  };
  indexes.set(hosts, index);
  return index;
}

function wildcards(byText: ReadonlyMap<string, Claim>): Wildcards {
  const lengths = new Set(Array.from(byText.keys(), (text) => text.length));
  return { byText, lengths: [...lengths].toSorted((a, b) => b - a) };
}

/** A wildcard stands for at least one character. */
function longestWildcard({ byText, lengths }: Wildcards, name: string, cut: (length: number) => string) {
  for (const length of lengths) {
    const claim = length < name.length ? byText.get(cut(length)) : undefined;
    if (claim) return claim;
  }
  return null;
}

function claimOf({ exact, suffix, prefix, any }: DomainIndex, name: string): Claim | null {
  return (
    exact.get(name) ??
    longestWildcard(suffix, name, (length) => name.slice(name.length - length)) ??
    longestWildcard(prefix, name, (length) => name.slice(0, length)) ??
    any
  );
}

function longest(hosts: readonly VirtualHost[], name: string): FoundHost | null {
  const claim = claimOf(indexOf(hosts), name);
  if (!claim) return null;
  const kind = domainKind(claim.domain.value);
  return { ...claim, why: reason(`virtual-host.${kind}`, { domain: claim.domain.value, host: name }) };
}

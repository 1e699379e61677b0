// How a host routes, as iproute2 prints it: the rules that choose a table, the routes in the tables, and the addresses
// of the interfaces. Fields are named as in ip-rule(8), ip-route(8) and ip-address(8).
import type { Family, IpAddress, Prefix } from '../../base/ip.ts';
import type { Span } from '../../base/source.ts';
import type { Masked, Range } from '../iptables/match.ts';

/**
 * A routing table's name: `local`, `main`, `default`, else its number or the name that rt_tables gives it.
 * 255, 254 and 253 are written as the first three.
 */
export type TableName = string;

export type PolicyAction =
  | { readonly kind: 'lookup'; readonly table: TableName }
  | { readonly kind: 'goto'; readonly priority: number }
  | { readonly kind: 'nop' | 'blackhole' | 'unreachable' | 'prohibit' }
  | { readonly kind: 'unknown'; readonly name: string };

/** One line of `ip rule`. A selector that is null selects every packet. */
export interface PolicyRule {
  readonly family: Family;
  /** Rules are asked by ascending priority. */
  readonly priority: number;
  /** `not`: all selectors together are negated. */
  readonly negated: boolean;
  readonly from: Prefix | null;
  readonly to: Prefix | null;
  readonly fwmark: Masked | null;
  readonly iif: string | null;
  readonly oif: string | null;
  readonly uids: Range | null;
  readonly tos: number | null;
  readonly protocol: number | null;
  readonly sports: Range | null;
  readonly dports: Range | null;
  /** Routes whose prefix is that short or shorter do not count. */
  readonly suppressPrefixLength: number | null;
  readonly action: PolicyAction;
  /** Selectors that are not followed: whether the rule selects a packet stays open. */
  readonly unfollowed: readonly string[];
  readonly span: Span;
}

/** What `ip rule` printed, or `ip rule add` commands asked for. */
export interface RoutingPolicy {
  readonly rules: readonly PolicyRule[];
  /** Whether the listing is all rules that there are; commands add to those the kernel begins with. */
  readonly complete: boolean;
}

export type RouteType =
  | 'unicast'
  | 'local'
  | 'broadcast'
  | 'anycast'
  | 'multicast'
  | 'blackhole'
  | 'unreachable'
  | 'prohibit'
  | 'throw';

/** A way on: by a gateway, or straight onto the device's link. */
export interface NextHop {
  readonly gateway: IpAddress | null;
  readonly device: string | null;
}

/** One line of `ip route`. */
export interface Route {
  readonly family: Family;
  /** Null: neither the line nor the command tells. */
  readonly table: TableName | null;
  readonly type: RouteType;
  /** `default` is the prefix of length 0. */
  readonly destination: Prefix;
  /** More than one: which is taken depends on a hash. None for routes that end the packet. */
  readonly hops: readonly NextHop[];
  /** The source that a socket without one of its own gets: `src`. */
  readonly source: IpAddress | null;
  /** 0 when none is printed. The lowest counts among routes to the same destination. */
  readonly metric: number;
  /**
   * `dead`: the route is there and is not used. One that is `linkdown` alone is, by the kernel's default
   * (ignore_routes_with_linkdown 0).
   */
  readonly down: boolean;
  readonly span: Span;
}

/** What one `ip route` command printed, or `ip route add` commands asked for. */
export interface Routes {
  readonly routes: readonly Route[];
  /** Whether these are all routes of their tables; commands add to what is there. */
  readonly complete: boolean;
}

export interface InterfaceAddress {
  readonly address: IpAddress;
  /** The addresses on the link. */
  readonly prefix: Prefix;
  /** Not the first of its prefix. */
  readonly secondary: boolean;
  readonly span: Span;
}

/** One interface of `ip addr`, addresses in the order in which they are printed. */
export interface NetworkInterface {
  readonly name: string;
  readonly up: boolean;
  readonly addresses: readonly InterfaceAddress[];
  /** The line that names it. */
  readonly span: Span;
}

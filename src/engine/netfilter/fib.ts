// Routing as pasted: the rules of `ip rule` in order, each naming a table, and in it the route with the longest prefix.
// Kernel: net/core/fib_rules.c, net/ipv4/fib_rules.c, fib_trie.c, net/ipv6/fib6_rules.c. Left out: TOS, realms, l3mdev.
import { contains, type Family, type IpAddress } from '../../base/ip.ts';
import { and, not, truth, type Truth } from '../../base/truth.ts';
import type { PolicyRule, Route, Routes, RoutingPolicy, TableName } from '../../documents/route/network.ts';
import { familyOf, type Tuple } from '../packet/packet.ts';
import { inRange, PROTOCOL_NUMBERS } from './numbers.ts';

/** What was pasted of a host's routing. Empty lists: nothing was. */
export interface Network {
  readonly policies: readonly RoutingPolicy[];
  readonly routes: readonly Routes[];
}

/** What routing looks at. */
export interface Flow {
  readonly tuple: Tuple;
  readonly mark: number;
  /** The interface it came in by; `lo` for what is sent here. */
  readonly iif: string;
  /** Of the sending socket; null when nothing tells. The kernel counts what comes in as root's. */
  readonly uid: number | null;
  readonly source: SourceState;
}

/** Whether the source was there when the packet was routed: a socket that did not bind one may route first. */
export type SourceState = 'chosen' | 'open' | 'unknown';

/** The line of `ip rule` and the line of `ip route` that decided; null where the kernel's own, not pasted, did. */
export interface FibChoice {
  readonly rule: PolicyRule | null;
  readonly route: Route | null;
}

/**
 * `assumed`: the main table decides and was not pasted. `undecided`: that line may or may not hold, or names a table that
 * was not pasted, and it matters.
 */
export type FibResult = FibChoice &
  ({ readonly kind: 'found'; readonly route: Route } | { readonly kind: 'assumed' | 'none' | 'undecided' });

/** The routes of a table that were pasted, and what is behind them. */
interface Contents {
  readonly routes: readonly Route[];
  readonly rest: 'none' | 'assumed' | 'unknown';
}

type Lookup = (table: TableName) => Contents;

/** The table that answers, by the rules in order; the local table is asked by the caller, before. */
export function fibLookup(network: Network, flow: Flow): FibResult {
  const family = familyOf(flow.tuple);
  const lookup: Lookup = (table) => routesIn(network, family, table);
  return walkRules(rulesOf(network, family), flow, lookup);
}

/** Whether the pasted local table, if there is one, takes the address for the host's own. */
export function isLocalByTable({ routes }: Network, dst: IpAddress): boolean {
  const inTable = routes.flatMap((each) => each.routes.filter(({ table }) => table === 'local'));
  return bestRoute(inTable, { dst })?.type === 'local';
}

/** The host's address on a device, where a pasted route names it as `src`. */
export function sourceOnDevice({ routes }: Network, device: string, family: Family): IpAddress | undefined {
  const found = routes
    .flatMap((each) => each.routes)
    .find((route) => route.family === family && route.source !== null && route.hops[0]?.device === device);
  return found?.source ?? undefined;
}

/** The device of the default route; null when none was pasted. */
export function pastedDefaultDevice({ routes }: Network, family: Family): string | null {
  const defaults = routes.flatMap((each) =>
    each.routes.filter(
      (route) =>
        route.family === family && (route.table ?? 'main') === 'main' && route.destination.length === 0,
    ),
  );
  const [best] = defaults.filter(({ down }) => !down).toSorted((a, b) => a.metric - b.metric);
  return best?.hops[0]?.device ?? null;
}

const KERNELS_OWN = [
  [0, 'local'],
  [32766, 'main'],
  [32767, 'default'],
] as const;

interface ListedRule {
  readonly priority: number;
  /** Null for a rule that the kernel begins with. */
  readonly rule: PolicyRule | null;
  readonly action: PolicyRule['action'];
}

/** Rules that commands add stand beside those the kernel begins with. */
function rulesOf({ policies }: Network, family: Family): readonly ListedRule[] {
  const pasted = policies.flatMap((policy) =>
    policy.rules.flatMap((rule): ListedRule[] =>
      rule.family === family ? [{ priority: rule.priority, rule, action: rule.action }] : [],
    ),
  );
  const listed = policies.some(
    ({ complete, rules }) => complete && rules.some((rule) => rule.family === family),
  );
  if (listed) return pasted.toSorted((a, b) => a.priority - b.priority);
  const own = KERNELS_OWN.map(([priority, table]): ListedRule => ({
    priority,
    rule: null,
    action: { kind: 'lookup', table },
  }));
  return [...pasted, ...own].toSorted((a, b) => a.priority - b.priority);
}

function routesIn({ routes: pastes }: Network, family: Family, table: TableName): Contents {
  const inTable = (route: Route) => route.family === family && (route.table ?? 'main') === table;
  const routes = pastes.flatMap((paste) => paste.routes.filter(inTable));
  if (pastes.some((paste) => paste.complete && paste.routes.some(inTable))) return { routes, rest: 'none' };
  if (table === 'main') return { routes, rest: 'assumed' };
  const empty = table === 'local' || table === 'default' || routes.length > 0;
  return { routes, rest: empty ? 'none' : 'unknown' };
}

function walkRules(rules: readonly ListedRule[], flow: Flow, lookup: Lookup): FibResult {
  for (const [i, listed] of rules.entries()) {
    const selects = listed.rule ? selectionTruth(listed.rule, flow) : 'yes';
    if (selects === 'no') continue;
    const behind = () => walkRules(rules.slice(i + 1), flow, lookup);
    const taken = takeRule(listed, rules, flow, lookup);
    if (selects === 'yes') {
      if (taken !== 'next') return taken;
      continue;
    }
    return agreed(taken === 'next' ? behind() : taken, behind(), listed.rule);
  }
  return { kind: 'none', rule: null, route: null };
}

/** A rule that may or may not select is no doubt where both ways come to the same. */
function agreed(a: FibResult, b: FibResult, rule: PolicyRule | null): FibResult {
  const same = a.kind === b.kind && a.kind !== 'undecided' && sameWay(a.route, b.route);
  return same ? a : { kind: 'undecided', rule, route: null };
}

function sameWay(a: Route | null, b: Route | null): boolean {
  return a?.type === b?.type && a?.hops[0]?.device === b?.hops[0]?.device;
}

function takeRule(
  listed: ListedRule,
  rules: readonly ListedRule[],
  flow: Flow,
  lookup: Lookup,
): FibResult | 'next' {
  const { rule, action } = listed;
  switch (action.kind) {
    case 'nop':
      return 'next';
    case 'goto':
      return walkRules(
        rules.filter(({ priority }) => priority >= action.priority),
        flow,
        lookup,
      );
    case 'lookup':
      return lookUp(lookup(action.table), rule, flow);
    case 'blackhole':
    case 'unreachable':
    case 'prohibit':
    case 'unknown':
      return { kind: action.kind === 'unknown' ? 'undecided' : 'none', rule, route: null };
  }
}

function lookUp({ routes, rest }: Contents, rule: PolicyRule | null, flow: Flow): FibResult | 'next' {
  const route = bestRoute(routes, flow.tuple);
  if (!route && rest !== 'none')
    return { kind: rest === 'assumed' ? 'assumed' : 'undecided', rule, route: null };
  if (!route || route.type === 'throw') return 'next';
  const suppressed = rule?.suppressPrefixLength ?? null;
  if (suppressed !== null && (route.destination.length ?? 0) <= suppressed) return 'next';
  return { kind: 'found', rule, route };
}

/** The longest prefix, and of equal ones the lowest metric. */
function bestRoute(routes: readonly Route[], { dst }: Pick<Tuple, 'dst'>): Route | undefined {
  const fitting = routes.filter((route) => !route.down && contains(route.destination, dst));
  return fitting.toSorted(
    (a, b) => (b.destination.length ?? 0) - (a.destination.length ?? 0) || a.metric - b.metric,
  )[0];
}

/** fib_rule_match and fib4_rule_match. A rule with `oif` is for sockets that are bound to an interface. */
function selectionTruth(rule: PolicyRule, flow: Flow): Truth {
  const { tuple, mark, iif, uid } = flow;
  const checks: Truth[] = [
    rule.from ? sourceTruth(rule.from, flow) : 'yes',
    truth(!rule.to || contains(rule.to, tuple.dst)),
    truth(!rule.fwmark || ((mark ^ rule.fwmark.value) & rule.fwmark.mask) === 0),
    truth(rule.iif === null || rule.iif === iif),
    truth(rule.oif === null),
    rule.uids ? (uid === null ? 'unknown' : inRange(rule.uids, uid)) : 'yes',
    truth(rule.protocol === null || rule.protocol === PROTOCOL_NUMBERS[tuple.protocol]),
    rule.sports ? inRange(rule.sports, tuple.sport) : 'yes',
    rule.dports ? inRange(rule.dports, tuple.dport) : 'yes',
    rule.unfollowed.length === 0 && rule.tos === null ? 'yes' : 'unknown',
  ];
  const selects = checks.reduce(and);
  return rule.negated ? not(selects) : selects;
}

function sourceTruth(from: NonNullable<PolicyRule['from']>, { tuple, source }: Flow): Truth {
  const fits = contains(from, tuple.src) && source !== 'open';
  return fits && source === 'unknown' ? 'unknown' : truth(fits);
}

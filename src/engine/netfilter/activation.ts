// Whether the kernel tracks connections at all: only while a loaded rule asks about them or translates them.
// Without, nat chains are not consulted. Kernel: nf_ct_netns_get and its callers (xt_nat.c, nft_nat.c, nft_ct.c, …).
import type { Family } from '../../base/ip.ts';
import { lazy, perObject, type Lazy } from '../../base/lazy.ts';
import { chainsByName, type ChainsByName } from '../../documents/iptables/contents.ts';
import type { MatchTest } from '../../documents/iptables/match.ts';
import { kindsOf, sees, type Ruleset, type Table } from '../../documents/iptables/ruleset.ts';
import type { TargetAction } from '../../documents/iptables/target.ts';
import { isAboutConnection } from './ctmatch.ts';

const TRACKING_ACTIONS: ReadonlySet<TargetAction['kind']> = new Set([
  'redirect',
  'masquerade',
  'netmap',
  'zone',
  'connmark-set',
  'connmark-save',
  'connmark-restore',
  'unknown', // it may be one of them
]);

/** Matches whose truth is not followed and that ask about the connection all the same. */
const TRACKING_MODULES: ReadonlySet<string> = new Set([
  'connbytes',
  'connlabel',
  'connlimit',
  'helper',
  '--ctexpire',
]);

/** Whether any rule that packets of this family meet makes the kernel track connections. */
export function tracksConnections(ruleset: Ruleset, family: Family): boolean {
  return ruleset.tables.some((table) => sees(table.family, family) && asksOf(table)[family].value);
}

const asksOf = perObject((table: Table): Readonly<Record<Family, Lazy<boolean>>> => ({
  4: lazy(() => asks(table, 4)),
  6: lazy(() => asks(table, 6)),
}));

function asks(table: Table, family: Family): boolean {
  const chains = chainsByName(table);
  return table.chains.some(
    ({ rules, cutBy }) =>
      cutBy !== undefined || // it may hold such a rule
      rules.some(
        (rule) =>
          kindsOf(rule).matches.some(({ test }) => asksInMatch(test)) ||
          (kindsOf(rule).targets.some(({ action }) => mayAsk(action)) &&
            rule.targets.some(({ action }) => asksInTarget(action, family, chains))),
      ),
  );
}

/** A chain that was not pasted may hold such a rule. */
function leadsAway(action: TargetAction, chains: ChainsByName): boolean {
  return (action.kind === 'jump' || action.kind === 'goto') && !chains.has(action.chain);
}

function asksInMatch(test: MatchTest): boolean {
  if (test.kind === 'any-of') return test.alternatives.flat().some(asksInMatch);
  if (test.kind !== 'unknown') return isAboutConnection(test);
  return test.reason === 'unsupported' || TRACKING_MODULES.has(test.name);
}

const VALUES_TELL: ReadonlySet<TargetAction['kind']> = new Set(['map', 'jump', 'goto', 'dnat', 'snat']);

/** As far as its kind tells. */
function mayAsk({ kind }: TargetAction): boolean {
  return TRACKING_ACTIONS.has(kind) || VALUES_TELL.has(kind);
}

/** `dnat ip to` in an inet table asks for IPv4 alone. */
function asksInTarget(action: TargetAction, family: Family, chains: ChainsByName): boolean {
  if (action.kind === 'map')
    return action.entries.some(
      (entry) => entry.tests.some(asksInMatch) || asksInTarget(entry.action, family, chains),
    );
  if (leadsAway(action, chains)) return true;
  if (action.kind !== 'dnat' && action.kind !== 'snat') return TRACKING_ACTIONS.has(action.kind);
  return action.to.addresses === null || action.to.addresses.from.family === family;
}

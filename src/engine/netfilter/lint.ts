// A ruleset -> rules that can never match, and rules that stand twice, each with the rule that makes it so.
// Only what holds for every packet is told. Rules of one chain are compared; what other chains leave over is not asked.
import { perObject } from '../../base/lazy.ts';
import {
  kindsOf,
  type Chain,
  type Deed,
  type Rule,
  type Ruleset,
  type Table,
} from '../../documents/iptables/ruleset.ts';
import { perChain } from '../../documents/iptables/per-chain.ts';
import type { TargetAction } from '../../documents/iptables/target.ts';
import { impliesAll, isChangeable, isEmpty } from './implication.ts';
import { shelvesOf } from './shelf.ts';
import { Twins } from './twins.ts';

/**
 * `unreachable`: a rule before it ends the chain for every packet. `shadowed`: for every packet that it would match.
 * `duplicate`: the same conditions and target stand before it, word for word or not.
 */
export interface RuleFact {
  readonly kind: 'unreachable' | 'shadowed' | 'duplicate';
  readonly table: Table;
  readonly chain: Chain;
  readonly rule: Rule;
  /** The rule before it, of the same chain. */
  readonly because: Rule;
}

/** In a chain of a size that no person wrote, not all rules are compared with each other: so often, and so often a rule. */
const COMPARISONS = 200_000;
const COMPARISONS_OF_ONE = 100;

/** All facts, in the order of the rules. At most one a rule. */
export function lint(ruleset: Ruleset): readonly RuleFact[] {
  return ruleset.tables.flatMap(factsOfTable);
}

const factsOfTable = perObject((table: Table): readonly RuleFact[] => {
  const { chains } = table;
  return factsOfChains(table).flatMap((facts, i) =>
    facts.flatMap((fact): RuleFact[] => {
      const chain = chains[i];
      const [rule, because] = [chain?.rules[fact.rule - 1], chain?.rules[fact.because - 1]];
      return chain && rule && because ? [{ kind: fact.kind, table, chain, rule, because }] : [];
    }),
  );
});

/** What is said of rules by their numbers. */
interface Fact {
  readonly kind: RuleFact['kind'];
  readonly rule: number;
  readonly because: number;
}

const NO_FACTS: readonly Fact[] = [];

const factsOfChains = perChain((chain, { family }): readonly Fact[] => {
  const { length } = chain.rules;
  const left = Math.min(COMPARISONS, COMPARISONS_OF_ONE * length);
  return length < 2 ? NO_FACTS : factsOf(chain, family, { left });
});

interface Budget {
  left: number;
}

function factsOf(chain: Chain, family: Table['family'], budget: Budget): readonly Fact[] {
  const twins = new Twins();
  const ends = new Map<string, Rule[]>();
  const facts: Fact[] = [];
  let end: Rule | null = null;
  let lastChange = 0;
  for (const rule of chain.rules) {
    const twin = twins.before(rule);
    const shadow = end ?? twin ?? (ends.size > 0 ? shadowOf(rule, ends, lastChange, budget) : undefined);
    const fact = (kind: RuleFact['kind'], because: Rule) =>
      facts.push({ kind, rule: rule.number, because: because.number });
    if (end) fact('unreachable', end);
    else if (twin) fact('duplicate', twin);
    else if (shadow) fact('shadowed', shadow);
    const kinds = kindsOf(rule);
    if (kinds.targets.some(({ action }) => changesPackets(action))) lastChange = rule.number;
    if (end || rule.number === chain.rules.length || !endsChain(kinds, family)) continue;
    if (kinds.matches.every(isEmpty)) end = rule;
    else file(ends, rule);
  }
  return facts.length > 0 ? facts : NO_FACTS;
}

/** An earlier rule that takes every packet that this one would match. */
function shadowOf(
  rule: Rule,
  ends: ReadonlyMap<string, readonly Rule[]>,
  lastChange: number,
  budget: Budget,
): Rule | undefined {
  for (const shelf of ['', ...shelvesOf(rule.matches)])
    for (const earlier of ends.get(shelf) ?? []) {
      if (budget.left <= 0) return undefined;
      budget.left -= 1;
      const stays = earlier.number > lastChange || !earlier.matches.some(isChangeable);
      if (stays && impliesAll(rule.matches, earlier.matches)) return earlier;
    }
  return undefined;
}

function file(ends: Map<string, Rule[]>, rule: Rule): void {
  const [shelf = ''] = shelvesOf(rule.matches);
  const filed = ends.get(shelf) ?? [];
  ends.set(shelf, filed);
  filed.push(rule);
}

const ENDING: ReadonlySet<TargetAction['kind']> = new Set(['accept', 'drop', 'return', 'reject', 'goto']);
const TRANSLATING: ReadonlySet<TargetAction['kind']> = new Set([
  'redirect',
  'masquerade',
  'dnat',
  'snat',
  'netmap',
]);

/** Whether a packet that matches goes no further in this chain. In inet tables NAT lets the other family go on. */
function endsChain({ targets }: Deed, family: Table['family']): boolean {
  return targets.some(
    ({ action }) =>
      ENDING.has(action.kind) ||
      (TRANSLATING.has(action.kind) && family !== 'inet') ||
      (action.kind === 'tproxy' && action.accepts),
  );
}

const CHANGING: ReadonlySet<TargetAction['kind']> = new Set([
  'mark',
  'connmark-set',
  'connmark-save',
  'connmark-restore',
  'notrack',
  'zone',
  'jump',
  'map',
  'unknown',
]);

/** Whether a later rule may see another mark or state behind it. */
function changesPackets({ kind }: TargetAction): boolean {
  return CHANGING.has(kind);
}

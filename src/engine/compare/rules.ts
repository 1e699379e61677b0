// Two pods' rules -> the rules that only one of them has, that changed or that moved, chain by chain. Notation, counters,
// comments and the names of chains do not count.
import { meaningUnder, ruleMeaning } from '../../documents/iptables/meaning.ts';
import type { Chain, Rule } from '../../documents/iptables/ruleset.ts';
import { evidenceAt, type Paste } from '../trace/evidence.ts';
import type { Pod } from '../trace/pod.ts';
import type { Evidence } from '../trace/trace.ts';
import { align, type Pair } from './align.ts';
import { pairChains, type ChainPair } from './chains.ts';

export interface RuleDifference {
  /**
   * `first`, `second`: a rule that stands there alone. `changed`: does the same for other packets. `moved`: the same rule
   * at another place among those around it. `policy`: what becomes of packets that no rule decided.
   */
  readonly kind: 'first' | 'second' | 'changed' | 'moved' | 'policy';
  readonly table: string;
  readonly chain: string;
  /** Null on the side that lacks it. */
  readonly a: Evidence | null;
  readonly b: Evidence | null;
}

export function rulesDiffer(a: Pod, b: Pod): RuleDifference[] {
  const family = a.addresses[0]?.family ?? 4;
  const { pairs, nameInFirst } = pairChains(a.rules.ruleset, b.rules.ruleset, family);
  return pairs.flatMap((pair) => {
    const { table, chain } = pair.a ?? pair.b ?? { table: '', chain: null };
    const other = (rule: Rule) => meaningUnder(rule, (name) => nameInFirst(pair.b?.table ?? '', name));
    const rows = rowsOf(pair, ruleMeaning, other).map(({ kind, a: left, b: right }) => ({
      kind,
      a: proof(a.rules.paste, left),
      b: proof(b.rules.paste, right),
    }));
    return [...policyDiffers(a, b, pair), ...rows].map((row) => ({
      ...row,
      table,
      chain: chain?.name ?? '',
    }));
  });
}

interface Meant {
  readonly rule: Rule;
  readonly meaning: string;
}

type Row = Pair<Rule> & { readonly kind: RuleDifference['kind'] };

function rowsOf({ a, b }: ChainPair, own: (rule: Rule) => string, other: (rule: Rule) => string): Row[] {
  const x = (a?.chain.rules ?? []).map((rule): Meant => ({ rule, meaning: own(rule) }));
  const y = (b?.chain.rules ?? []).map((rule): Meant => ({ rule, meaning: other(rule) }));
  const alone = align(x, y, ({ meaning }) => meaning).filter((pair) => !pair.a || !pair.b);
  const left = alone.flatMap((pair) => pair.a ?? []);
  const free = new Set(alone.flatMap((pair) => pair.b ?? []));
  const take = (isMate: (each: Meant) => boolean): Rule | null => {
    const mate = [...free].find(isMate);
    if (mate) free.delete(mate);
    return mate?.rule ?? null;
  };
  const moved = new Map(left.map((each) => [each, take(({ meaning }) => meaning === each.meaning)]));
  const rows = left.map((each): Row => {
    const same = moved.get(each);
    if (same) return { kind: 'moved', a: each.rule, b: same };
    const changed = take(({ meaning }) => actionOf(meaning) === actionOf(each.meaning));
    return { kind: changed ? 'changed' : 'first', a: each.rule, b: changed };
  });
  return [...rows, ...[...free].map(({ rule }): Row => ({ kind: 'second', a: null, b: rule }))];
}

/** What is done, whatever is asked. */
function actionOf(meaning: string): string {
  const [, done]: unknown[] = JSON.parse(meaning);
  return JSON.stringify(done);
}

function proof(paste: Paste, rule: Rule | null): Evidence | null {
  return rule && evidenceAt(paste, rule.span);
}

function policyDiffers(
  a: Pod,
  b: Pod,
  { a: x, b: y }: ChainPair,
): Pick<RuleDifference, 'kind' | 'a' | 'b'>[] {
  const [left, right] = [x?.chain, y?.chain];
  if (!left?.base || !right?.base || left.base.policy === right.base.policy) return [];
  return [{ kind: 'policy', a: declared(a, left), b: declared(b, right) }];
}

function declared({ rules }: Pod, { span }: Chain): Evidence | null {
  return span && evidenceAt(rules.paste, span);
}

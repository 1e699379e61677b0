// Two pods' rules -> the rules that only one of them has, chain by chain. Notation, counters and comments do not count.
import { ruleMeaning } from '../../documents/iptables/meaning.ts';
import type { Chain, Rule, Ruleset } from '../../documents/iptables/ruleset.ts';
import { evidenceAt, type Paste } from '../trace/evidence.ts';
import type { Pod } from '../trace/pod.ts';
import type { Evidence } from '../trace/trace.ts';
import { align } from './align.ts';

/** A rule that stands on one side only, or a policy that differs. */
export interface RuleDifference {
  readonly table: string;
  readonly chain: string;
  /** Null on the side that lacks it. */
  readonly a: Evidence | null;
  readonly b: Evidence | null;
}

export function rulesDiffer(a: Pod, b: Pod): RuleDifference[] {
  return chainNames(a.rules.ruleset, b.rules.ruleset).flatMap(([table, chain]) => {
    const [x, y] = [chainOf(a.rules.ruleset, table, chain), chainOf(b.rules.ruleset, table, chain)];
    const pairs = align(x?.rules ?? [], y?.rules ?? [], ruleMeaning).filter((pair) => !pair.a || !pair.b);
    const rules = pairs.map((pair) => ({
      table,
      chain,
      a: proof(a.rules.paste, pair.a),
      b: proof(b.rules.paste, pair.b),
    }));
    return [...policyDiffers(a, b, x, y, table), ...rules];
  });
}

function proof(paste: Paste, rule: Rule | null): Evidence | null {
  return rule && evidenceAt(paste, rule.span);
}

function chainNames(...rulesets: readonly Ruleset[]): [string, string][] {
  const names = rulesets.flatMap(({ tables }) =>
    tables.flatMap(({ name, chains }) => chains.map((chain) => [name, chain.name] as [string, string])),
  );
  return [...new Map(names.map((each) => [each.join(' '), each])).values()];
}

function chainOf({ tables }: Ruleset, table: string, name: string): Chain | undefined {
  return tables.find((each) => each.name === table)?.chains.find((chain) => chain.name === name);
}

function policyDiffers(
  a: Pod,
  b: Pod,
  x: Chain | undefined,
  y: Chain | undefined,
  table: string,
): RuleDifference[] {
  if (!x?.base || !y?.base || x.base.policy === y.base.policy) return [];
  return [{ table, chain: x.name, a: declared(a, x), b: declared(b, y) }];
}

function declared({ rules }: Pod, { span }: Chain): Evidence | null {
  return span && evidenceAt(rules.paste, span);
}

// A few lines of what istio-init makes, as articles print them -> the whole set that they are of, and which of its rules
// were printed. Only bare `-A` lines, each of that set in its order: those that say nothing of the outgoing side, or whole
// chains of which some are missing.
import type { Span } from '../../base/source.ts';
import type { InitArguments } from '../../documents/istio/init-arguments.ts';
import { KNOWN_MINORS } from '../../documents/istio/init-arguments.ts';
import { chainsByName } from '../../documents/iptables/contents.ts';
import { ruleMeaning } from '../../documents/iptables/meaning.ts';
import type { Chain, Rule, Ruleset } from '../../documents/iptables/ruleset.ts';
import { possibleActions } from '../../documents/iptables/target.ts';
import { DEFAULT_INIT } from './default-rules.ts';

/** A dump lists every chain with a policy or a counter; lines taken out of one declare none. */
export function isExcerpt({ tables }: Ruleset): boolean {
  const has = (name: string) => tables.some((table) => chainsByName(table).has(name));
  const declares = tables.some(({ chains }) => chains.some(({ span }) => span !== null));
  return !declares && has('ISTIO_INBOUND') && !has('ISTIO_OUTPUT');
}

/** The arguments to try: those that are known, else Istio's own in every version, the latest first. */
export function excerptCandidates({ tables }: Ruleset, asked: InitArguments | null): InitArguments[] {
  if (asked) return [asked];
  const rules = tables.flatMap(({ chains }) => chains.flatMap((chain) => chain.rules));
  const actions = rules.flatMap(({ targets }) => targets.flatMap(({ action }) => possibleActions(action)));
  const mode = actions.some(({ kind }) => kind === 'tproxy') ? 'TPROXY' : 'REDIRECT';
  const minors = Array.from(
    { length: KNOWN_MINORS.last - KNOWN_MINORS.first + 1 },
    (_, i) => KNOWN_MINORS.last - i,
  );
  return minors.map((minor) => ({ ...DEFAULT_INIT, minor, mode }));
}

/**
 * Where each rule of the whole set was printed; null when a printed rule is none of them, or stands out of order. With
 * `wholeChains` also when a printed chain lacks a rule: that a rule is missing may be what is wrong.
 */
export function printedRules(
  excerpt: Ruleset,
  whole: Ruleset,
  wholeChains: boolean,
): ReadonlyMap<Rule, Span> | null {
  const printed = new Map<Rule, Span>();
  for (const { name, chains } of excerpt.tables)
    for (const chain of chains) {
      const made = whole.tables.find((table) => table.name === name)?.chains;
      const rules = made?.find((each) => each.name === chain.name)?.rules ?? [];
      const found = inOrder(chain, rules);
      if (!found || (wholeChains && found.length < rules.length)) return null;
      for (const [rule, span] of found) printed.set(rule, span);
    }
  return printed;
}

function inOrder({ rules }: Chain, made: readonly Rule[]): [Rule, Span][] | null {
  let next = 0;
  const found: [Rule, Span][] = [];
  for (const rule of rules) {
    const at = made.findIndex((each, i) => i >= next && ruleMeaning(each) === ruleMeaning(rule));
    const same = made[at];
    if (!same) return null;
    found.push([same, rule.span]);
    next = at + 1;
  }
  return found;
}

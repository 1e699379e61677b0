// A rule -> what it asks and does as one text, the same for rules that mean the same: notation, counters and comments
// do not count.
import type { Match } from './match.ts';
import type { Rule } from './ruleset.ts';

/** Equal for two rules that no packet can tell apart. */
export function ruleMeaning(rule: Rule): string {
  return meaningUnder(rule, (name) => name);
}

/** The same, with other names for the chains that it leads to: chains of two rulesets may be one under two names. */
export function meaningUnder({ matches, targets }: Rule, chainName: (name: string) => string): string {
  const asked = matches
    .filter((match) => !isSilent(match, matches))
    .map(({ test, negated }) => JSON.stringify([test, negated]));
  const done = targets.map(({ action }) =>
    action.kind === 'jump' || action.kind === 'goto' ? { ...action, chain: chainName(action.chain) } : action,
  );
  return JSON.stringify([[...new Set(asked)].toSorted(), done]);
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}

/** Comments, and what the rest implies: the protocol of a port, the family of an address, the socket of an owner. */
function isSilent({ test }: Match, all: readonly Match[]): boolean {
  const { kind } = test;
  const others = all.map((match) => match.test);
  if (kind === 'protocol')
    return others.some((other) => other.kind === 'ports' && isSame(other.protocols, test.protocols));
  if (kind === 'family')
    return others.some((other) => other.kind === 'source' || other.kind === 'destination');
  // a packet without a socket has another owner for xt_owner, and none for nft
  if (kind === 'socket-file')
    return all.some(({ test: other, negated }) => !negated && (other.kind === 'uid' || other.kind === 'gid'));
  return kind === 'comment';
}

// What a rule asks and does, as one text: equal for rules that mean the same, however they were printed. Counters,
// comments, the order of matches and where it stands do not count.
import type { MatchTest } from './match.ts';
import type { Rule } from './ruleset.ts';

/** Notes of the writer, and what a notation says twice. */
function isSilent({ kind }: MatchTest): boolean {
  return kind === 'comment';
}

/** `chainName` gives the chains that it leads to the names they are compared by. */
export function ruleMeaning(
  { matches, targets }: Rule,
  chainName: (name: string) => string = (name) => name,
): string {
  const asked = matches
    .filter(({ test }) => !isSilent(test))
    .map(({ test, negated }) => JSON.stringify([test, negated]))
    .toSorted();
  const done = targets.map(({ action }) =>
    action.kind === 'jump' || action.kind === 'goto' ? { ...action, chain: chainName(action.chain) } : action,
  );
  return JSON.stringify([asked, done]);
}

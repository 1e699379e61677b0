// A rule -> what it asks and does as one text, the same for rules that mean the same: notation, counters and comments
// do not count.
import type { Rule } from './ruleset.ts';

/** Equal for two rules that no packet can tell apart. */
export function ruleMeaning({ matches, targets }: Rule): string {
  const asked = matches.map(({ test, negated }) => JSON.stringify([test, negated])).toSorted();
  return JSON.stringify([asked, targets.map(({ action }) => action)]);
}

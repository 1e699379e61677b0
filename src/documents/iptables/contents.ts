// What a ruleset holds anywhere in it: its rules, what they do, its chains by name. Gone over once.
import { perObject } from '../../base/lazy.ts';
import type { Chain, Rule, Ruleset, Table } from './ruleset.ts';
import { possibleActions, type TargetAction } from './target.ts';

/** All rules, in their order. */
export const rulesOf = perObject(({ tables }: Ruleset): readonly Rule[] =>
  tables.flatMap(({ chains }) => chains.flatMap(({ rules }) => rules)),
);

/** All that rules can do, in their order; jumps and returns are left out. */
export const actionsOf = perObject((ruleset: Ruleset): readonly TargetAction[] => {
  const actions: TargetAction[] = [];
  for (const { targets } of rulesOf(ruleset))
    for (const { action } of targets)
      if (action.kind !== 'jump' && action.kind !== 'goto' && action.kind !== 'return')
        for (const each of possibleActions(action)) actions.push(each);
  return actions;
});

/** The values that rules ask of a packet's mark, its connection's mark and its owner (the first of a range). */
interface Asked {
  readonly mark: Set<number>;
  readonly connmark: Set<number>;
  readonly owner: Set<number>;
}

export const askedOf = perObject((ruleset: Ruleset): Readonly<Record<keyof Asked, ReadonlySet<number>>> => {
  const asked: Asked = { mark: new Set(), connmark: new Set(), owner: new Set() };
  for (const { matches } of rulesOf(ruleset))
    for (const { test } of matches)
      if (test.kind === 'mark' || test.kind === 'connmark')
        for (const { value } of test.values) asked[test.kind].add(value);
      else if (test.kind === 'uid' || test.kind === 'gid')
        for (const { from } of test.ranges) asked.owner.add(from);
  return asked;
});

export const chainsByName = perObject(
  ({ chains }: Table): ReadonlyMap<string, Chain> => new Map(chains.map((chain) => [chain.name, chain])),
);

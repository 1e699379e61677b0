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

export const chainsByName = perObject(
  ({ chains }: Table): ReadonlyMap<string, Chain> => new Map(chains.map((chain) => [chain.name, chain])),
);

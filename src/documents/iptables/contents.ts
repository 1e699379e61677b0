// What a ruleset holds anywhere in it: its rules, what they do, its chains by name. Gone over once.
import { append } from '../../base/append.ts';
import { perObject } from '../../base/lazy.ts';
import type { MatchTest } from './match.ts';
import type { Chain, Deed, Rule, Ruleset, Table } from './ruleset.ts';
import { possibleActions, type TargetAction } from './target.ts';

/** All rules, in their order. */
export const rulesOf = perObject(({ tables }: Ruleset): readonly Rule[] =>
  tables.flatMap(({ chains }) => chains.flatMap(({ rules }) => rules)),
);

/** Rules by place: those whose kinds many share stand together, so that one of each is asked. */
interface Kinds {
  readonly shared: ReadonlyMap<Deed, readonly number[]>;
  readonly others: readonly number[];
}

const byKinds = perObject((ruleset: Ruleset): Kinds => {
  const shared = new Map<Deed, number[]>();
  const others: number[] = [];
  const rules = rulesOf(ruleset);
  for (let place = 0; place < rules.length; place += 1)
    (placesOf(rules[place]?.like, shared) ?? others).push(place);
  return { shared, others };
});

function placesOf(like: Deed | undefined, shared: Map<Deed, number[]>): number[] | undefined {
  const known = like && shared.get(like);
  if (!like || known) return known;
  const places: number[] = [];
  shared.set(like, places);
  return places;
}

/** The rules, in their order, whose matches and targets are of such kinds. */
export function rulesWhere(ruleset: Ruleset, isWanted: (kinds: Deed) => boolean): readonly Rule[] {
  const rules = rulesOf(ruleset);
  const { shared, others } = byKinds(ruleset);
  const places = others.filter((place) => rules[place] && isWanted(rules[place]));
  for (const [like, alike] of shared) if (isWanted(like)) append(places, alike);
  return places.toSorted((a, b) => a - b).flatMap((place) => rules[place] ?? []);
}

/** What rules can do, of one kind, in their order. */
export function* actionsOf<K extends TargetAction['kind']>(
  ruleset: Ruleset,
  kind: K,
): Generator<TargetAction & { readonly kind: K }> {
  const isWanted = (action: TargetAction): action is TargetAction & { readonly kind: K } =>
    action.kind === kind;
  const canDoIt = ({ targets }: Deed) => targets.some(({ action }) => possibleActions(action).some(isWanted));
  for (const { targets } of rulesWhere(ruleset, canDoIt))
    for (const { action } of targets)
      for (const each of possibleActions(action)) if (isWanted(each)) yield each;
}

/** Whether any rule can do that. */
export function canDo(ruleset: Ruleset, kind: TargetAction['kind']): boolean {
  return actionsOf(ruleset, kind).next().done !== true;
}

/** The values that rules ask of a packet's mark, its connection's mark and its owner (the first of a range). */
interface Asked {
  readonly mark: Set<number>;
  readonly connmark: Set<number>;
  readonly owner: Set<number>;
}

const ASKED: ReadonlySet<MatchTest['kind']> = new Set(['mark', 'connmark', 'uid', 'gid']);

function asksOne({ matches }: Deed): boolean {
  return matches.some(({ test }) => ASKED.has(test.kind));
}

export const askedOf = perObject((ruleset: Ruleset): Readonly<Record<keyof Asked, ReadonlySet<number>>> => {
  const asked: Asked = { mark: new Set(), connmark: new Set(), owner: new Set() };
  for (const { matches } of rulesWhere(ruleset, asksOne))
    for (const { test } of matches)
      if (test.kind === 'mark' || test.kind === 'connmark')
        for (const { value } of test.values) asked[test.kind].add(value);
      else if (test.kind === 'uid' || test.kind === 'gid')
        for (const { from } of test.ranges) asked.owner.add(from);
  return asked;
});

/** The chains of a table by name. */
export type ChainsByName = Pick<ReadonlyMap<string, Chain>, 'get' | 'has'>;

const places = new WeakMap<object, ReadonlyMap<string, number>>();

/** Edits of rules leave chains where they are: the names are gone over once for all tables of one origin. */
export const chainsByName = perObject((table: Table): ChainsByName => {
  const { chains, origin = table } = table;
  const known = places.get(origin) ?? new Map(chains.map(({ name }, place) => [name, place]));
  places.set(origin, known);
  return { has: (name) => known.has(name), get: (name) => chains[known.get(name) ?? -1] };
});

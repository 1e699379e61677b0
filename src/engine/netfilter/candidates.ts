// Which of many condition lists can hold for a packet at all: rules of a chain, entries of a map, elements of a set.
// Each list is filed under its most selective value, and a condition that many share is asked once: what is left out is
// proved a miss. The kernel asks one rule after another (nft_do_chain) with the same answer: candidates.test.ts.
import type { Truth } from '../../base/truth.ts';
import type { MatchTest } from '../../documents/iptables/match.ts';
import type { Rule } from '../../documents/iptables/ruleset.ts';
import type { MapEntry } from '../../documents/iptables/target.ts';
import type { View } from './flight.ts';
import { keysOf, type Condition, type Field, type Key, type Value } from './keys.ts';

/** What can be indexed: rules, elements of a set of concatenations, entries of a map. */
type Candidate = Rule | MapEntry | readonly MatchTest[];

type Ask = (condition: Condition, view: View) => Truth;

/** Lists that are filed under one value. */
interface Stack {
  readonly places: number[];
  /** The places by what their lists ask, made when a packet first gets to a high stack. */
  groups: readonly Group[] | null;
}

/** Lists that ask the same as far as conditions go whose truth is that of the packet alone. */
interface Group {
  readonly conditions: readonly Condition[];
  readonly places: number[];
}

interface Shelf {
  /** Every list that is filed here, for a packet whose value is unknown. */
  readonly all: Stack;
  readonly byValue: Map<Value, Stack>;
}

interface Index {
  /** The lists that no field can rule out. */
  readonly always: Stack;
  readonly shelves: ReadonlyMap<Field, Shelf>;
}

/** So many lists are as quickly asked one by one. */
const SMALL = 8;

const SMALL_LISTS = Array.from({ length: SMALL + 1 }, (_, length) => Array.from({ length }, (_each, i) => i));

const indexes = new WeakMap<readonly Candidate[], Index>();

/**
 * The places of those candidates that can hold, in order. The view may change in between: those that follow are for the
 * packet as it is then. The index is built at the first question.
 */
export function candidatesOf(candidates: readonly Candidate[], view: View, ask: Ask): Iterable<number> {
  return SMALL_LISTS[candidates.length] ?? searched(candidates, view, ask);
}

function* searched(candidates: readonly Candidate[], view: View, ask: Ask): Iterable<number> {
  const index = indexes.get(candidates) ?? buildIndex(candidates);
  indexes.set(candidates, index);
  let next: number | null = 0;
  while (next !== null) next = yield* searchedFrom(next, index, candidates, view, ask);
}

/** As long as the view stays what it is; the place to go on from when it changed, or null at the end. */
function* searchedFrom(
  from: number,
  index: Index,
  candidates: readonly Candidate[],
  view: View,
  ask: Ask,
): Generator<number, number | null> {
  const { packet, tracking } = view;
  const lists = stacksFor(index, view).map((stack) => placesIn(stack, candidates, view, ask));
  for (const place of merged(lists)) {
    if (place < from) continue;
    yield place;
    if (view.packet !== packet || view.tracking !== tracking) return place + 1;
  }
  return null;
}

function stacksFor({ always, shelves }: Index, view: View): Stack[] {
  const found = [always];
  for (const [field, { all, byValue }] of shelves) {
    const value = field.read(view.packet);
    const stack = value === 'unknown' ? all : byValue.get(value);
    if (stack) found.push(stack);
  }
  return found.filter(({ places }) => places.length > 0);
}

function merged(lists: readonly (readonly number[])[]): readonly number[] {
  if (lists.length <= 1) return lists[0] ?? [];
  return [...new Set(lists.flat())].toSorted((a, b) => a - b);
}

/** Those of a stack whose shared conditions may hold; each is asked once. */
function placesIn(stack: Stack, candidates: readonly Candidate[], view: View, ask: Ask): readonly number[] {
  if (stack.places.length <= SMALL) return stack.places;
  stack.groups ??= groupsOf(stack.places, candidates);
  const may = stack.groups.filter(({ conditions }) => conditions.every((each) => ask(each, view) !== 'no'));
  return merged(may.map(({ places }) => places));
}

function groupsOf(places: readonly number[], candidates: readonly Candidate[]): Group[] {
  const groups = new Map<string, Group>();
  for (const place of places) {
    const conditions = conditionsOf(candidates[place] ?? []).filter(({ test }) => isFixed(test));
    const name = JSON.stringify(conditions.map(({ test, negated }) => [negated, test]));
    const group = groups.get(name) ?? { conditions, places: [] };
    groups.set(name, group);
    group.places.push(place);
  }
  return [...groups.values()];
}

/** Whether its truth stays while the packet and its tracking are the same objects: a connection's mark does not. */
function isFixed({ kind }: MatchTest): boolean {
  return kind !== 'connmark' && kind !== 'any-of' && kind !== 'comment' && kind !== 'unknown';
}

function conditionsOf(candidate: Candidate): readonly Condition[] {
  if ('matches' in candidate) return candidate.matches;
  const tests = 'tests' in candidate ? candidate.tests : candidate;
  return tests.map((test) => ({ test, negated: false }));
}

function buildIndex(candidates: readonly Candidate[]): Index {
  const choices = candidates.map((candidate) => conditionsOf(candidate).flatMap(keysOf));
  const crowds = countKeys(choices);
  const shelves = new Map<Field, Shelf>();
  const always = emptyStack();
  for (const [i, keys] of choices.entries()) {
    const chosen = leastCrowded(keys, crowds);
    if (chosen) file(shelves, chosen, i);
    else always.places.push(i);
  }
  return { always, shelves };
}

function emptyStack(): Stack {
  return { places: [], groups: null };
}

type Crowds = ReadonlyMap<Field, ReadonlyMap<Value, number>>;

function countKeys(choices: readonly (readonly (readonly Key[])[])[]): Crowds {
  const crowds = new Map<Field, Map<Value, number>>();
  for (const keys of choices)
    for (const ones of keys)
      for (const { field, value } of ones) {
        const counts = crowds.get(field) ?? new Map<Value, number>();
        if (counts.size === 0) crowds.set(field, counts);
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
  return crowds;
}

function leastCrowded(choices: readonly (readonly Key[])[], crowds: Crowds): readonly Key[] | undefined {
  let [best] = choices;
  let least = Infinity;
  for (const keys of choices) {
    let crowd = 0;
    for (const { field, value } of keys) crowd = Math.max(crowd, crowds.get(field)?.get(value) ?? 0);
    if (crowd < least) [best, least] = [keys, crowd];
  }
  return best;
}

function file(shelves: Map<Field, Shelf>, keys: readonly Key[], i: number): void {
  for (const { field, value } of keys) {
    const shelf = shelves.get(field) ?? { all: emptyStack(), byValue: new Map<Value, Stack>() };
    if (shelf.byValue.size === 0) shelves.set(field, shelf);
    const stack = shelf.byValue.get(value) ?? emptyStack();
    if (stack.places.length === 0) shelf.byValue.set(value, stack);
    if (stack.places.at(-1) !== i) stack.places.push(i);
    if (shelf.all.places.at(-1) !== i) shelf.all.places.push(i);
  }
}

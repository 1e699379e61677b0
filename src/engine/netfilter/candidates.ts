// Which of many condition lists can hold for a packet at all: rules of a chain, entries of a map, elements of a set.
// Each list is filed under its most selective value, and a condition that many share is asked once: what is left out is
// proved a miss. The kernel asks one rule after another (nft_do_chain) with the same answer: candidates.test.ts.
import type { Truth } from '../../base/truth.ts';
import type { MatchTest } from '../../documents/iptables/match.ts';
import type { Rule } from '../../documents/iptables/ruleset.ts';
import type { MapEntry } from '../../documents/iptables/target.ts';
import type { View } from './flight.ts';
import { keysOf, type Condition, type Field, type Key, type Value } from './keys.ts';
import { testText } from './test-text.ts';

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

interface Pile extends Stack {
  /** Every list that is filed under a value of this field, for a packet whose value is unknown. */
  readonly all: Stack;
  /** How many lists could be filed here. */
  crowd: number;
}

interface Shelf {
  readonly all: Stack;
  readonly byValue: Map<Value, Pile>;
}

interface Index {
  /** The lists that no field can rule out. */
  readonly always: Stack;
  readonly shelves: ReadonlyMap<Field, Shelf>;
}

/** So many lists are as quickly asked one by one. */
const SMALL = 8;

const SMALL_LISTS = Array.from({ length: SMALL + 1 }, (_, length) => Array.from({ length }, (_each, i) => i));

const indexes = new WeakMap<object, Index>();

/**
 * The places of those candidates that can hold, in order. The view may change in between: those that follow are for the
 * packet as it is then. The index is built at the first question, and kept for lists of the same identity.
 */
export function candidatesOf(
  candidates: readonly Candidate[],
  view: View,
  ask: Ask,
  identity: object = candidates,
): Iterable<number> {
  return SMALL_LISTS[candidates.length] ?? searched(candidates, view, ask, identity);
}

function* searched(
  candidates: readonly Candidate[],
  view: View,
  ask: Ask,
  identity: object,
): Iterable<number> {
  const index = indexes.get(identity) ?? buildIndex(candidates);
  indexes.set(identity, index);
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
    const name = conditions.map(({ test, negated }) => (negated ? '! ' : '') + testText(test)).join(' ');
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

/** Each list is filed under that of its conditions whose values the fewest others ask for. */
function buildIndex(candidates: readonly Candidate[]): Index {
  const shelves = new Map<Field, Shelf>();
  const always = emptyStack();
  const choices = candidates.map((candidate) => pilesFor(candidate, shelves));
  for (const [i, piles] of choices.entries()) file(leastCrowded(piles), always, i);
  for (const [field, { byValue }] of shelves) {
    for (const [value, { places }] of byValue) if (places.length === 0) byValue.delete(value);
    if (byValue.size === 0) shelves.delete(field);
  }
  return { always, shelves };
}

function emptyStack(): Stack {
  return { places: [], groups: null };
}

/** Where the list could be filed: for each condition that a field can rule out, the piles of its values. */
function pilesFor(candidate: Candidate, shelves: Map<Field, Shelf>): readonly (readonly Pile[])[] {
  const choices: Pile[][] = [];
  for (const condition of conditionsOf(candidate)) {
    const piles = keysOf(condition)?.map((key) => pileAt(shelves, key));
    if (!piles) continue;
    for (const pile of piles) pile.crowd += 1;
    choices.push(piles);
  }
  return choices;
}

function pileAt(shelves: Map<Field, Shelf>, { field, value }: Key): Pile {
  let shelf = shelves.get(field);
  if (!shelf) shelves.set(field, (shelf = { all: emptyStack(), byValue: new Map() }));
  let pile = shelf.byValue.get(value);
  if (!pile) shelf.byValue.set(value, (pile = { places: [], groups: null, all: shelf.all, crowd: 0 }));
  return pile;
}

function leastCrowded(choices: readonly (readonly Pile[])[]): readonly Pile[] {
  let best: readonly Pile[] = [];
  let least = Infinity;
  for (const piles of choices) {
    let crowd = 0;
    for (const pile of piles) crowd = Math.max(crowd, pile.crowd);
    if (crowd < least) [best, least] = [piles, crowd];
  }
  return best;
}

function file(piles: readonly Pile[], always: Stack, i: number): void {
  if (piles.length === 0) always.places.push(i);
  for (const { places, all } of piles)
    for (const list of [places, all.places]) if (list.at(-1) !== i) list.push(i);
}

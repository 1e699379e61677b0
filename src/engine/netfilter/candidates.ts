// Which of many condition lists can hold for a packet at all: rules of a chain, entries of a map, elements of a set.
// Each list is filed under its most selective condition; what is left out is proved a miss by that condition alone.
// The kernel asks one rule after another (nft_do_chain); the answer is the same, which candidates.test.ts checks.
import type { IpAddress, Prefix } from '../../base/ip.ts';
import type { Match, MatchTest, Range } from '../../documents/iptables/match.ts';
import type { Rule } from '../../documents/iptables/ruleset.ts';
import type { MapEntry } from '../../documents/iptables/target.ts';
import type { Packet } from '../packet/packet.ts';
import { hasPorts, PROTOCOL_NUMBERS } from './numbers.ts';

type Condition = Pick<Match, 'test' | 'negated'>;
type Value = number | string;

/** `none`: no condition on this field holds. `unknown`: any of them may. */
type Reading = Value | 'none' | 'unknown';

interface Field {
  readonly name: string;
  readonly read: (packet: Packet) => Reading;
}

/** A condition as a field and the values one of which the packet must have there. */
interface Key {
  readonly field: Field;
  readonly value: Value;
}

interface Shelf {
  readonly field: Field;
  /** Every list that is filed here, for a packet whose value is unknown. */
  readonly all: number[];
  readonly byValue: Map<Value, number[]>;
}

interface Index {
  /** The lists that no field can rule out. */
  readonly always: readonly number[];
  readonly shelves: readonly Shelf[];
}

/** So many lists are as quickly asked one by one. */
const SMALL = 8;

const SMALL_LISTS = Array.from({ length: SMALL + 1 }, (_, length) => Array.from({ length }, (_each, i) => i));

/** A condition that allows more values than this is not filed. */
const VALUES_LIMIT = 64;

/** What can be indexed: rules, elements of a set of concatenations, entries of a map. */
type Candidate = Rule | MapEntry | readonly MatchTest[];

const indexes = new WeakMap<readonly Candidate[], Index>();

/** The places of those candidates that can hold for the packet, in order. The index is built at the first question. */
export function candidatesOf(candidates: readonly Candidate[], packet: Packet): readonly number[] {
  const all = SMALL_LISTS[candidates.length];
  if (all) return all;
  const index = indexes.get(candidates) ?? buildIndex(candidates.map(conditionsOf));
  indexes.set(candidates, index);
  return candidatesIn(index, packet);
}

function conditionsOf(candidate: Candidate): readonly Condition[] {
  if ('matches' in candidate) return candidate.matches;
  const tests = 'tests' in candidate ? candidate.tests : candidate;
  return tests.map((test) => ({ test, negated: false }));
}

function buildIndex(lists: readonly (readonly Condition[])[]): Index {
  const keysOfLists = lists.map((conditions) => conditions.flatMap((condition) => keysOf(condition)));
  const counts = new Map<string, number>();
  const nameOf = ({ field, value }: Key) => `${field.name} ${value}`;
  for (const key of keysOfLists.flat(2)) counts.set(nameOf(key), (counts.get(nameOf(key)) ?? 0) + 1);
  const crowd = (keys: readonly Key[]) => Math.max(0, ...keys.map((key) => counts.get(nameOf(key)) ?? 0));
  const always: number[] = [];
  const shelves = new Map<string, Shelf>();
  for (const [i, choices] of keysOfLists.entries()) {
    const keys = choices.toSorted((a, b) => crowd(a) - crowd(b))[0];
    if (keys) file(shelves, keys, i);
    else always.push(i);
  }
  return { always, shelves: [...shelves.values()] };
}

function file(shelves: Map<string, Shelf>, keys: readonly Key[], i: number): void {
  for (const { field, value } of keys) {
    const shelf = shelves.get(field.name) ?? { field, all: [], byValue: new Map<Value, number[]>() };
    shelves.set(field.name, shelf);
    const filed = shelf.byValue.get(value) ?? [];
    shelf.byValue.set(value, filed);
    if (filed.at(-1) !== i) filed.push(i);
    if (shelf.all.at(-1) !== i) shelf.all.push(i);
  }
}

/** The lists that may hold for the packet, in their order. */
function candidatesIn({ always, shelves }: Index, packet: Packet): readonly number[] {
  const found: (readonly number[])[] = always.length > 0 ? [always] : [];
  for (const { field, all, byValue } of shelves) {
    const value = field.read(packet);
    const filed = value === 'unknown' ? all : byValue.get(value);
    if (filed) found.push(filed);
  }
  const [first = []] = found;
  if (found.length <= 1) return first;
  return [...new Set(found.flat())].toSorted((a, b) => a - b);
}

/** Empty when the condition rules nothing out by a field's value. */
function keysOf({ test, negated }: Condition): readonly (readonly Key[])[] {
  const keys = negated ? null : testKeys(test);
  return keys && keys.length <= VALUES_LIMIT ? [keys] : [];
}

function testKeys(test: MatchTest): readonly Key[] | null {
  switch (test.kind) {
    case 'source':
      return test.prefixes.map((prefix) => prefixKey('source', prefix, (packet) => packet.tuple.src));
    case 'destination':
      return test.prefixes.map((prefix) => prefixKey('destination', prefix, (packet) => packet.tuple.dst));
    case 'in-interface':
      return nameKeys('in', test.names, (packet) => packet.iif);
    case 'out-interface':
      return nameKeys('out', test.names, (packet) => packet.oif);
    case 'protocol':
      return test.protocols.length === 0 ? null : test.protocols.map((value) => ({ field: PROTOCOL, value }));
    case 'ports':
      return test.side === 'either' ? null : numberKeys(PORTS[test.side], test.ranges);
    case 'uid':
    case 'gid':
      return numberKeys(OWNERS[test.kind], test.ranges);
    default:
      return null;
  }
}

function prefixKey(side: string, { address, mask }: Prefix, end: (packet: Packet) => IpAddress): Key {
  const read = (packet: Packet): Reading => {
    const found = end(packet);
    return found.family === address.family ? masked(found.words, mask) : 'none';
  };
  return { field: { name: `${side} ${mask.join('.')}`, read }, value: masked(address.words, mask) };
}

/** An IPv4 address stays a number; the four words of IPv6 become text. */
function masked(words: readonly number[], mask: readonly number[]): Value {
  if (words.length === 1) return ((words[0] ?? 0) & (mask[0] ?? 0)) >>> 0;
  return words.map((word, i) => (word & (mask[i] ?? 0)) >>> 0).join(' ');
}

function nameKeys(
  side: string,
  names: readonly string[],
  interfaceOf: (packet: Packet) => string | null,
): readonly Key[] | null {
  if (names.some((name) => /[+*]$/.test(name))) return null;
  const field: Field = { name: side, read: (packet) => interfaceText(interfaceOf(packet)) };
  return names.map((name) => ({ field, value: interfaceText(name) }));
}

/** Marked, so that no interface's name reads as `none`. */
function interfaceText(name: string | null): Value {
  return name === null ? 'none' : `=${name}`;
}

const PROTOCOL: Field = { name: 'protocol', read: ({ tuple }) => PROTOCOL_NUMBERS[tuple.protocol] };

function portField(name: string, side: 'sport' | 'dport'): Field {
  return { name, read: ({ tuple }) => (hasPorts(tuple.protocol) ? (tuple[side] ?? 'unknown') : 'none') };
}

const PORTS = {
  source: portField('source port', 'sport'),
  destination: portField('destination port', 'dport'),
} as const;

function ownerField(name: 'uid' | 'gid'): Field {
  return { name, read: ({ owner }) => (owner === null ? 'none' : (owner[name] ?? 'unknown')) };
}

const OWNERS = { uid: ownerField('uid'), gid: ownerField('gid') } as const;

function numberKeys(field: Field, ranges: readonly Range[]): readonly Key[] | null {
  if (!ranges.every(({ from, to }) => from === to)) return null;
  return ranges.map(({ from }) => ({ field, value: from }));
}

// A rule's condition -> the packet's field that it asks about, and the values there that let it hold: what an index of
// rules is made of. Conditions that no single field answers, and negated ones, have no keys.
import type { Prefix } from '../../base/ip.ts';
import type { Masked, Match, MatchTest, Range } from '../../documents/iptables/match.ts';
import type { Packet } from '../packet/packet.ts';
import { hasPorts, PROTOCOL_NUMBERS } from './numbers.ts';

export type Condition = Pick<Match, 'test' | 'negated'>;
export type Value = number | string;

/** A field of packets. Each is one object, so that it can be a key itself. */
export interface Field {
  /** `none`: no condition on this field holds. `unknown`: any of them may. */
  readonly read: (packet: Packet) => Value;
}

export interface Key {
  readonly field: Field;
  readonly value: Value;
}

/** A condition that allows more values than this has no keys. */
const VALUES_LIMIT = 64;

/** Keys of which the packet must have one for the condition to hold; null when no field rules it out. */
export function keysOf({ test, negated }: Condition): readonly Key[] | null {
  return negated ? null : testKeys(test);
}

function testKeys(test: MatchTest): readonly Key[] | null {
  switch (test.kind) {
    case 'source':
    case 'destination':
      return test.prefixes.length > VALUES_LIMIT ? null : prefixKeys(test.kind, test.prefixes);
    case 'in-interface':
      return nameKeys(IN_INTERFACE, test.names);
    case 'out-interface':
      return nameKeys(OUT_INTERFACE, test.names);
    case 'protocol':
      return test.protocols.length === 0 ? null : test.protocols.map((value) => ({ field: PROTOCOL, value }));
    case 'ports':
      return test.side === 'either' ? null : numberKeys(PORTS[test.side], test.ranges);
    case 'uid':
    case 'gid':
      return numberKeys(OWNERS[test.kind], test.ranges);
    case 'mark':
      return test.values.map(markKey);
    case 'source-range':
    case 'destination-range':
    case 'family':
    case 'tcp-flags':
    case 'icmp-type':
    case 'socket-exists':
    case 'socket-file':
    case 'socket':
    case 'connmark':
    case 'ct-exists':
    case 'ct-state':
    case 'ct-status':
    case 'ct-direction':
    case 'ct-protocol':
    case 'ct-address':
    case 'ct-port':
    case 'address-type':
    case 'fragment':
    case 'comment':
    case 'any-of':
    case 'unknown':
      return null;
  }
}

const fields = new Map<string, Field>();

function fieldNamed(name: string, make: () => Field['read']): Field {
  const known = fields.get(name);
  if (known) return known;
  const field: Field = { read: make() };
  fields.set(name, field);
  return field;
}

type Side = 'source' | 'destination';

function prefixKeys(side: Side, prefixes: readonly Prefix[]): readonly Key[] {
  return prefixes.map(({ address, mask }) => ({
    field: prefixField(side, mask),
    value: masked(address.words, mask),
  }));
}

/** Masks of the same length are mostly the same list: its field is found without spelling it. */
const fieldsOfMasks = {
  source: new WeakMap<readonly number[], Field>(),
  destination: new WeakMap<readonly number[], Field>(),
} as const;

function prefixField(side: Side, mask: readonly number[]): Field {
  const known = fieldsOfMasks[side].get(mask);
  if (known) return known;
  const field = fieldNamed(`${side} ${mask.join(' ')}`, () => ({ tuple }) => {
    const found = side === 'source' ? tuple.src : tuple.dst;
    return found.words.length === mask.length ? masked(found.words, mask) : 'none';
  });
  fieldsOfMasks[side].set(mask, field);
  return field;
}

/** An IPv4 address stays a number; the four words of IPv6 become text. */
function masked(words: readonly number[], mask: readonly number[]): Value {
  if (words.length === 1) return ((words[0] ?? 0) & (mask[0] ?? 0)) >>> 0;
  return words.map((word, i) => (word & (mask[i] ?? 0)) >>> 0).join(' ');
}

const IN_INTERFACE: Field = { read: ({ iif }) => interfaceText(iif) };
const OUT_INTERFACE: Field = { read: ({ oif }) => interfaceText(oif) };

function nameKeys(field: Field, names: readonly string[]): readonly Key[] | null {
  if (names.some((name) => /[+*]$/.test(name))) return null;
  return names.map((name) => ({ field, value: interfaceText(name) }));
}

/** Marked, so that no interface's name reads as `none`. */
function interfaceText(name: string | null): Value {
  return name === null ? 'none' : `=${name}`;
}

const PROTOCOL: Field = { read: ({ tuple }) => PROTOCOL_NUMBERS[tuple.protocol] };

function portField(side: 'sport' | 'dport'): Field {
  return { read: ({ tuple }) => (hasPorts(tuple.protocol) ? (tuple[side] ?? 'unknown') : 'none') };
}

const PORTS = { source: portField('sport'), destination: portField('dport') } as const;

function ownerField(name: 'uid' | 'gid'): Field {
  return { read: ({ owner }) => (owner === null ? 'none' : (owner[name] ?? 'unknown')) };
}

const OWNERS = { uid: ownerField('uid'), gid: ownerField('gid') } as const;

function numberKeys(field: Field, ranges: readonly Range[]): readonly Key[] | null {
  const [first] = ranges;
  if (first && ranges.length === 1 && first.from === first.to) return [{ field, value: first.from }];
  const count = ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  if (count > VALUES_LIMIT) return null;
  const keys: Key[] = [];
  for (const { from, to } of ranges)
    for (let value = from; value <= to; value += 1) keys.push({ field, value });
  return keys;
}

function markKey({ value, mask }: Masked): Key {
  return {
    field: fieldNamed(
      `mark ${mask}`,
      () =>
        ({ mark }) =>
          (mark & mask) >>> 0,
    ),
    value,
  };
}

// `-m set --match-set NAME src,dst`: whether the packet's addresses and ports are in a set that was pasted.
// Kernel: net/netfilter/ipset/ip_set_hash_*.c, xt_set.c. Left out: bitmaps, MAC addresses, marks, sets of sets.
import { contains, parsePrefix, type IpAddress } from '../../base/ip.ts';
import { and, not, or, truth, type Truth } from '../../base/truth.ts';
import type { ListedSet } from '../../documents/ipset/ipset.ts';
import type { ExtensionOption, MatchTest } from '../../documents/iptables/match.ts';
import { protocolNumber } from '../../documents/iptables/names.ts';
import { parseAddressRange, parsePorts } from '../../documents/iptables/values.ts';
import { familyOf, type Packet } from '../packet/packet.ts';
import { inAddressRange, inRange, PROTOCOL_NUMBERS } from './numbers.ts';

/** Unknown where the set was not pasted whole, or the rule asks for its counters. */
export function setTruth(
  { options = [] }: MatchTest & { kind: 'unknown' },
  packet: Packet,
  sets: readonly ListedSet[],
): Truth {
  const [asked, ...more] = options;
  const set = sets.find(({ name }) => name === asked?.values[0]);
  if (!asked || more.length > 0 || !set?.complete) return 'unknown';
  const held = memberTruth(set, sidesOf(asked), packet);
  return asked.negated ? not(held) : held;
}

type Side = 'src' | 'dst';

function sidesOf({ values }: ExtensionOption): readonly Side[] {
  return (values[1] ?? '').split(',').map((side) => (side === 'src' ? 'src' : 'dst'));
}

/** What `nomatch` may except stays open: which of two prefixes counts depends on their lengths. */
function memberTruth(set: ListedSet, sides: readonly Side[], packet: Packet): Truth {
  const parts = set.type.replace(/^\w+:/, '').split(',');
  if (parts.length > sides.length) return 'no';
  if (set.type.startsWith('bitmap')) return 'unknown';
  if (set.family !== familyOf(packet.tuple)) return 'no';
  const anyOf = (excepted: boolean) =>
    set.entries
      .filter((entry) => (entry.nomatch ?? false) === excepted)
      .reduce<Truth>((found, { text }) => or(found, entryTruth(text.split(','), parts, sides, packet)), 'no');
  return anyOf(true) === 'no' ? anyOf(false) : 'unknown';
}

function entryTruth(
  values: readonly string[],
  parts: readonly string[],
  sides: readonly Side[],
  packet: Packet,
): Truth {
  return parts.reduce<Truth>(
    (found, part, i) => and(found, partTruth(part, values[i] ?? '', sides[i] ?? 'dst', packet)),
    'yes',
  );
}

function partTruth(part: string, value: string, side: Side, packet: Packet): Truth {
  const { tuple } = packet;
  switch (part) {
    case 'ip':
    case 'net':
      return addressTruth(value, side === 'src' ? tuple.src : tuple.dst);
    case 'port':
      return portTruth(value, side, packet);
    case 'iface':
      return truth(value.replace(/^physdev:/, '') === (side === 'src' ? packet.iif : packet.oif));
    default:
      return 'unknown';
  }
}

function addressTruth(value: string, address: IpAddress): Truth {
  const prefix = parsePrefix(value);
  if (prefix) return truth(contains(prefix, address));
  const range = parseAddressRange(value);
  return range ? truth(inAddressRange(range, address)) : 'unknown';
}

/** `tcp:80`, `80-90`: without a protocol TCP is meant. */
function portTruth(value: string, side: Side, { tuple }: Packet): Truth {
  const [head = '', tail] = value.split(':');
  const protocol = tail === undefined ? PROTOCOL_NUMBERS.tcp : protocolNumber(head);
  const range = parsePorts(tail ?? head);
  if (protocol === null || !range) return 'unknown';
  if (protocol !== PROTOCOL_NUMBERS[tuple.protocol]) return 'no';
  return inRange(range, side === 'src' ? tuple.sport : tuple.dport);
}

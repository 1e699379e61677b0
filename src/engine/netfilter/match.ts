// Whether a rule's match holds for a packet: yes, no, or unknown when the paste does not tell.
// Kernel: net/netfilter/xt_*.c; a match whose subject is missing (no entry, another protocol) fails even when negated.
import { contains } from '../../base/ip.ts';
import { and, not, or, truth, type Truth } from '../../base/truth.ts';
import { isEntryTest, type Match, type MatchTest, type Range } from '../../documents/iptables/match.ts';
import type { Rule } from '../../documents/iptables/ruleset.ts';
import { familyOf, type Packet } from '../packet/packet.ts';
import { addressTypeTruth } from './addresstype.ts';
import { candidatesOf } from './candidates.ts';
import { connectionTruth, isAboutConnection } from './ctmatch.ts';
import type { View } from './flight.ts';
import { anyMasked, hasPorts, inAddressRange, inRanges, PROTOCOL_NUMBERS } from './numbers.ts';
import { setTruth } from './setmatch.ts';
import { socketTruth } from './socketmatch.ts';

const SEGMENT_FLAGS = { syn: 0x02, 'syn-ack': 0x12, ack: 0x10, rst: 0x14 } as const;

/** Whether all matches hold: `no` as soon as one is no, `unknown` only if none is. */
export function ruleTruth(rule: Rule, view: View): Truth {
  let result: Truth = 'yes';
  for (const match of rule.matches) {
    result = and(result, matchTruth(match, view));
    if (result === 'no') return result;
  }
  return result;
}

/** One match, its negation included. */
export function matchTruth({ test, negated }: Pick<Match, 'test' | 'negated'>, view: View): Truth {
  if (!hasSubject(test, view)) return truth('besideState' in test);
  const held = testTruth(test, view);
  return negated ? not(held) : held;
}

/** Whether all tests hold, as for an element of a set or a map. */
export function testsTruth(tests: readonly MatchTest[], view: View): Truth {
  return tests.reduce<Truth>(
    (found, test) => and(found, hasSubject(test, view) ? testTruth(test, view) : 'no'),
    'yes',
  );
}

/** Whether the packet has what the match asks about. */
function hasSubject(test: MatchTest, { packet, tracking }: View): boolean {
  const { protocol } = packet.tuple;
  if (test.kind === 'tcp-flags') return protocol === 'tcp';
  if (test.kind === 'icmp-type') return protocol === 'icmp' || protocol === 'icmpv6';
  if (test.kind === 'ports')
    return (
      hasPorts(protocol) &&
      (test.protocols.length === 0 || test.protocols.includes(PROTOCOL_NUMBERS[protocol]))
    );
  const needsEntry = test.kind === 'connmark' || isEntryTest(test);
  return !needsEntry || tracking.kind === 'entry' || tracking.kind === 'template';
}

function testTruth(test: MatchTest, view: View): Truth {
  if (isAboutConnection(test)) return connectionTruth(test, view);
  const { packet } = view;
  const { tuple } = packet;
  switch (test.kind) {
    case 'source':
      return truth(test.prefixes.some((prefix) => contains(prefix, tuple.src)));
    case 'destination':
      return truth(test.prefixes.some((prefix) => contains(prefix, tuple.dst)));
    case 'source-range':
      return truth(test.ranges.some((range) => inAddressRange(range, tuple.src)));
    case 'destination-range':
      return truth(test.ranges.some((range) => inAddressRange(range, tuple.dst)));
    case 'in-interface':
      return truth(test.names.some((name) => isInterface(name, packet.iif)));
    case 'out-interface':
      return truth(test.names.some((name) => isInterface(name, packet.oif)));
    case 'family':
      return truth(test.family === familyOf(tuple));
    case 'protocol':
      return truth(test.protocols.length === 0 || test.protocols.includes(PROTOCOL_NUMBERS[tuple.protocol]));
    case 'ports':
      return portsTruth(test, view);
    case 'tcp-flags':
      return truth((SEGMENT_FLAGS[view.segment] & test.mask) === test.set);
    case 'mark':
      return truth(anyMasked(test.values, packet.mark));
    case 'address-type':
      return addressTypeTruth(test, view.packet.tuple, view.host);
    case 'uid':
    case 'gid':
    case 'socket-exists':
    case 'socket-file':
    case 'socket':
      return socketTruth(test, view);
    case 'any-of':
      return anyTruth(test.alternatives, view);
    case 'fragment':
      return 'no';
    case 'comment':
      return 'yes';
    case 'icmp-type':
      return icmpTruth(test, packet.icmp);
    case 'unknown':
      return test.name === 'set' ? setTruth(test, packet, view.host.sets ?? []) : 'unknown';
  }
}

/** icmp_type_code_match: type 255 stands for every message (`--icmp-type any`). */
function icmpTruth({ type, code }: MatchTest & { kind: 'icmp-type' }, message: Packet['icmp']): Truth {
  if (type === 255) return 'yes';
  if (!message) return 'unknown';
  return truth(type === message.type && (code === null || code === message.code));
}

/** Whether one of the alternatives holds with all its tests. */
function anyTruth(alternatives: readonly (readonly MatchTest[])[], view: View): Truth {
  let found: Truth = 'no';
  for (const i of candidatesOf(alternatives, view, matchTruth)) {
    found = or(found, testsTruth(alternatives[i] ?? [], view));
    if (found === 'yes') return found;
  }
  return found;
}

/** `eth0`, or `eth+` for every interface that begins so. A hook without that interface has the empty name. */
function isInterface(pattern: string, name: string | null): boolean {
  if (/[+*]$/.test(pattern)) return (name ?? '').startsWith(pattern.slice(0, -1));
  return pattern === name;
}

function portsTruth(test: MatchTest & { kind: 'ports' }, { packet, segment }: View): Truth {
  const { sport, dport } = packet.tuple;
  const answers = segment === 'syn-ack';
  const source = portTruth(test.ranges, sport, !answers);
  const destination = portTruth(test.ranges, dport, answers);
  if (test.side === 'either') return or(source, destination);
  return test.side === 'source' ? source : destination;
}

/** Where the kernel takes a port from for who opens a connection: net.ipv4.ip_local_port_range, as it is by default. */
const EPHEMERAL = { from: 32768, to: 60999 } as const;

/** The opener's own port, when nothing tells it, is at least none of those that the kernel never gives. */
function portTruth(ranges: readonly Range[], port: number | null, isOpeners: boolean): Truth {
  const isOutside = ranges.every(({ from, to }) => to < EPHEMERAL.from || from > EPHEMERAL.to);
  return port === null && isOpeners && isOutside ? 'no' : inRanges(ranges, port);
}

// Matches that ask about the connection: state, mark, direction, addresses and ports of its entry.
// Kernel: net/netfilter/xt_conntrack.c, xt_connmark.c.
import { contains, type IpAddress } from '../../base/ip.ts';
import { or, truth, type Truth } from '../../base/truth.ts';
import type {
  ConnectionSide,
  ConnectionState,
  ConnectionStatus,
  MatchTest,
} from '../../documents/iptables/match.ts';
import type { Conntrack, ConntrackEntry, Tracking } from './conntrack.ts';
import type { View } from './flight.ts';
import { anyMasked, hasPorts, inRange, PROTOCOL_NUMBERS } from './numbers.ts';

export type ConnectionTest = Extract<MatchTest, { readonly kind: 'connmark' | `ct-${string}` }>;

export function isAboutConnection(test: MatchTest): test is ConnectionTest {
  return test.kind === 'connmark' || test.kind.startsWith('ct-');
}

export function connectionTruth(test: ConnectionTest, { tracking, conntrack }: View): Truth {
  switch (test.kind) {
    case 'ct-exists':
      return truth(tracking.kind === 'entry' || tracking.kind === 'template');
    case 'ct-state':
      return truth(statesOf(tracking).some((state) => test.states.includes(state)));
    case 'connmark':
      return truth(anyMasked(test.values, tracking.kind === 'entry' ? tracking.entry.mark : 0));
    case 'ct-status':
      return tracking.kind === 'entry' ? statusTruth(test.statuses, tracking.entry, conntrack) : 'no';
    case 'ct-protocol':
      return truth(
        tracking.kind === 'entry' && PROTOCOL_NUMBERS[tracking.entry.original.protocol] === test.protocol,
      );
    case 'ct-direction':
    case 'ct-address':
    case 'ct-port':
      return tracking.kind === 'entry' ? entryTruth(test, tracking) : 'unknown';
  }
}

function entryTruth(
  test: Extract<ConnectionTest, { readonly kind: 'ct-direction' | 'ct-address' | 'ct-port' }>,
  tracking: Tracking & { kind: 'entry' },
): Truth {
  if (test.kind === 'ct-direction') return truth(tracking.direction === test.direction);
  const end = endOf(tracking.entry, test.side);
  if (test.kind === 'ct-address') return truth(contains(test.prefix, end.address));
  // of an ICMP query the kernel compares its identifier, type and code
  return hasPorts(tracking.entry.original.protocol) ? inRange(test.range, end.port) : 'unknown';
}

function statusTruth(
  statuses: readonly ConnectionStatus[],
  entry: ConntrackEntry,
  conntrack: Conntrack,
): Truth {
  return statuses.reduce<Truth>((found, status) => or(found, hasStatus(status, entry, conntrack)), 'no');
}

function hasStatus(status: ConnectionStatus, entry: ConntrackEntry, conntrack: Conntrack): Truth {
  switch (status) {
    case 'SNAT':
      return truth(entry.translated.source);
    case 'DNAT':
      return truth(entry.translated.destination);
    case 'SEEN_REPLY':
      return truth(entry.seenReply);
    case 'CONFIRMED':
      return truth(conntrack.entries.some(({ original }) => original === entry.original));
    case 'ASSURED': // set when both sides were seen, for TCP with the handshake's end, for UDP after a while
      return entry.seenReply ? 'unknown' : 'no';
    case 'EXPECTED': // no helper opens connections here
    case 'DYING':
      return 'no';
  }
}

/** The state bits of a packet: its own, and whether NAT changed an end of its connection. */
export function statesOf(tracking: Tracking): readonly ConnectionState[] {
  switch (tracking.kind) {
    case 'none':
      return ['INVALID'];
    case 'untracked':
      return ['UNTRACKED'];
    case 'template':
      return ['NEW'];
    case 'entry': {
      const states: ConnectionState[] = [tracking.state];
      if (tracking.entry.translated.source) states.push('SNAT');
      if (tracking.entry.translated.destination) states.push('DNAT');
      return states;
    }
  }
}

function endOf(entry: ConntrackEntry, side: ConnectionSide): { address: IpAddress; port: number | null } {
  const tuple = side.startsWith('orig') ? entry.original : entry.reply;
  return side.endsWith('src')
    ? { address: tuple.src, port: tuple.sport }
    : { address: tuple.dst, port: tuple.dport };
}

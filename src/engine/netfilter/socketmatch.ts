// Matches that ask about the socket behind a packet: its owner (OUTPUT, POSTROUTING), or the local socket that
// would take it (`-m socket`). Kernel: net/netfilter/xt_owner.c, xt_socket.c.
import { truth, type Truth } from '../../base/truth.ts';
import type { MatchTest } from '../../documents/iptables/match.ts';
import { familyOf, reversed, type Tuple } from '../packet/packet.ts';
import { connectionSocket } from './conntrack.ts';
import type { View } from './flight.ts';
import { hasPorts, inRanges } from './numbers.ts';

type SocketTest = Extract<
  MatchTest,
  { readonly kind: 'uid' | 'gid' | 'socket-exists' | 'socket-file' | 'socket' }
>;

export function socketTruth(test: SocketTest, view: View): Truth {
  const { owner, iif, tuple } = view.packet;
  switch (test.kind) {
    case 'uid':
      return owner === null ? 'no' : inRanges(test.ranges, owner.uid);
    case 'gid':
      return owner === null ? 'no' : inRanges(test.ranges, owner.gid);
    case 'socket-exists':
      return truth(owner !== null || (iif === null && hasKernelSocket(tuple)));
    case 'socket-file':
      return truth(owner !== null);
    case 'socket':
      return localSocketTruth(test, view);
  }
}

/** The connection's own socket; else a listener, but not one that takes every address unless `--nowildcard`. */
function localSocketTruth(test: SocketTest & { kind: 'socket' }, view: View): Truth {
  const tuple = soughtTuple(view);
  if (!tuple) return 'no';
  const open = connectionSocket(view.conntrack, tuple);
  if (open) return truth(open.transparent || !test.transparent);
  if (view.host.listening === null) return 'unknown';
  return truth(
    view.host.listening.some(
      (socket) =>
        socket.protocol === tuple.protocol &&
        socket.port === tuple.dport &&
        (socket.address === null ? test.nowildcard : socket.address.text === tuple.dst.text) &&
        (socket.transparent || !test.transparent),
    ),
  );
}

/**
 * The tuple whose socket is sought: of an ICMP error that of the packet it is about, turned round; of an answer that SNAT
 * will translate back the asking socket's. Null for what is for no TCP or UDP socket (nf_sk_lookup_slow_v4).
 */
function soughtTuple({ packet, tracking }: View): Tuple | null {
  const tuple = packet.icmp?.about ? reversed(packet.icmp.about) : packet.tuple;
  if (!hasPorts(tuple.protocol)) return null;
  if (tracking.kind !== 'entry' || tracking.direction !== 'reply') return tuple;
  const { src, sport } = tracking.entry.original;
  return { ...tuple, dst: src, dport: sport };
}

/** What the kernel itself sends has a socket without a process; a reset over IPv6 has none. */
function hasKernelSocket(tuple: Tuple): boolean {
  return tuple.protocol !== 'tcp' || familyOf(tuple) === 4;
}

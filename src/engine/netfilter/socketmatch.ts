// Matches that ask about the socket behind a packet: its owner (OUTPUT, POSTROUTING), or the local socket that
// would take it (`-m socket`). Kernel: net/netfilter/xt_owner.c, xt_socket.c.
import { truth, type Truth } from '../../base/truth.ts';
import type { MatchTest } from '../../documents/iptables/match.ts';
import type { View } from './flight.ts';
import { isLocal } from './host.ts';
import { inRanges } from './numbers.ts';

type SocketTest = Extract<
  MatchTest,
  { readonly kind: 'uid' | 'gid' | 'socket-exists' | 'socket-file' | 'socket' }
>;

export function socketTruth(test: SocketTest, view: View): Truth {
  const { owner, iif } = view.packet;
  switch (test.kind) {
    case 'uid':
      return owner === null ? 'no' : inRanges(test.ranges, owner.uid);
    case 'gid':
      return owner === null ? 'no' : inRanges(test.ranges, owner.gid);
    case 'socket-exists': // what the kernel itself sends has a socket, but no process behind it
      return truth(owner !== null || iif === null);
    case 'socket-file':
      return truth(owner !== null);
    case 'socket':
      return localSocketTruth(test, view);
  }
}

/** A connection that was delivered here has its own socket; else a listener counts, unless it takes every address. */
function localSocketTruth(test: SocketTest & { kind: 'socket' }, view: View): Truth {
  const { host, tracking, packet } = view;
  const { protocol, dst, dport } = packet.tuple;
  const established = tracking.kind === 'entry' && tracking.state === 'ESTABLISHED';
  if (established && !tracking.entry.translated.destination) {
    if (isLocal(host, dst)) return test.transparent ? 'unknown' : 'yes';
    return 'unknown';
  }
  if (host.listening === null) return 'unknown';
  return truth(
    host.listening.some(
      (socket) =>
        socket.protocol === protocol &&
        socket.port === dport &&
        (socket.address === null ? test.nowildcard : socket.address.text === dst.text) &&
        (socket.transparent || !test.transparent),
    ),
  );
}

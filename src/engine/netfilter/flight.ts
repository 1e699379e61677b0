// A packet on its way through the hooks of one host, and what travels with it: the parts of the kernel's sk_buff
// that rules can see or change.
import type { IpAddress } from '../../base/ip.ts';
import type { Hook } from '../../documents/iptables/ruleset.ts';
import type { Packet } from '../packet/packet.ts';
import type { Conntrack, Segment, Tracking } from './conntrack.ts';
import type { FibChoice } from './fib.ts';
import type { Host } from './host.ts';
import type { Way } from './routing.ts';

/** The socket that TPROXY chose (`skb->sk`). */
export interface TransparentSocket {
  readonly address: IpAddress | null;
  readonly port: number;
  /** False: the socket of a connection that is already open. */
  readonly listening: boolean;
}

/** What a match looks at. */
export interface View {
  readonly host: Host;
  readonly conntrack: Conntrack;
  readonly segment: Segment;
  readonly packet: Packet;
  readonly tracking: Tracking;
}

export interface Flight extends View {
  hook: Hook;
  packet: Packet;
  tracking: Tracking;
  socket: TransparentSocket | null;
  /** The way out that the last routing chose; hooks see its interface only from POSTROUTING on. */
  route: Way | null;
  /** The pasted lines that routed it, in order. */
  readonly routedBy: FibChoice[];
}

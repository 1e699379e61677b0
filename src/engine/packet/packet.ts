// A packet as netfilter and a socket see it: addresses, interfaces, mark and, when it was sent here, its owner.
import { endpointText, type Family, type IpAddress } from '../../base/ip.ts';

export type Protocol = 'tcp' | 'udp' | 'icmp' | 'icmpv6';

/**
 * The five values that name a flow. A port is null when nothing pasted tells it (an ephemeral port prints as `*`). An
 * ICMP query has its identifier where the port of the side that asks would be, and 0 for the other.
 */
export interface Tuple {
  readonly protocol: Protocol;
  readonly src: IpAddress;
  readonly sport: number | null;
  readonly dst: IpAddress;
  readonly dport: number | null;
}

/** Who owns the socket that a packet leaves from. Null when the paste does not tell. */
export interface SocketOwner {
  readonly uid: number | null;
  readonly gid: number | null;
}

/** What an ICMP or ICMPv6 message says. */
export interface IcmpMessage {
  readonly type: number;
  readonly code: number;
  /** Of an error: the tuple of the packet that it is about. */
  readonly about: Tuple | null;
}

export interface Packet {
  readonly tuple: Tuple;
  /** Left out of packets that are none, and where nothing tells what an ICMP packet says. */
  readonly icmp?: IcmpMessage;
  /** The interface it came in by, or null for a packet sent here. */
  readonly iif: string | null;
  /** The interface it leaves by, or null before routing and on the way in. */
  readonly oif: string | null;
  /** `skb->mark`, an unsigned 32-bit number. */
  readonly mark: number;
  /** The sending socket on this host; null for packets that came from elsewhere (or over lo). */
  readonly owner: SocketOwner | null;
}

export function familyOf(tuple: Tuple): Family {
  return tuple.src.family;
}

/** The tuple of the packets that answer. */
export function reversed(tuple: Tuple): Tuple {
  return { protocol: tuple.protocol, src: tuple.dst, sport: tuple.dport, dst: tuple.src, dport: tuple.sport };
}

export function sameTuple(a: Tuple, b: Tuple): boolean {
  return (
    a.protocol === b.protocol &&
    a.src.text === b.src.text &&
    a.sport === b.sport &&
    a.dst.text === b.dst.text &&
    a.dport === b.dport
  );
}

/** `10.0.0.1:33204`; an unknown port prints as `*`. */
export function sourceText(tuple: Tuple): string {
  return endpointText(tuple.src, tuple.sport);
}

export function destinationText(tuple: Tuple): string {
  return endpointText(tuple.dst, tuple.dport);
}

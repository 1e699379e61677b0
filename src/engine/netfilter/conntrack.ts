// Connection tracking: which connection a packet belongs to, both tuples of it, its mark, and which NAT is set up.
// Kernel: net/netfilter/nf_conntrack_core.c, nf_conntrack_proto_tcp.c. Timeouts and TCP windows are left out.
import { reversed, sameTuple, type Packet, type Tuple } from '../packet/packet.ts';
import { isNeverTracked, isQuery } from './icmp.ts';

/**
 * Which packet of a TCP connection it is. For UDP `syn` stands for the first packet, `syn-ack` for an answer,
 * `ack` for a later one.
 */
export type Segment = 'syn' | 'syn-ack' | 'ack' | 'rst';

/** A manipulation: which end of the tuple NAT changes. Each is set up once a connection. */
export type Manipulation = 'source' | 'destination';

export interface Zones {
  readonly original: number;
  readonly reply: number;
}

export interface ConntrackEntry {
  readonly zones: Zones;
  readonly original: Tuple;
  /** The tuple of the answers; differs from the reversed original where NAT changed an end. */
  reply: Tuple;
  mark: number;
  seenReply: boolean;
  /** Picked up in mid-stream: no SYN was seen. */
  readonly loose: boolean;
  /** Manipulations that were set up, changing something or not: their nat chains are not consulted again. */
  readonly setUp: Record<Manipulation, boolean>;
  readonly translated: Record<Manipulation, boolean>;
}

/** A socket of this host that is one end of a connection. */
export interface ConnectionSocket {
  /** The tuple of what it sends. */
  readonly tuple: Tuple;
  readonly transparent: boolean;
}

/** All connections of one host, for one simulation, and those sockets of theirs that are here. */
export interface Conntrack {
  entries: ConntrackEntry[];
  sockets: ConnectionSocket[];
}

/** What a packet carries of its connection (`skb->_nfct`). */
export type Tracking =
  | { readonly kind: 'none' }
  | { readonly kind: 'untracked' }
  | { readonly kind: 'template'; readonly zones: Zones }
  | {
      readonly kind: 'entry';
      readonly entry: ConntrackEntry;
      readonly direction: 'original' | 'reply';
      /** RELATED: an ICMP error about a packet of the connection. */
      readonly state: 'NEW' | 'ESTABLISHED' | 'RELATED';
    };

export const DEFAULT_ZONES: Zones = { original: 0, reply: 0 };

export function createConntrack(): Conntrack {
  return { entries: [], sockets: [] };
}

/** A copy that can be walked on without touching the first. */
export function copyConntrack(conntrack: Conntrack): Conntrack {
  return { entries: conntrack.entries.map(copyEntry), sockets: [...conntrack.sockets] };
}

export function copyEntry(entry: ConntrackEntry): ConntrackEntry {
  return { ...entry, setUp: { ...entry.setUp }, translated: { ...entry.translated } };
}

/** Whether a segment may open an entry: a SYN, or with tcp_loose an ACK in mid-stream; an answer may not. */
function opens({ tuple, icmp }: Packet, segment: Segment): boolean {
  if (icmp) return isQuery(tuple, icmp);
  return tuple.protocol !== 'tcp' || segment === 'syn' || segment === 'ack';
}

/**
 * Finds the packet's entry or makes a fresh one, which `confirm` keeps once the packet leaves or is delivered.
 * `none` is the state INVALID.
 */
export function track(conntrack: Conntrack, packet: Packet, segment: Segment, zones: Zones): Tracking {
  const { tuple, icmp } = packet;
  if (icmp?.about) return trackError(conntrack, icmp.about, zones);
  if (icmp && isNeverTracked(tuple, icmp)) return { kind: 'untracked' };
  for (const entry of conntrack.entries) {
    if (sameTuple(entry.original, tuple) && entry.zones.original === zones.original) {
      // tcp_conntracks: an ACK to a SYN whose answer was not seen is invalid
      if (tuple.protocol === 'tcp' && segment === 'ack' && !entry.seenReply && !entry.loose)
        return { kind: 'none' };
      return { kind: 'entry', entry, direction: 'original', state: entry.seenReply ? 'ESTABLISHED' : 'NEW' };
    }
    if (sameTuple(entry.reply, tuple) && entry.zones.reply === zones.reply) {
      entry.seenReply = true;
      return { kind: 'entry', entry, direction: 'reply', state: 'ESTABLISHED' };
    }
  }
  if (!opens(packet, segment)) return { kind: 'none' };
  const entry: ConntrackEntry = {
    zones,
    original: tuple,
    reply: reversed(tuple),
    mark: 0,
    seenReply: false,
    loose: segment === 'ack',
    setUp: { source: false, destination: false },
    translated: { source: false, destination: false },
  };
  return { kind: 'entry', entry, direction: 'original', state: 'NEW' };
}

/** An error goes the other way than the packet that it is about (nf_conntrack_inet_error). */
function trackError({ entries }: Conntrack, about: Tuple, zones: Zones): Tracking {
  for (const entry of entries) {
    if (sameTuple(entry.original, about) && entry.zones.original === zones.original)
      return { kind: 'entry', entry, direction: 'reply', state: 'RELATED' };
    if (sameTuple(entry.reply, about) && entry.zones.reply === zones.reply)
      return { kind: 'entry', entry, direction: 'original', state: 'RELATED' };
  }
  return { kind: 'none' };
}

/** Keeps the entry of a packet that made it through all hooks (nf_conntrack_confirm). */
export function confirm(conntrack: Conntrack, tracking: Tracking): void {
  if (tracking.kind === 'entry' && !conntrack.entries.includes(tracking.entry))
    conntrack.entries.unshift(tracking.entry); // of two whose port nothing tells, the last is meant
}

/** The socket that a packet of an open connection is for; undefined when none of this host's was opened so. */
export function connectionSocket(conntrack: Conntrack, tuple: Tuple): ConnectionSocket | undefined {
  const wanted = reversed(tuple);
  return conntrack.sockets.find((socket) => sameTuple(socket.tuple, wanted));
}

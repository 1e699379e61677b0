// NAT: what a target maps a connection to, set up once a manipulation, and the translation of its packets.
// Kernel: net/netfilter/nf_nat_core.c, nf_nat_redirect.c, nf_nat_masquerade.c.
import { address, addressOf, contains, type IpAddress } from '../../base/ip.ts';
import type { Hook } from '../../documents/iptables/ruleset.ts';
import type { NatRange, TargetAction } from '../../documents/iptables/target.ts';
import { reversed, sameTuple, type Tuple } from '../packet/packet.ts';
import type { ConntrackEntry, Manipulation } from './conntrack.ts';
import type { Flight } from './flight.ts';
import { isListed, primaryAddress } from './host.ts';
import { hasPorts, inAddressRange } from './numbers.ts';
import { masqueradeSource } from './source-address.ts';

export type NatAction = Extract<
  TargetAction,
  { readonly kind: 'redirect' | 'masquerade' | 'dnat' | 'snat' | 'netmap' }
>;

export function isNatAction(action: TargetAction): action is NatAction {
  return ['redirect', 'masquerade', 'dnat', 'snat', 'netmap'].includes(action.kind);
}

/** HOOK2MANIP: destinations are mapped before routing, sources behind it. */
export function manipulationAt(hook: Hook): Manipulation {
  return hook === 'prerouting' || hook === 'output' ? 'destination' : 'source';
}

/** `unknown`: the target chooses at random, or among many. `none`: there is no address to map to, the packet is dropped. */
export type NatOutcome = 'done' | 'unknown' | 'none';

/** Sets up the manipulation of this hook by a target. The packet itself is changed by `translate`. */
export function setUpNat(action: NatAction, entry: ConntrackEntry, flight: Flight): NatOutcome {
  const manipulation = manipulationAt(flight.hook);
  const current = reversed(entry.reply);
  const mapped = newEnd(action, current, flight);
  if (mapped === 'unknown' || mapped === 'none') return mapped;
  const tuple: Tuple =
    manipulation === 'destination'
      ? { ...current, dst: mapped.address, dport: mapped.port }
      : { ...current, src: mapped.address, sport: mapped.port };
  entry.setUp[manipulation] = true;
  if (!sameTuple(tuple, current)) {
    entry.reply = reversed(tuple);
    entry.translated[manipulation] = true;
  }
  return 'done';
}

interface End {
  readonly address: IpAddress;
  readonly port: number | null;
}

function newEnd(action: NatAction, current: Tuple, flight: Flight): End | 'unknown' | 'none' {
  const here: End =
    manipulationAt(flight.hook) === 'destination'
      ? { address: current.dst, port: current.dport }
      : { address: current.src, port: current.sport };
  if (action.kind === 'netmap') return { ...here, address: mapPrefix(action.to, here.address) };
  const base = baseAddress(action, here.address, current, flight);
  if (base === 'unknown') return base;
  if (!base) return 'none';
  if (base.family !== here.address.family) return 'none';
  return { address: base, port: mapPort(action.to, here.port, manipulationAt(flight.hook)) };
}

/** The new address; undefined when the interface has none. */
function baseAddress(
  action: Exclude<NatAction, { readonly kind: 'netmap' }>,
  old: IpAddress,
  current: Tuple,
  flight: Flight,
): IpAddress | 'unknown' | undefined {
  switch (action.kind) {
    case 'redirect':
      if (flight.hook === 'output') return address(old.family === 4 ? '127.0.0.1' : '::1');
      return addressOn(flight, flight.packet.iif ?? '', old);
    case 'masquerade':
      return flight.route ? masqueradeSource(flight.host, current.dst, flight.route) : undefined;
    case 'dnat':
    case 'snat': {
      const { addresses, random } = action.to;
      if (!addresses) return old;
      if (addresses.from.text === addresses.to.text) return addresses.from;
      // a source inside the range is kept (get_unique_tuple); which is chosen else depends on a hash
      return action.kind === 'snat' && !random && inAddressRange(addresses, old) ? old : 'unknown';
    }
  }
}

/** Unknown on an interface of which nothing tells the addresses. */
function addressOn({ host }: Flight, device: string, like: IpAddress): IpAddress | 'unknown' | undefined {
  return primaryAddress(host, device, like) ?? (isListed(host, device) ? undefined : 'unknown');
}

/**
 * A port inside the range is kept, and a destination's without a range. Else a destination gets the first of the range, and
 * a source one that nothing tells, unless the range holds only one (nf_nat_l4proto_unique_tuple).
 */
function mapPort(
  { ports, random }: NatRange,
  port: number | null,
  manipulation: Manipulation,
): number | null {
  if (!ports) return random && manipulation === 'source' ? null : port;
  if (ports.from === ports.to) return ports.from;
  if (random || port === null) return null;
  if (ports.from <= port && port <= ports.to) return port;
  return manipulation === 'destination' ? ports.from : null;
}

/**
 * Two connections whose answers would be the same: the later one gets another source port, which nothing tells. The kernel
 * sees to it behind the nat chains, whether one of them matched or not (nf_nat_alloc_null_binding, nf_nat_used_tuple).
 */
export function avoidClash(entry: ConntrackEntry, { conntrack }: Flight): void {
  if (!hasPorts(entry.reply.protocol) || entry.reply.dport === null) return;
  const taken = conntrack.entries.some(
    (other) =>
      other !== entry && other.zones.reply === entry.zones.reply && sameTuple(other.reply, entry.reply),
  );
  if (!taken) return;
  entry.reply = { ...entry.reply, dport: null };
  entry.translated.source = true;
}

function mapPrefix(to: Parameters<typeof contains>[0], old: IpAddress): IpAddress {
  const words = old.words.map((word, i) => {
    const mask = to.mask[i] ?? 0;
    return (((to.address.words[i] ?? 0) & mask) | (word & ~mask)) >>> 0;
  });
  return addressOf(words);
}

/**
 * Gives the packet the ends that its connection was mapped to, as far as this hook's manipulation goes; answers get
 * the original ends back (nf_nat_packet).
 */
export function translate(flight: Flight): void {
  const { tracking, packet } = flight;
  if (tracking.kind !== 'entry') return;
  const { entry, direction } = tracking;
  const manipulation = manipulationAt(flight.hook);
  const isReply = direction === 'reply';
  const mappedEnd = isReply ? opposite(manipulation) : manipulation;
  if (!entry.translated[mappedEnd]) return;
  const target = reversed(isReply ? entry.original : entry.reply);
  const keepsPorts = packet.icmp !== undefined && packet.icmp.about !== null; // an error is translated inside, too
  const { sport, dport } = keepsPorts ? packet.tuple : target;
  const tuple =
    manipulation === 'destination'
      ? { ...packet.tuple, dst: target.dst, dport }
      : { ...packet.tuple, src: target.src, sport };
  flight.packet = { ...packet, tuple };
}

function opposite(manipulation: Manipulation): Manipulation {
  return manipulation === 'source' ? 'destination' : 'source';
}

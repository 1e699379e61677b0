// What a target does to a packet, and the verdict it ends with.
// Kernel: net/netfilter/xt_MARK.c, xt_CONNMARK.c, xt_CT.c, xt_TPROXY.c.
import type { IpAddress } from '../../base/ip.ts';
import type { MapEntry, TargetAction } from '../../documents/iptables/target.ts';
import { familyOf } from '../packet/packet.ts';
import { candidatesOf } from './candidates.ts';
import { connectionSocket } from './conntrack.ts';
import type { Flight } from './flight.ts';
import { matchTruth, testsTruth } from './match.ts';
import { isNatAction, setUpNat, type NatAction } from './nat.ts';
import type { Verdict } from './verdict.ts';

const CONTINUE: Verdict = { kind: 'continue' };
const ACCEPT: Verdict = { kind: 'accept' };
const DROP: Verdict = { kind: 'drop' };
const UNDECIDED: Verdict = { kind: 'undecided' };

/**
 * Carries the target out on the packet. NAT is only set up: the hook translates when its chains are done.
 * `break`: nft gives the rule up, as if it had not matched.
 */
export function applyTarget(action: TargetAction, flight: Flight, choose: Choose): Verdict | 'break' {
  if (isNatAction(action)) return applyNat(action, flight);
  switch (action.kind) {
    case 'accept':
    case 'drop':
    case 'return':
      return { kind: action.kind };
    case 'reject':
      return DROP;
    case 'jump':
    case 'goto':
      return { kind: action.kind, chain: action.chain };
    case 'tproxy':
      return divert(action, flight);
    case 'map':
      return applyMap(action.entries, flight, choose);
    case 'unknown':
      return UNDECIDED;
    case 'mark':
    case 'connmark-set':
    case 'connmark-save':
    case 'connmark-restore':
    case 'notrack':
    case 'zone':
    case 'continue':
      mangle(action, flight);
      return CONTINUE;
  }
}

/** Whether an entry that may or may not fit is taken to fit; null leaves it open. */
type Choose = (entry: MapEntry) => boolean | null;

/** nft_lookup: the entry that the packet fits; without one the rule is given up. */
function applyMap(entries: readonly MapEntry[], flight: Flight, choose: Choose): Verdict | 'break' {
  for (const i of candidatesOf(entries, flight, matchTruth)) {
    const entry = entries[i];
    const fits = entry ? testsTruth(entry.tests, flight) : 'no';
    if (!entry || fits === 'no') continue;
    const taken = fits === 'yes' || choose(entry);
    if (taken === null) return UNDECIDED;
    if (taken) return applyTarget(entry.action, flight, choose);
  }
  return 'break';
}

/** In an inet table `snat ip6 to` lets IPv4 packets go on (nft_nat_inet_eval). */
function applyNat(action: NatAction, flight: Flight): Verdict {
  const to = action.kind === 'netmap' ? action.to.address : action.to.addresses?.from;
  if (to && to.family !== familyOf(flight.packet.tuple)) return CONTINUE;
  if (flight.tracking.kind !== 'entry') return DROP;
  const outcome = setUpNat(action, flight.tracking.entry, flight);
  return outcome === 'done' ? ACCEPT : outcome === 'none' ? DROP : UNDECIDED;
}

type MangleAction = Extract<
  TargetAction,
  {
    readonly kind:
      'mark' | 'connmark-set' | 'connmark-save' | 'connmark-restore' | 'notrack' | 'zone' | 'continue';
  }
>;

/** Targets that change a mark or the tracking and go on. */
function mangle(action: MangleAction, flight: Flight): void {
  const { packet, tracking } = flight;
  const entry = tracking.kind === 'entry' ? tracking.entry : null;
  switch (action.kind) {
    case 'mark':
      setMark(flight, (packet.mark & ~action.mask) ^ action.value);
      return;
    case 'connmark-set':
      if (entry) entry.mark = ((entry.mark & ~action.mask) ^ action.value) >>> 0;
      return;
    case 'connmark-save':
      if (entry) entry.mark = ((entry.mark & ~action.ctmask) ^ (packet.mark & action.nfmask)) >>> 0;
      return;
    case 'connmark-restore':
      if (entry) setMark(flight, (packet.mark & ~action.nfmask) ^ (entry.mark & action.ctmask));
      return;
    case 'notrack':
      if (tracking.kind === 'none') flight.tracking = { kind: 'untracked' };
      return;
    case 'zone': {
      if (tracking.kind !== 'none') return;
      const { zone, direction } = action;
      const zones = {
        original: direction === 'reply' ? 0 : zone,
        reply: direction === 'original' ? 0 : zone,
      };
      flight.tracking = { kind: 'template', zones };
      return;
    }
    case 'continue':
      return;
  }
}

function setMark(flight: Flight, mark: number): void {
  flight.packet = { ...flight.packet, mark: mark >>> 0 };
}

/**
 * TPROXY: hands the packet to the connection's own socket, or to the listener it names, changing no address. The
 * socket must be transparent; without one iptables drops the packet.
 */
function divert(action: TargetAction & { kind: 'tproxy' }, flight: Flight): Verdict | 'break' {
  const { tuple, mark } = flight.packet;
  const port = action.port === 0 ? tuple.dport : action.port;
  if (port === null) return UNDECIDED;
  const open = connectionSocket(flight.conntrack, tuple);
  const transparent = open ? open.transparent : hasListener(flight, port, action.address);
  if (!transparent) return action.accepts ? DROP : 'break';
  flight.socket = { address: action.address, port, listening: open === undefined };
  setMark(flight, (mark & ~action.mask) ^ action.value);
  return action.accepts ? ACCEPT : CONTINUE;
}

function hasListener({ host, packet }: Flight, port: number, address: IpAddress | null): boolean {
  if (host.listening === null) return true;
  return host.listening.some(
    (socket) =>
      socket.protocol === packet.tuple.protocol &&
      socket.port === port &&
      socket.transparent &&
      (socket.address === null || address === null || socket.address.text === address.text),
  );
}

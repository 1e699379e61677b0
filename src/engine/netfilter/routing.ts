// Where a packet goes: the local table, then the rules and tables that were pasted; without those, rules by mark that are
// assumed, then the default route. Kernel: net/ipv4/route.c (ip_route_input_slow, __mkroute_output).
import { isLoopback, type IpAddress } from '../../base/ip.ts';
import { familyOf, type Packet, type Tuple } from '../packet/packet.ts';
import {
  fibLookup,
  pastedDefaultDevice,
  type FibChoice,
  type FibResult,
  type Flow,
  type SourceState,
} from './fib.ts';
import { isUnspecified } from './addresstype.ts';
import { isLocal, LOOPBACK, type Host } from './host.ts';
import { looksBack, receptionOf, type MartianError } from './martian.ts';
import { forwardingAt, settingAt } from './settings.ts';

/** Why the kernel throws a packet away while routing it; `undecided-route` when the paste does not tell the way. */
export type RoutingError =
  | MartianError
  | 'not-forwarding'
  | 'loopback-source'
  | 'reverse-path'
  | 'blackhole'
  | 'unreachable'
  | 'prohibit'
  | 'no-route'
  | 'undecided-route';

/** Whether the packet may as well go on: nothing pasted tells. */
export function isUndecided(error: RoutingError): boolean {
  return error === 'undecided-route' || error === 'undecided-localnet';
}

/** The lines that decided; null where nothing pasted did. */
type Chosen = { readonly choice: FibChoice | null };

/** The interface that a packet leaves by; `lo` is local delivery. */
export type Way = Chosen & { readonly device: string };

export type OutputRoute = Way | (Chosen & { readonly error: RoutingError });

export type InputRoute =
  | (Chosen & { readonly kind: 'local' })
  | (Way & { readonly kind: 'forward' })
  | (Chosen & { readonly error: RoutingError });

function isMarkedLocal(host: Host, mark: number): boolean {
  return host.routing.some((rule) => (mark & rule.mark.mask) >>> 0 === rule.mark.value);
}

function showsRules({ network }: Host): boolean {
  return network.policies.length > 0;
}

/** The interface with the default route. */
export function defaultDevice(host: Host, family: 4 | 6): string {
  const pasted = pastedDefaultDevice(host.network, family);
  return pasted ?? host.interfaces.find(({ name }) => name !== LOOPBACK)?.name ?? LOOPBACK;
}

/** The way out for a packet sent here. A loopback source cannot leave the host (IPv4). */
export function routeOutput(host: Host, packet: Packet, source: SourceState = 'chosen'): OutputRoute {
  const uid = packet.owner ? packet.owner.uid : 0;
  const route = routeSent(host, packet, uid, source);
  const failed = 'error' in route && !isUndecided(route.error);
  // IPv6 forgets a route that fails, and looks again with the source it chose (ip6_dst_lookup_tail)
  const again = failed && source === 'open' && familyOf(packet.tuple) === 6;
  return again ? routeSent(host, packet, uid, 'chosen') : route;
}

/** Behind a hook that changed the packet. For IPv4 the kernel has forgotten whose it is: it counts as root's. */
export function routeAgain(host: Host, packet: Packet): OutputRoute {
  const uid = packet.owner && familyOf(packet.tuple) === 6 ? packet.owner.uid : 0;
  return routeSent(host, packet, uid, 'chosen');
}

function routeSent(
  host: Host,
  { tuple, mark }: Packet,
  uid: number | null,
  source: SourceState,
): OutputRoute {
  const route = lookUp(host, { tuple, mark, iif: LOOPBACK, uid, source });
  if ('error' in route || route.device === LOOPBACK) return route;
  const loopback = tuple.src.family === 4 && isLoopback(tuple.src);
  const refused = loopback && settingAt(host, 'route_localnet', route.device).value === 0;
  return refused ? { error: 'loopback-source', choice: null } : route;
}

/** The way on behind PREROUTING for a packet that came in by an interface other than lo. */
export function routeInput(host: Host, packet: Packet): InputRoute {
  const { tuple, mark, iif } = packet;
  const device = iif ?? LOOPBACK;
  const reception = receptionOf(host, tuple, device);
  if ('error' in reception) return { error: reception.error, choice: null };
  if (reception.kind === 'open') return { error: 'undecided-route', choice: null };
  const group = reception.kind === 'group';
  const route: OutputRoute = group
    ? { device: LOOPBACK, choice: null }
    : lookUp(host, { tuple, mark, iif: device, uid: 0, source: 'chosen' });
  if ('error' in route) return route;
  const refused = sourceRefused(host, packet, device);
  if (refused) return { error: refused, choice: route.choice };
  if (route.device === LOOPBACK) return { kind: 'local', choice: route.choice };
  const forwards = forwardingAt(host, familyOf(tuple), device)?.value ?? Number(host.forwarding);
  if (forwards === 0) return { error: 'not-forwarding', choice: route.choice };
  return { kind: 'forward', device: route.device, choice: route.choice };
}

/**
 * fib_validate_source: the way back to the source is looked up where rp_filter asks for it, or the host routes by rules of
 * its own. Unless src_valid_mark, without the mark.
 */
function sourceRefused(host: Host, { tuple, mark }: Packet, device: string): RoutingError | null {
  const { src, dst, ...rest } = tuple;
  if (src.family === 6 || isUnspecified(src) || !looksBack(host, device)) return null;
  const filter = settingAt(host, 'rp_filter', device).value;
  const acceptsLocal = settingAt(host, 'accept_local', device).value !== 0;
  const seen = settingAt(host, 'src_valid_mark', device).value === 0 ? 0 : mark;
  const back: Tuple = { ...rest, src: dst, dst: src };
  const route = lookUp(host, { tuple: back, mark: seen, iif: LOOPBACK, uid: 0, source: 'chosen' });
  if ('error' in route) {
    if (filter === 0) return null;
    return isUndecided(route.error) ? 'undecided-route' : 'reverse-path';
  }
  if (route.device === LOOPBACK && !acceptsLocal) return 'martian-source';
  return filter === 1 && route.device !== device && !isAddressOf(host, src, device) ? 'reverse-path' : null;
}

/** The local table's route to an address is by the interface that has it (fib_info_nh_uses_dev). */
function isAddressOf({ interfaces }: Host, { text }: IpAddress, device: string): boolean {
  return interfaces.some(
    ({ name, addresses }) => name === device && addresses.some((own) => own.text === text),
  );
}

/** `lo` stands for local delivery. */
function lookUp(host: Host, flow: Flow): OutputRoute {
  if (isLocal(host, flow.tuple.dst)) return { device: LOOPBACK, choice: null };
  const marked = isMarkedLocal(host, flow.mark);
  if (marked && !showsRules(host)) return { device: LOOPBACK, choice: null };
  const found = fibLookup(host.network, flow);
  // the rule was pasted and the table that it names was not: TPROXY's table, as assumed
  if (found.kind === 'undecided' && marked) return { device: LOOPBACK, choice: found };
  return wayOf(host, found, flow.tuple);
}

function wayOf(host: Host, found: FibResult, tuple: Tuple): OutputRoute {
  const choice: FibChoice | null = found.rule || found.route ? found : null;
  switch (found.kind) {
    case 'assumed':
      return { device: defaultDevice(host, familyOf(tuple)), choice };
    case 'undecided':
      return { error: 'undecided-route', choice };
    case 'none':
      return { error: endingOf(found.rule?.action.kind), choice };
    case 'found':
      return alongRoute(host, found, choice);
  }
}

function endingOf(kind: string | undefined): RoutingError {
  return kind === 'blackhole' || kind === 'unreachable' || kind === 'prohibit' ? kind : 'no-route';
}

function alongRoute(
  host: Host,
  { route }: FibResult & { readonly kind: 'found' },
  choice: FibChoice | null,
): OutputRoute {
  if (route.type === 'local') return { device: LOOPBACK, choice };
  if (route.type === 'blackhole' || route.type === 'unreachable' || route.type === 'prohibit')
    return { error: route.type, choice };
  const devices = new Set(route.hops.map(({ device }) => device ?? defaultDevice(host, route.family)));
  const [device] = devices;
  return device !== undefined && devices.size === 1
    ? { device, choice }
    : { error: 'undecided-route', choice };
}

// Packets whose addresses must not come in by a link, and who else than its own addresses a host takes packets for.
// Kernel: net/ipv4/route.c (ip_route_input_rcu, ip_route_input_slow, ip_mc_validate_source), fib_frontend.c
// (fib_validate_source), net/ipv6/ip6_input.c (ip6_rcv_core). Sysctls: settings.ts.
import { isLoopback, type IpAddress } from '../../base/ip.ts';
import type { Truth } from '../../base/truth.ts';
import type { PolicyRule } from '../../documents/route/network.ts';
import type { Tuple } from '../packet/packet.ts';
import { broadcastTruth, EVERYBODY, isMulticast, isUnspecified } from './addresstype.ts';
import { isLocal, type Host } from './host.ts';
import { settingAt } from './settings.ts';

/** `localnet`: 127.0.0.0/8 on a link, which net.ipv4.conf.*.route_localnet would let in. */
export type MartianError =
  'refused-on-arrival' | 'martian-source' | 'martian-destination' | 'localnet' | 'undecided-localnet';

/** `open`: whether the packet is for everybody on the link, or for a group that the host joined, is not told. */
export type Reception = { readonly error: MartianError } | { readonly kind: 'group' | 'open' | 'unicast' };

const ALL_HOSTS = 0xe0000001;

/** What IPv6 throws away as it comes in by a link, before any rule. */
export function isRefusedOnArrival({ src, dst }: Tuple): boolean {
  if (src.family === 4) return false;
  const scope = ((dst.words[0] ?? 0) >>> 16) & 0xf;
  return isLoopback(src) || isLoopback(dst) || isMulticast(src) || (isMulticast(dst) && scope < 2);
}

/** What the kernel makes of an arriving packet's addresses before it looks for a route. */
export function receptionOf(host: Host, { src, dst }: Tuple, device: string): Reception {
  if (dst.family === 6) return receptionOf6(dst);
  if (isLoopback(src) || isLoopback(dst)) {
    const { value, by } = settingAt(host, 'route_localnet', device);
    if (value === 0) return { error: host.forwarding && by.length === 0 ? 'undecided-localnet' : 'localnet' };
  }
  if (isMartianSource(host, src, dst, device)) return { error: 'martian-source' };
  if (isUnspecified(dst) && !isUnspecified(src)) return { error: 'martian-destination' };
  if (isMulticast(dst)) return { kind: dst.words[0] === ALL_HOSTS ? 'group' : 'open' };
  return isLocal(host, dst) ? { kind: 'unicast' } : BROADCAST[broadcastTruth(host, dst)];
}

const BROADCAST: Readonly<Record<Truth, Reception>> = {
  yes: { kind: 'group' },
  no: { kind: 'unicast' },
  unknown: { kind: 'open' },
};

/** NAT alone brings ::1 here. Its route is for lo; a link has none. */
function receptionOf6(dst: IpAddress): Reception {
  if (isLoopback(dst)) return { error: 'martian-destination' };
  if (!isMulticast(dst)) return { kind: 'unicast' };
  return { kind: dst.text === 'ff02::1' ? 'group' : 'open' };
}

function isMartianSource(host: Host, src: IpAddress, dst: IpAddress, device: string): boolean {
  if (isUnspecified(src)) return !takesUnspecified(dst);
  if (isMulticast(src) || src.words[0] === EVERYBODY) return true;
  if (settingAt(host, 'accept_local', device).value === 0 && isOwn(host, src)) return true;
  return looksBack(host, device) && broadcastTruth(host, src) === 'yes';
}

/** Of 127.0.0.0/8, where route_localnet lets it in, only the addresses of an interface count (inet_lookup_ifaddr_rcu). */
function isOwn(host: Host, src: IpAddress): boolean {
  if (!isLoopback(src)) return isLocal(host, src);
  return host.interfaces.some(({ addresses }) => addresses.some(({ text }) => text === src.text));
}

/** 0.0.0.0 asks everybody, or a group of the link: 224.0.0.0/24. */
function takesUnspecified(dst: IpAddress): boolean {
  const word = dst.words[0] ?? 0;
  return isUnspecified(dst) || word === EVERYBODY || word >>> 8 === ALL_HOSTS >>> 8;
}

/** Whether the way back to the source is looked up (fib_validate_source: fib_has_custom_local_routes, fib4_has_custom_rules). */
export function looksBack(host: Host, device: string): boolean {
  if (settingAt(host, 'rp_filter', device).value > 0) return true;
  return settingAt(host, 'accept_local', device).value === 0 && routesByItsOwn(host);
}

function routesByItsOwn({ routing, network: { policies } }: Host): boolean {
  return (
    routing.length > 0 ||
    policies.some(({ rules }) => rules.some((rule) => rule.family === 4 && !isKernelsOwn(rule)))
  );
}

function isKernelsOwn({ action, priority, ...selectors }: PolicyRule): boolean {
  const own = action.kind === 'lookup' ? OWN_PRIORITY[action.table] : undefined;
  const { negated, from, to, fwmark, iif, oif } = selectors;
  return own === priority && !negated && [from, to, fwmark, iif, oif].every((each) => each === null);
}

/** The rules that every host begins with. */
const OWN_PRIORITY: Readonly<Record<string, number>> = { local: 0, main: 32766, default: 32767 };

// Which of a host's own addresses a packet leaves with: what a socket gets that bound none, and what MASQUERADE writes.
// Kernel: net/ipv4/devinet.c (inet_select_addr), net/ipv4/route.c (ip_route_output_key_hash_rcu),
// net/netfilter/nf_nat_masquerade.c. Left out: IPv4 addresses of link scope, which MASQUERADE passes over.
import { addressOf, contains, isLoopback, maskOf, type IpAddress, type Prefix } from '../../base/ip.ts';
import type { Route } from '../../documents/route/network.ts';
import type { Tuple } from '../packet/packet.ts';
import { fibLookup, sourceOnDevice } from './fib.ts';
import {
  isLocal,
  LOOPBACK,
  ownAddresses,
  primaryAddress,
  type Host,
  type Interface,
  type OwnAddress,
} from './host.ts';
import { bestSource } from './rfc6724.ts';
import { defaultDevice, type Way } from './routing.ts';

/** What may choose a table before a packet has its source. */
interface Sender {
  readonly protocol: Tuple['protocol'];
  readonly sport: number | null;
  readonly dport: number | null;
  readonly uid: number | null;
}

const NOBODY_KNOWN: Sender = { protocol: 'tcp', sport: null, dport: null, uid: null };

/** The source that the kernel picks for a socket that did not bind one; undefined when no address fits. */
export function chooseSource(
  host: Host,
  destination: IpAddress,
  { uid, ...sender }: Sender = NOBODY_KNOWN,
): IpAddress | undefined {
  if (isLoopback(destination)) return primaryAddress(host, LOOPBACK, destination);
  if (isLocal(host, destination)) return primaryBeside(host, destination);
  const src = addressOf(maskOf(destination.family, 0));
  const tuple: Tuple = { ...sender, src, dst: destination };
  const { route } = fibLookup(host.network, { tuple, mark: 0, iif: LOOPBACK, uid, source: 'chosen' });
  if (route?.type === 'local') return route.source ?? sourceToLocal(host, destination, sender.protocol);
  // a route that ends the packet is printed with lo, which is no way out
  const way = route?.type === 'unicast' ? route.hops[0]?.device : null;
  const device = way ?? defaultDevice(host, destination.family);
  if (route?.source) return route.source;
  return destination.family === 6
    ? selectAddress6(host, device, destination)
    : selectAddress4(host, device, route ? gatewayOf(route, device) : destination);
}

/** To a secondary address the local table names the primary one of its link as source (fib_add_addr). */
function primaryBeside({ interfaces }: Host, own: IpAddress): IpAddress {
  for (const each of interfaces) {
    const link = ownAddresses(each, 4).find(({ address }) => address.text === own.text)?.link;
    const primary = link && primaryAddresses(each).find((other) => sameLink(other.link, link));
    if (primary) return primary.address;
  }
  return own;
}

/** IPv4 answers itself from the address that a local route takes in; TCP then asks whether it is its own, and fails. */
function sourceToLocal(
  host: Host,
  destination: IpAddress,
  protocol: Tuple['protocol'],
): IpAddress | undefined {
  if (destination.family === 6) return selectAddress6(host, defaultDevice(host, 6), destination);
  return protocol === 'tcp' ? undefined : destination;
}

/**
 * What MASQUERADE writes as the source of a packet to `destination` on its way out. Undefined when the host has no such
 * address, `unknown` when nothing tells the addresses of the interface, or which of its links the gateway is on.
 */
export function masqueradeSource(
  host: Host,
  destination: IpAddress,
  { device, choice }: Way,
): IpAddress | 'unknown' | undefined {
  if (destination.family === 6 && isLocal(host, destination)) return chooseSource(host, destination);
  const found = host.interfaces.find(({ name }) => name === device);
  if (!found) return sourceOnDevice(host.network, device, destination.family) ?? 'unknown';
  if (destination.family === 6) return selectAddress6(host, device, destination);
  const own = primaryAddresses(found).filter(({ address }) => !isLoopback(address));
  const gateway = choice?.route ? gatewayOf(choice.route, device) : null;
  const near = onLinkOf(own, gateway ?? destination);
  if (near) return near.address;
  if (own.length > 1 && !choice?.route && own.every(({ link }) => link !== null)) return 'unknown';
  return own[0]?.address ?? universalAddress(host);
}

/** An interface without an address borrows the first that another one has: those of lo have host scope. */
function universalAddress({ interfaces }: Host): IpAddress | undefined {
  return interfaces.flatMap(primaryAddresses).find(({ address }) => !isLoopback(address))?.address;
}

/** The IPv4 addresses that are the first on their link. */
function primaryAddresses(found: Interface): readonly OwnAddress[] {
  const own = ownAddresses(found, 4);
  return own.filter(({ link }, i) => !own.slice(0, i).some((earlier) => sameLink(earlier.link, link)));
}

function sameLink(a: Prefix | null, b: Prefix | null): boolean {
  return a !== null && b !== null && a.length === b.length && contains(a, b.address);
}

function onLinkOf(own: readonly OwnAddress[], neighbour: IpAddress): OwnAddress | undefined {
  return own.find(({ link }) => link !== null && contains(link, neighbour));
}

function gatewayOf({ hops }: Route, device: string): IpAddress | null {
  const gateway = hops.find((hop) => hop.device === device)?.gateway ?? null;
  return gateway?.family === 4 ? gateway : null;
}

/** Of an interface's primary addresses the one on the neighbour's link, else the first. */
function selectAddress4(host: Host, device: string, neighbour: IpAddress | null): IpAddress | undefined {
  const found = host.interfaces.find(({ name }) => name === device);
  if (!found) return sourceOnDevice(host.network, device, 4);
  const own = primaryAddresses(found);
  return ((neighbour && onLinkOf(own, neighbour)) ?? own[0])?.address;
}

function selectAddress6(host: Host, device: string, destination: IpAddress): IpAddress | undefined {
  const found = host.interfaces.find(({ name }) => name === device);
  return found ? bestSource(ownAddresses(found, 6), destination) : sourceOnDevice(host.network, device, 6);
}

// Where a packet goes: the local table, then rules by mark, then the default route.
// Kernel: net/ipv4/route.c (ip_route_input_slow, __mkroute_output), net/ipv4/fib_rules.c.
import { isLoopback, type IpAddress } from '../../base/ip.ts';
import type { Packet } from '../packet/packet.ts';
import { isLocal, LOOPBACK, primaryAddress, type Host } from './host.ts';

/** Why the kernel throws a packet away while routing it. */
export type RoutingError = 'martian-source' | 'martian-destination' | 'not-forwarding' | 'loopback-source';

export type OutputRoute = { readonly device: string } | { readonly error: RoutingError };

export type InputRoute = 'local' | 'forward' | { readonly error: RoutingError };

function isMarkedLocal(host: Host, mark: number): boolean {
  return host.routing.some((rule) => (mark & rule.mark.mask) >>> 0 === rule.mark.value);
}

/** The interface with the default route. */
export function defaultDevice(host: Host): string {
  return host.interfaces.find(({ name }) => name !== LOOPBACK)?.name ?? LOOPBACK;
}

/** The way out for a packet sent or routed again here. A loopback source cannot leave the host (IPv4). */
export function routeOutput(host: Host, packet: Packet): OutputRoute {
  const { src, dst } = packet.tuple;
  if (isLocal(host, dst) || isMarkedLocal(host, packet.mark)) return { device: LOOPBACK };
  if (src.family === 4 && isLoopback(src)) return { error: 'loopback-source' };
  return { device: defaultDevice(host) };
}

/** The way on behind PREROUTING for a packet that came in by an interface other than lo. */
export function routeInput(host: Host, packet: Packet): InputRoute {
  const { src, dst } = packet.tuple;
  if (src.family === 4 && (isLoopback(src) || isLocal(host, src))) return { error: 'martian-source' };
  if (isLoopback(dst)) return { error: 'martian-destination' };
  if (isLocal(host, dst) || isMarkedLocal(host, packet.mark)) return 'local';
  return host.forwarding ? 'forward' : { error: 'not-forwarding' };
}

/** The source that the kernel picks for a socket that did not bind one; undefined when no address fits. */
export function chooseSource(host: Host, destination: IpAddress): IpAddress | undefined {
  if (isLoopback(destination)) return primaryAddress(host, LOOPBACK, destination);
  if (isLocal(host, destination)) return destination;
  return primaryAddress(host, defaultDevice(host), destination);
}

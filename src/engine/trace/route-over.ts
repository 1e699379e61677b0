// A machine and a packet that leaves it -> the line of its `ip route` that hands the packet to another machine.
import type { Route } from '../../documents/route/network.ts';
import { fibLookup } from '../netfilter/fib.ts';
import { isLocal, LOOPBACK } from '../netfilter/host.ts';
import type { Packet } from '../packet/packet.ts';
import type { Pod } from './pod.ts';

/** Null when no pasted route tells, or one of several next hops would be chosen by a hash. */
export function routeOver(from: Pod, { tuple, mark, owner }: Packet, machine: Pod): Route | null {
  const flow = { tuple, mark, iif: LOOPBACK, uid: owner?.uid ?? null, source: 'chosen' } as const;
  const found = fibLookup(from.host.network, flow);
  if (found.kind !== 'found') return null;
  const [hop, ...others] = found.route.hops;
  const isGateway = others.length === 0 && hop?.gateway != null && isLocal(machine.host, hop.gateway);
  return isGateway ? found.route : null;
}

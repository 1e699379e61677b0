// A pod as netfilter sees it: lo and eth0, and the routing that no iptables paste shows.
import { address, type IpAddress } from '../../base/ip.ts';
import type { Ruleset } from '../../documents/iptables/ruleset.ts';
import { possibleActions, type TargetAction } from '../../documents/iptables/target.ts';
import type { Interception } from '../mesh/default-config.ts';
import { ZTUNNEL_ROUTING } from '../mesh/ambient.ts';
import type { PodKind } from '../mesh/pod-kind.ts';
import { pastedDefaultDevice, type Network } from '../netfilter/fib.ts';
import type { Host, LocalRouting } from '../netfilter/host.ts';

/** In IPv6 the address that proxies bind to is no loopback address of itself: istio-init adds it to lo. */
const LOOPBACK_ADDRESSES: Readonly<Record<'sidecar' | 'other', readonly IpAddress[]>> = {
  sidecar: [address('127.0.0.1'), address('::1'), address('::6')],
  other: [address('127.0.0.1'), address('::1')],
};

function actionsOf(ruleset: Ruleset): TargetAction[] {
  const rules = ruleset.tables.flatMap((table) => table.chains.flatMap((chain) => chain.rules));
  return rules.flatMap((rule) => rule.targets.flatMap(({ action }) => possibleActions(action)));
}

/** Routing that no rules show: TPROXY's mark, or ztunnel's, to a table whose default route is local. */
function assumedRouting(actions: readonly TargetAction[], kind: PodKind): LocalRouting[] {
  const marks = actions.flatMap((action) =>
    action.kind === 'tproxy' && action.value !== 0 ? [action.value] : [],
  );
  const transparent = [...new Set(marks)].map((value) => ({ mark: { value, mask: 0xffffffff } }));
  return kind === 'ambient' ? [...transparent, ZTUNNEL_ROUTING] : transparent;
}

/** The interface of the pasted default route; without one it is eth0, as in every pod. */
function outerInterface(network: Network, [first]: readonly IpAddress[]): string {
  return pastedDefaultDevice(network, first?.family ?? 4) ?? 'eth0';
}

/** The pod's network namespace. Which sockets listen is not known, so a TPROXY rule's socket is taken to be there. */
export function podHost(
  ruleset: Ruleset,
  addresses: readonly IpAddress[],
  kind: PodKind,
  network: Network,
): Host {
  return {
    ruleset,
    interfaces: [
      { name: 'lo', addresses: LOOPBACK_ADDRESSES[kind === 'sidecar' ? kind : 'other'] },
      { name: outerInterface(network, addresses), addresses },
    ],
    routing: assumedRouting(actionsOf(ruleset), kind),
    network,
    listening: null,
    forwarding: kind === 'node',
  };
}

/** The ports that the rules hand connections to: some proxy listens there, or nothing would work. */
export function capturePorts(ruleset: Ruleset): ReadonlySet<number> {
  return new Set(
    actionsOf(ruleset).flatMap((action) => {
      if (action.kind === 'redirect') return action.to.ports?.from ?? [];
      return action.kind === 'tproxy' && action.port !== 0 ? [action.port] : [];
    }),
  );
}

/** How the rules hand connections over: TPROXY leaves the addresses alone, REDIRECT does not. */
export function interceptionBy(ruleset: Ruleset): Interception {
  return actionsOf(ruleset).some(({ kind }) => kind === 'tproxy') ? 'tproxy' : 'redirect';
}

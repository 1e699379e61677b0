// A pod as netfilter sees it: lo and eth0, and the routing that no iptables paste shows.
import { address, type IpAddress } from '../../base/ip.ts';
import { actionsOf, canDo } from '../../documents/iptables/contents.ts';
import type { Ruleset } from '../../documents/iptables/ruleset.ts';
import type { NetworkInterface } from '../../documents/route/network.ts';
import type { Interception } from '../mesh/default-config.ts';
import { ZTUNNEL_ROUTING } from '../mesh/ambient.ts';
import type { PodKind } from '../mesh/pod-kind.ts';
import { pastedDefaultDevice, type Network } from '../netfilter/fib.ts';
import type { Host, Interface, LocalRouting } from '../netfilter/host.ts';

/** In IPv6 the address that proxies bind to is no loopback address of itself: istio-init adds it to lo. */
const LOOPBACK_ADDRESSES: Readonly<Record<'sidecar' | 'other', readonly IpAddress[]>> = {
  sidecar: [address('127.0.0.1'), address('::1'), address('::6')],
  other: [address('127.0.0.1'), address('::1')],
};

/** Routing that no rules show: TPROXY's mark, or ztunnel's, to a table whose default route is local. */
function assumedRouting(ruleset: Ruleset, kind: PodKind): LocalRouting[] {
  const marks = Array.from(actionsOf(ruleset, 'tproxy'), ({ value }) => value).filter((value) => value !== 0);
  const transparent = [...new Set(marks)].map((value) => ({ mark: { value, mask: 0xffffffff } }));
  return kind === 'ambient' ? [...transparent, ZTUNNEL_ROUTING] : transparent;
}

/** The interface of the pasted default route; without one it is eth0, as in every pod. */
function outerInterface(network: Network, [first]: readonly IpAddress[]): string {
  return pastedDefaultDevice(network, first?.family ?? 4) ?? 'eth0';
}

/** Those that `ip addr` showed, and lo; without it lo and one more, with the addresses that are known. */
function interfacesOf(
  shown: readonly NetworkInterface[],
  addresses: readonly IpAddress[],
  { kind, network }: { readonly kind: PodKind; readonly network: Network },
): Interface[] {
  const lo = { name: 'lo', addresses: LOOPBACK_ADDRESSES[kind === 'sidecar' ? kind : 'other'] };
  const found = shown.map(asInterface);
  const known = new Set(found.flatMap((each) => each.addresses.map(({ text }) => text)));
  const missing = addresses.filter(({ text }) => !known.has(text));
  const withLo = known.has('127.0.0.1') || known.has('::1') ? found : [lo, ...found];
  return missing.length === 0 ? withLo : addTo(withLo, outerInterface(network, addresses), missing);
}

function asInterface({ name, addresses }: NetworkInterface): Interface {
  return {
    name,
    addresses: addresses.map(({ address: own }) => own),
    links: addresses.map(({ prefix }) => prefix),
  };
}

/** An address that nothing shows on a link: how far its interface's links go is not known then. */
function addTo(found: readonly Interface[], name: string, addresses: readonly IpAddress[]): Interface[] {
  const there = found.find((each) => each.name === name);
  const wider = { name, addresses: [...(there?.addresses ?? []), ...addresses] };
  return [...found.filter((each) => each !== there), wider];
}

/** The pod's network namespace. Which sockets listen is not known, so a TPROXY rule's socket is taken to be there. */
export function podHost(
  ruleset: Ruleset,
  addresses: readonly IpAddress[],
  kind: PodKind,
  network: Network,
  shown: readonly NetworkInterface[] = [],
): Host {
  return {
    ruleset,
    interfaces: interfacesOf(shown, addresses, { kind, network }),
    routing: assumedRouting(ruleset, kind),
    network,
    listening: null,
    forwarding: kind === 'node',
  };
}

/** The ports that the rules hand connections to: some proxy listens there, or nothing would work. */
export function capturePorts(ruleset: Ruleset): ReadonlySet<number> {
  const redirected = Array.from(actionsOf(ruleset, 'redirect'), ({ to }) => to.ports?.from ?? 0);
  const handed = Array.from(actionsOf(ruleset, 'tproxy'), ({ port }) => port);
  return new Set([...redirected, ...handed].filter((port) => port !== 0));
}

/** How the rules hand connections over: TPROXY leaves the addresses alone, REDIRECT does not. */
export function interceptionBy(ruleset: Ruleset): Interception {
  return canDo(ruleset, 'tproxy') ? 'tproxy' : 'redirect';
}

// The two machines of the conformance cases: a pod with rules, and a peer that answers for the rest of the world.
// scripts/conformance/kernel.py builds the same from network namespaces.
import { address, contains, parsePrefix, type IpAddress } from '../../base/ip.ts';
import type { Ruleset } from '../../documents/iptables/ruleset.ts';
import type { SocketOwner } from '../packet/packet.ts';
import { NOTHING_PASTED, type Host, type ListeningSocket } from './host.ts';

const PORTS = [15001, 15006, 15008, 15053, 18080, 9080, 80, 8080, 4140, 4143, 20000, 15010, 15003];
/** The pod's address on its link. */
const POD = { 4: address('10.20.0.77'), 6: address('fd00:20::77') } as const;
export const PEER = { 4: address('10.20.0.78'), 6: address('fd00:20::78') } as const;
const PEER_ADDRESSES = ['10.20.0.78', '10.20.0.79', '10.20.0.1', 'fd00:20::78'];
const LINKS = ['10.20.0.0/24', 'fd00:20::/64'].flatMap((text) => parsePrefix(text) ?? []);
/** Where the peer answers although the address is not its own. */
const ANSWERED = ['0.0.0.0/0', '2000::/3'].flatMap((text) => parsePrefix(text) ?? []);

/** The listeners run as root and are transparent; the only UDP socket is the last one. */
const LISTENING: readonly ListeningSocket[] = [
  ...PORTS.map((port): ListeningSocket => ({ protocol: 'tcp', address: null, port, transparent: true })),
  { protocol: 'udp', address: null, port: 15053, transparent: false },
];
export const LISTENER_OWNER: SocketOwner = { uid: 0, gid: 0 };

/** The pod, with these rules; `tproxy` routes marked packets to it. */
export function labHost(ruleset: Ruleset, routing: 'default' | 'tproxy'): Host {
  return {
    ruleset,
    interfaces: [
      { name: 'lo', addresses: [address('127.0.0.1'), address('::1')] },
      { name: 'eth0', addresses: [POD[4], POD[6]], links: LINKS },
    ],
    routing: routing === 'tproxy' ? [{ mark: { value: 0x539, mask: 0xffffffff } }] : [],
    network: NOTHING_PASTED,
    listening: LISTENING,
    forwarding: false,
  };
}

/** Whether something listens on that TCP port, at the pod and at the peer. */
export function isListening(port: number | null): boolean {
  return port !== null && PORTS.includes(port);
}

function isOnLink(target: IpAddress): boolean {
  return LINKS.some((link) => contains(link, target));
}

/** Whether the peer takes a packet for that address as its own. */
export function isAnswered(target: IpAddress): boolean {
  if (isOnLink(target)) return PEER_ADDRESSES.includes(target.text);
  return ANSWERED.some((prefix) => contains(prefix, target));
}

/** Whether the peer's answer finds its way: on the link it knows the pod alone. */
export function isReachable(source: IpAddress): boolean {
  return source.text === POD[source.family].text;
}

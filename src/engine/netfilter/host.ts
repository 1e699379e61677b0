// The machine that packets walk through: its rules, addresses, routes and listening sockets.
import { isLoopback, type IpAddress, type Prefix } from '../../base/ip.ts';
import type { ListedSet } from '../../documents/ipset/ipset.ts';
import type { Masked } from '../../documents/iptables/match.ts';
import type { Ruleset } from '../../documents/iptables/ruleset.ts';
import type { Setting } from '../../documents/sysctl/setting.ts';
import type { Protocol } from '../packet/packet.ts';
import { isLocalByTable, sourceOnDevice, type Network } from './fib.ts';

export interface Interface {
  readonly name: string;
  /** The first of each family is the primary one: REDIRECT in PREROUTING sends to it. */
  readonly addresses: readonly IpAddress[];
  /** For each address the prefix of its link; left out when nothing tells how far they go. */
  readonly links?: readonly Prefix[];
}

/**
 * `ip rule add fwmark VALUE/MASK lookup TABLE`, with `ip route add local default dev lo table TABLE`: assumed where
 * neither was pasted.
 */
export interface LocalRouting {
  readonly mark: Masked;
}

export interface ListeningSocket {
  readonly protocol: Protocol;
  /** Null: every address. */
  readonly address: IpAddress | null;
  readonly port: number;
  /** IP_TRANSPARENT: takes packets for addresses that are not this host's. */
  readonly transparent: boolean;
}

export interface Host {
  readonly ruleset: Ruleset;
  /** `lo` and at least one more; the first that is not `lo` has the default route, unless one was pasted. */
  readonly interfaces: readonly Interface[];
  /** Looked up behind the local table and before the main one, unless the paste shows the rules. */
  readonly routing: readonly LocalRouting[];
  readonly network: Network;
  /** Those that were pasted; left out when none was. */
  readonly sets?: readonly ListedSet[];
  /** Null when nothing tells: then the socket that a TPROXY rule names is taken to be there. */
  readonly listening: readonly ListeningSocket[] | null;
  /** Whether it sends on what is not for it, where no pasted sysctl tells. */
  readonly forwarding: boolean;
  /** The sysctls that were pasted; left out when none was. */
  readonly settings?: readonly Setting[];
}

export const LOOPBACK = 'lo';

export const NOTHING_PASTED: Network = { policies: [], routes: [] };

/** Whether packets to that address stay here: one of the host's own, or 127.0.0.0/8. */
export function isLocal(host: Host, address: IpAddress): boolean {
  return (
    isLoopback(address) ||
    isLocalByTable(host.network, address) ||
    host.interfaces.some(({ addresses }) => addresses.some(({ text }) => text === address.text))
  );
}

/** The primary address of an interface in the family of `like`; undefined when it has none, or nothing tells. */
export function primaryAddress(host: Host, name: string, { family }: IpAddress): IpAddress | undefined {
  const found = host.interfaces.find((candidate) => candidate.name === name);
  if (!found) return sourceOnDevice(host.network, name, family);
  return found.addresses.find((address) => address.family === family);
}

/** Whether the addresses of an interface are known: a pasted route may name one that nothing else does. */
export function isListed({ interfaces }: Host, device: string): boolean {
  return interfaces.some(({ name }) => name === device);
}

export interface OwnAddress {
  readonly address: IpAddress;
  /** Null when nothing tells how far its link goes. */
  readonly link: Prefix | null;
}

/** The addresses of an interface in one family, in the kernel's order. */
export function ownAddresses({ addresses, links }: Interface, family: 4 | 6): readonly OwnAddress[] {
  return addresses.flatMap((address, i) =>
    address.family === family ? [{ address, link: links?.[i] ?? null }] : [],
  );
}

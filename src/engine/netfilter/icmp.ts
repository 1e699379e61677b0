// ICMP as connection tracking sees it: queries open an entry, their answers belong to it, errors to what they are about.
// Kernel: net/netfilter/nf_conntrack_proto_icmp.c (valid_new), nf_conntrack_proto_icmpv6.c (valid_new, noct_valid_new).
import type { IcmpMessage, Protocol } from '../packet/packet.ts';

type OfProtocol = { readonly protocol: Protocol };

const ECHO_REQUEST = { 4: 8, 6: 128 } as const;
const ECHO_REPLY = { 4: 0, 6: 129 } as const;

export const ECHO = {
  request: (family: 4 | 6): IcmpMessage => ({ type: ECHO_REQUEST[family], code: 0, about: null }),
  reply: (family: 4 | 6): IcmpMessage => ({ type: ECHO_REPLY[family], code: 0, about: null }),
} as const;

/** Echo, timestamp, information and address mask; for IPv6 echo and node information. */
const QUERIES = { icmp: new Set([8, 13, 15, 17]), icmpv6: new Set([128, 139]) } as const;

/** Multicast listeners and neighbour discovery. */
const UNTRACKED: ReadonlySet<number> = new Set([130, 131, 132, 133, 134, 135, 136, 137, 143]);

export function isQuery({ protocol }: OfProtocol, { type }: IcmpMessage): boolean {
  return protocol === 'icmp' ? QUERIES.icmp.has(type) : QUERIES.icmpv6.has(type);
}

export function isNeverTracked({ protocol }: OfProtocol, { type }: IcmpMessage): boolean {
  return protocol === 'icmpv6' && UNTRACKED.has(type);
}

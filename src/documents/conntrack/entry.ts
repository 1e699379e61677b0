// An entry of the kernel's connection table, as `conntrack -L` and /proc/net/nf_conntrack print it.
import type { IpAddress } from '../../base/ip.ts';
import type { Span } from '../../base/source.ts';

export interface ConntrackTuple {
  readonly source: IpAddress;
  readonly destination: IpAddress;
  /** Null for protocols without ports. */
  readonly sourcePort: number | null;
  readonly destinationPort: number | null;
  /** Packets seen this way; null without accounting (nf_conntrack_acct). */
  readonly packets: number | null;
}

export interface ConntrackEntry {
  readonly protocol: string;
  /** TCP's state; null for other protocols. */
  readonly state: string | null;
  readonly original: ConntrackTuple;
  /** What a reply looks like: where it differs from `original` turned round, NAT changed the connection. */
  readonly reply: ConntrackTuple;
  readonly unreplied: boolean;
  readonly assured: boolean;
  readonly mark: number | null;
  readonly zone: number | null;
  readonly span: Span;
}

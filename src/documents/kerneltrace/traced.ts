// What the kernel says of a traced packet: `nft monitor trace`, `xtables-monitor --trace`, `TRACE:` lines of its log.
import type { IpAddress } from '../../base/ip.ts';
import type { Span } from '../../base/source.ts';

export interface TracedPacket {
  readonly iif: string | null;
  readonly oif: string | null;
  readonly source: IpAddress | null;
  readonly destination: IpAddress | null;
  readonly sourcePort: number | null;
  readonly destinationPort: number | null;
  /** `SYN`, `ACK`, …; empty where the trace does not print them. */
  readonly flags: readonly string[];
  readonly mark: number | null;
}

export interface TracedStep {
  /** Told apart by it: steps of one packet have the same; '' in a log that has none. */
  readonly id: string;
  readonly family: string | null;
  readonly table: string;
  readonly chain: string;
  readonly event: 'packet' | 'rule' | 'return' | 'policy';
  /** The rule's number from 1, where the log prints it. */
  readonly number: number | null;
  /** The rule's handle, where the trace prints it. */
  readonly handle: number | null;
  /** The rule as the trace quotes it. */
  readonly rule: string | null;
  /** In lower case: `accept`, `continue`, `jump ISTIO_INBOUND`, `drop`; null where the log does not tell. */
  readonly verdict: string | null;
  /** The packet as it is before this step, where the line or one above it tells. */
  readonly packet: TracedPacket | null;
  readonly span: Span;
}

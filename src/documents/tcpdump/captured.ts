// A packet as tcpdump prints it.
import type { Span } from '../../base/source.ts';
import type { Endpoint } from '../endpoint.ts';

export interface CapturedPacket {
  readonly time: string | null;
  /** Only with `-i any`. */
  readonly networkInterface: string | null;
  readonly direction: 'in' | 'out' | null;
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** As tcpdump prints them between brackets: `S`, `S.`, `P.`; null for UDP and with -q. */
  readonly flags: string | null;
  /** What TOA wrote into an option of the SYN: the client behind a load balancer. */
  readonly addressOption: Endpoint | null;
  /** Of the payload, in bytes. */
  readonly length: number | null;
  readonly span: Span;
}

// A socket of a host, as `ss` and `netstat` list it.
import type { Span } from '../../base/source.ts';
import type { Endpoint } from '../endpoint.ts';

export interface ListedSocket {
  readonly protocol: 'tcp' | 'udp';
  /** The kernel's name, as netstat prints it: `ESTABLISHED`, `LISTEN`, `TIME_WAIT`; '' for an unconnected UDP socket. */
  readonly state: string;
  /** Null for any address (`*`, `0.0.0.0` and `[::]` are that). */
  readonly local: Endpoint | null;
  readonly localPort: number | null;
  /** Null for a listening socket. */
  readonly peer: Endpoint | null;
  readonly process: { readonly name: string; readonly pid: number | null } | null;
  readonly uid: number | null;
  readonly span: Span;
}

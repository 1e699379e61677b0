// Bytes of a PROXY protocol header that somebody dumped.
import type { Span } from '../../base/source.ts';

export interface DumpedHeader {
  /** From the first byte of the header on; what follows it in the dump is left in. */
  readonly bytes: Uint8Array;
  readonly version: 1 | 2;
  readonly span: Span;
}

// A set of the kernel, as `ipset save` and `ipset list` print it.
import type { Span } from '../../base/source.ts';

export interface ListedSet {
  readonly name: string;
  /** `hash:ip`, `hash:net,port`, … */
  readonly type: string;
  readonly family: 4 | 6;
  /** As printed, options left out: `10.0.0.0/8`, `10.0.0.1,tcp:80`. */
  readonly entries: readonly { readonly text: string; readonly span: Span }[];
  /** False where the paste leaves members out. */
  readonly complete: boolean;
  readonly span: Span;
}

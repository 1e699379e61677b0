// A set of the kernel, as `ipset save` and `ipset list` print it.
import type { Span } from '../../base/source.ts';

export interface ListedSet {
  readonly name: string;
  /** `hash:ip`, `hash:net,port`, … */
  readonly type: string;
  readonly family: 4 | 6;
  /** As printed, options left out: `10.0.0.0/8`, `10.0.0.1,tcp:80`. */
  readonly entries: readonly SetEntry[];
  /** False where the paste leaves members out. */
  readonly complete: boolean;
  readonly span: Span;
}

export interface SetEntry {
  readonly text: string;
  /** Excepts what it covers from the set. */
  readonly nomatch?: boolean;
  readonly span: Span;
}

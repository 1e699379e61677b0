// Which hops of a trace belong to the lap that a loop repeats, for the timeline and the lists.
import type { Hop, Trace } from '../engine/trace/trace.ts';

export type LapPart = 'first' | 'inside' | 'last';

/** Undefined outside of a lap. */
export function lapPart({ lap }: Trace, { n }: Hop): LapPart | undefined {
  if (!lap || n < lap.from || n > lap.to) return undefined;
  if (n === lap.from) return 'first';
  return n === lap.to ? 'last' : 'inside';
}

// Where to go on a trace: the next hop, the hop before, the next change of the source, the hop that answers.
import type { Trace } from '../engine/trace/trace.ts';
import { decidingHop } from '../graph/answer.ts';

/** The hop `distance` away from `hop`, held within the trace; the first hop when none is selected. */
export function stepBy(trace: Trace, hop: number | null, distance: number): number | null {
  const last = trace.hops.at(-1)?.n ?? null;
  if (last === null || hop === null) return trace.hops[0]?.n ?? null;
  return Math.max(1, Math.min(last, hop + distance));
}

/** The next hop after `hop` that changes the source address, round to the first one again; null when none does. */
export function nextSourceChange(trace: Trace, hop: number | null): number | null {
  const hops = trace.sourceChanges.map((change) => change.hop);
  return hops.find((n) => n > (hop ?? 0)) ?? hops[0] ?? null;
}

/** Where the reader starts: the hop that proves the answer, else the end of the request. */
export function keyHop(trace: Trace): number | null {
  const end = trace.hops.findLast((hop) => hop.packet === 'request') ?? trace.hops.at(-1);
  return decidingHop(trace)?.n ?? end?.n ?? null;
}

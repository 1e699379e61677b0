// Where to go on a trace: the next hop, the hop before, the next change of the source, the hop that answers.
import type { Scenario } from '../engine/scenario.ts';
import type { Hop, Trace } from '../engine/trace/trace.ts';
import { decidingHop } from '../graph/answer.ts';
import { hostOf } from '../graph/sources.ts';

/** The hop `distance` away from `hop`, held within the trace; the first hop when none is selected. */
export function stepBy(trace: Trace, hop: number | null, distance: number): number | null {
  const last = trace.hops.at(-1)?.n ?? null;
  if (last === null || hop === null) return trace.hops[0]?.n ?? null;
  return Math.max(1, Math.min(last, hop + distance));
}

/** Whether a hop gives the packet another source: another address, or, of a request, another port of a new connection. */
export function isSourceStop({ packet, before, after }: Hop): boolean {
  return packet === 'request' ? before.src !== after.src : hostOf(before.src) !== hostOf(after.src);
}

/** The next hop after `hop` that changes the source, round to the first one again; null when none does. */
export function nextSourceChange(trace: Trace, hop: number | null): number | null {
  const stops = trace.hops.filter(isSourceStop).map(({ n }) => n);
  return stops.find((n) => n > (hop ?? 0)) ?? stops[0] ?? null;
}

/** Where the reader starts: the hop that proves the answer, else the end of the request. */
export function keyHop(trace: Trace): number | null {
  const end = trace.hops.findLast((hop) => hop.packet === 'request') ?? trace.hops.at(-1);
  return decidingHop(trace)?.n ?? end?.n ?? null;
}

/** The position of the pod whose paste proves a hop; where none does, of the pod it happens in. */
export function podOfHop(scenario: Scenario, trace: Trace, n: number | null): number | null {
  const hop = trace.hops.find((each) => each.n === n);
  const evidence = hop?.evidence.find(({ supplied }) => !supplied);
  const name = evidence?.pod ?? hop?.pod;
  const at = scenario.pods.findIndex((pod) => pod.name === name);
  return at < 0 ? null : at;
}

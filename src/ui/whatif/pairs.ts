// Two traces -> their hops side by side: what happens in the same place stands in the same row.
import { align } from '../../engine/compare/align.ts';
import type { Hop, Trace } from '../../engine/trace/trace.ts';

export interface Pair {
  readonly before: Hop | null;
  readonly after: Hop | null;
}

/** Where a hop happens and what it is about, without what becomes of the packet there. Pods are told apart by `podName`. */
function placeOf(
  { pod, place, hook, chain, packet, event }: Hop,
  podName: (pod: string | null) => string,
): string {
  const about = event.code.startsWith('envoy.listener-filter.') ? event.code : family(event.code);
  return [podName(pod), place, hook, chain, packet, place === 'kernel' ? '' : about].join(' ');
}

/** `envoy.source.kernel` and `envoy.source.original-src` are about the same. */
function family(code: string): string {
  return code.split('.').slice(0, 2).join('.');
}

/** The hops of both in order; a place that only one of them passes stands alone in its row. */
export function pairsOf(
  before: Trace,
  after: Trace,
  podName: (pod: string | null) => string = (pod) => pod ?? '',
): readonly Pair[] {
  const name = (hop: Hop) => placeOf(hop, podName);
  return align(before.hops, after.hops, name).map(({ a, b }) => ({ before: a, after: b }));
}

/** Whether the two ways part in this row. */
export function differs({ before, after }: Pair): boolean {
  if (!before || !after) return true;
  return (
    before.after.src !== after.after.src ||
    before.after.dst !== after.after.dst ||
    before.verdict !== after.verdict
  );
}

/** The position of the first row in which they part; -1 when they never do. */
export function firstDifference(pairs: readonly Pair[]): number {
  return pairs.findIndex(differs);
}

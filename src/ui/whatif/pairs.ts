// Two traces -> their hops side by side: what happens in the same place stands in the same row.
import type { Hop, Trace } from '../../engine/trace/trace.ts';

export interface Pair {
  readonly before: Hop | null;
  readonly after: Hop | null;
}

/** Where a hop happens and what it is about, without what becomes of the packet there. */
function placeOf({ pod, place, hook, chain, packet, event }: Hop): string {
  return [
    pod,
    place,
    hook,
    chain,
    packet,
    place === 'kernel' ? '' : event.code.split('.').slice(0, 2).join('.'),
  ].join(' ');
}

function isSame(a: Hop, b: Hop): boolean {
  return placeOf(a) === placeOf(b);
}

/** The lengths of the longest common runs of what is left, from each pair of places on (LCS). */
function lengthsOf(a: readonly Hop[], b: readonly Hop[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let k = b.length - 1; k >= 0; k -= 1) {
      const row = lengths[i];
      const [left, right] = [a[i], b[k]];
      if (!row || !left || !right) continue;
      row[k] = isSame(left, right)
        ? 1 + (lengths[i + 1]?.[k + 1] ?? 0)
        : Math.max(lengths[i + 1]?.[k] ?? 0, row[k + 1] ?? 0);
    }
  return lengths;
}

/** The hops of both in order; a place that only one of them passes stands alone in its row. */
export function pairsOf({ hops: a }: Trace, { hops: b }: Trace): readonly Pair[] {
  const lengths = lengthsOf(a, b);
  const pairs: Pair[] = [];
  let [i, k] = [0, 0];
  while (i < a.length || k < b.length) {
    const [left, right] = [a[i] ?? null, b[k] ?? null];
    if (left && right && isSame(left, right)) {
      pairs.push({ before: left, after: right });
      i += 1;
      k += 1;
    } else if (left && (!right || (lengths[i + 1]?.[k] ?? 0) >= (lengths[i]?.[k + 1] ?? 0))) {
      pairs.push({ before: left, after: null });
      i += 1;
    } else {
      pairs.push({ before: null, after: right });
      k += 1;
    }
  }
  return pairs;
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

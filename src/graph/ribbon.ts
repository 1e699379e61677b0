// A node's rows -> the stretches of its ribbon: which source address the packet bears from where to where.
import { rowCentre } from './measure.ts';
import type { Node } from './node.ts';

/** Pixels from the top of the box; `source` is a position in the list of source addresses. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly source: number;
}

/** From the top of the box to its end without a gap; a new stretch begins exactly where the address is another. */
export function ribbonOf({ rows, height }: Pick<Node, 'rows' | 'height'>): readonly Stretch[] {
  const changes = rows.flatMap((row) => [
    { at: row.y, source: row.sourceBefore },
    { at: rowCentre(row), source: row.sourceAfter },
  ]);
  const stretches: Stretch[] = [];
  for (const { at, source } of changes) {
    const last = stretches.at(-1);
    if (last?.source === source) continue;
    if (last) stretches[stretches.length - 1] = { ...last, to: at };
    stretches.push({ from: last ? at : 0, to: height, source });
  }
  return stretches;
}

// Visits -> cells of a grid. Columns are lanes: the network in the middle, then kernel, proxy and application,
// pods on alternating sides so that two of them face each other. Rows only grow: a packet that turns back
// towards the network starts a new row, which folds one pod into a U (in on top, out below).
import type { Visit } from './visits.ts';

/** -3 to 3: 0 is the network, 1 to 3 are kernel, proxy and application to its right, -1 to -3 to its left. */
export type Column = number;

export interface Cell {
  readonly row: number;
  readonly column: Column;
  /** The last column it takes: a folded pod lies across all lanes of its side. */
  readonly to: Column;
}

/** A pod that is nowhere open has no side: folded, it stands where the network is. */
const DEPTH: Record<Visit['place'], number> = { network: 0, pod: 0, kernel: 1, proxy: 2, app: 3 };

function sidesOf(visits: readonly Visit[]): ReadonlyMap<string | null, 1 | -1> {
  const pods = [...new Set(visits.filter((visit) => DEPTH[visit.place] > 0).map((visit) => visit.pod))];
  const startsInPod = DEPTH[visits[0]?.place ?? 'network'] > 0;
  const first = pods.length > 1 && startsInPod ? -1 : 1;
  return new Map(pods.map((pod, i) => [pod, i % 2 === 0 ? first : first === 1 ? -1 : 1]));
}

function columnsBetween(from: Column, to: Column): readonly Column[] {
  const step = Math.sign(to - from);
  return Array.from({ length: Math.abs(to - from) }, (_, i) => from + step * (i + 1));
}

type Span = Omit<Cell, 'row'>;

/** The columns a visit takes. */
function spanOf(visit: Visit, visits: readonly Visit[], sides: ReadonlyMap<string | null, 1 | -1>): Span {
  const side = sides.get(visit.pod);
  if (visit.place !== 'pod') {
    const column = DEPTH[visit.place] * (side ?? 1) + 0;
    return { column, to: column };
  }
  const depths = visits
    .filter(({ pod, place }) => side !== undefined && sides.get(pod) === side && DEPTH[place] > 0)
    .map(({ place }) => DEPTH[place]);
  if (side === undefined || depths.length === 0) return { column: 0, to: 0 };
  return { column: side * Math.min(...depths), to: side * Math.max(...depths) };
}

/** One cell for each visit. No two visits share a cell, and a straight line along a row meets no other visit. */
export function cellsOf(visits: readonly Visit[]): readonly Cell[] {
  const sides = sidesOf(visits);
  const used = new Set<string>();
  const cells: Cell[] = [];
  for (const visit of visits) cells.push(nextCell(cells.at(-1), spanOf(visit, visits, sides), used));
  return cells;
}

function nextCell(last: Cell | undefined, { column, to }: Span, used: Set<string>): Cell {
  const taken = [column, ...columnsBetween(column, to)];
  const way = last ? columnsBetween(last.column, column) : [];
  const straight =
    last !== undefined &&
    way.length > 0 &&
    [...way, ...taken].every((each) => !used.has(`${last.row}:${each}`));
  const row = last === undefined ? 0 : straight ? last.row : last.row + 1;
  for (const each of straight ? [...way, ...taken] : taken) used.add(`${row}:${each}`);
  return { row, column, to };
}

// Trace -> the picture as plain data: boxes with coordinates, pod frames, lanes, lines. It draws nothing that is
// not in the trace, and knows nothing of the library that paints it.
import type { Place, Trace } from '../engine/trace/trace.ts';
import { cellsOf } from './cells.ts';
import { foldedVisits } from './folds.ts';
import { framesOf, type Frame } from './frames.ts';
import { gridOf, type Grid } from './grid.ts';
import { linesOf, LOOP_ROOM, type Line } from './lines.ts';
import { boxOf } from './measure.ts';
import type { FutureNode, Node } from './node.ts';
import { sourcesOf } from './sources.ts';

export interface Lane {
  readonly place: Place;
  readonly x: number;
  readonly width: number;
}

export interface Graph {
  readonly sources: readonly string[];
  readonly nodes: readonly Node[];
  readonly futures: readonly FutureNode[];
  readonly frames: readonly Frame[];
  readonly lanes: readonly Lane[];
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

const FUTURE = { width: 290, height: 92, gap: 24, drop: 64 };
const NO_ROOM = { right: 0, below: 0 };
const PLACES: readonly Place[] = ['network', 'kernel', 'proxy', 'app'];

/** What a reader opened and closed in the picture: hops whose passed rules are listed, stays that are folded. */
export interface Shown {
  readonly open?: ReadonlySet<number>;
  readonly folds?: ReadonlySet<string>;
}

const NONE = new Set<never>();

export function toGraph(trace: Trace, { open = NONE, folds = NONE }: Shown = {}): Graph {
  const sources = sourcesOf(trace);
  const visits = foldedVisits(trace, folds);
  const looks = { sources, open, last: trace.hops.at(-1)?.n ?? 0, longest: longestEndpoint(trace) };
  const boxes = visits.map((visit) => boxOf(visit, looks));
  const cells = cellsOf(visits);
  const grid = gridOf(cells, visits, boxes, looks.longest);
  const nodes = visits.flatMap((visit, i) => {
    const box = boxes[i];
    const cell = cells[i];
    return box && cell ? [{ ...box, visit, cell, ...grid.at(cell) }] : [];
  });
  const futures = futuresOf(nodes);
  const lines = linesOf({ trace, nodes, futures, sources, grid });
  return {
    sources,
    nodes,
    futures,
    frames: framesOf(nodes),
    lanes: lanesOf(grid),
    lines,
    ...sizeOf(grid, futures, lines),
  };
}

function longestEndpoint({ hops }: Trace): number {
  return Math.max(0, ...hops.map(({ after }) => Math.max(after.src.length, after.dst.length)));
}

function lanesOf(grid: Grid): readonly Lane[] {
  return grid.columns.flatMap(({ column, x, width }) => {
    const place = PLACES[Math.abs(column)];
    return place ? [{ place, x, width }] : [];
  });
}

/** The futures of the last hop, side by side below its box. */
function futuresOf(nodes: readonly Node[]): readonly FutureNode[] {
  const node = nodes.at(-1);
  const hop = node?.visit.hops.at(-1);
  if (!node || !hop) return [];
  return hop.futures.map((future, i) => ({
    future,
    hop: hop.n,
    x: node.x + i * (FUTURE.width + FUTURE.gap),
    y: node.y + node.height + FUTURE.drop,
    width: FUTURE.width,
    height: FUTURE.height,
  }));
}

function sizeOf(
  grid: Grid,
  futures: readonly FutureNode[],
  lines: readonly Line[],
): { width: number; height: number } {
  const loop = lines.some((line) => line.kind === 'loop') ? LOOP_ROOM : NO_ROOM;
  return {
    width: Math.max(
      grid.width + loop.right,
      ...futures.map((future) => future.x + future.width + FUTURE.gap),
    ),
    height: Math.max(
      grid.height + loop.below,
      ...futures.map((future) => future.y + future.height + FUTURE.gap),
    ),
  };
}

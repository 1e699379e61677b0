// Nodes -> the lines between them, bent at right angles in the free room between columns and rows, so that no line
// runs through a box. A line carries the source address the packet bears on it, and the cut where a proxy ends
// one connection and opens another.
import type { Lap, Trace } from '../engine/trace/trace.ts';
import { COLUMN_GAP, CUT_LABEL, type Grid } from './grid.ts';
import { HEADER_HEIGHT, RIBBON_X, rowCentre } from './measure.ts';
import type { FutureNode, Node, Point } from './node.ts';
import { hostOf } from './sources.ts';
import { firstHop, lastHop } from './visits.ts';

/** Where two connections meet without touching, and the hop that chose the new source. */
export interface Cut {
  readonly hop: number;
  readonly at: Point;
  /** The top left corner of the sentence at the cut: below the proxy's box, where nothing else is. */
  readonly label: Point;
  /** Which way the bar stands: across a line that runs down, or across one that runs sideways. */
  readonly across: 'vertical' | 'horizontal';
}

export interface Line {
  readonly id: string;
  readonly kind: 'path' | 'loop' | 'future';
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
  /** Position in the list of source addresses. */
  readonly source: number;
  readonly reply: boolean;
  readonly cut: Cut | null;
  /** Of the line that closes a loop: the hops of the lap, and where the sentence about it stands. */
  readonly lap?: Lap & { readonly label: Point };
}

function bottomOf(node: Node): Point {
  return { x: node.x + RIBBON_X, y: node.y + node.height };
}

/** Along a row: out at the height of the last hop, in at the height of the title. */
function alongRow(from: Node, to: Node): readonly Point[] {
  const right = to.x > from.x;
  const row = from.rows.at(-1);
  const out = { x: right ? from.x + from.width : from.x, y: from.y + (row ? rowCentre(row) : 0) };
  const into = { x: right ? to.x : to.x + to.width, y: to.y + HEADER_HEIGHT / 2 };
  const bend = out.x + ((right ? 1 : -1) * COLUMN_GAP) / 2;
  return [out, { x: bend, y: out.y }, { x: bend, y: into.y }, into];
}

/** To a later row: down, through the room above that row, and in at the top. */
function toNextRow(from: Node, to: Point, above: number): readonly Point[] {
  const out = bottomOf(from);
  const into = { x: to.x + RIBBON_X, y: to.y };
  const bend = into.y - above;
  return [out, { x: out.x, y: bend }, { x: into.x, y: bend }, into];
}

/** Room that the line which closes a loop takes: to the right of all boxes, and below them with its two labels. */
export const LOOP_ROOM = { right: 36, below: 2 * CUT_LABEL.height + 14 };

/** Back to an earlier box: below all boxes, up to their right, and in at the top beside the line that leads on. */
function backUp(from: Node, to: Node, { width, height, lineAbove }: Drawn['grid']): readonly Point[] {
  const out = bottomOf(from);
  const below = height + CUT_LABEL.height;
  const right = width + LOOP_ROOM.right / 2;
  const into = { x: to.x + to.width / 2, y: to.y };
  const bend = into.y - lineAbove(to.cell.row) + 10;
  return [
    out,
    { x: out.x, y: below },
    { x: right, y: below },
    { x: right, y: bend },
    { x: into.x, y: bend },
    into,
  ];
}

function cutOf(trace: Trace, from: Node, to: Node, points: readonly Point[]): Cut | null {
  const ends = lastHop(from.visit);
  if (from.visit.place !== 'proxy' || firstHop(from.visit).connection === firstHop(to.visit).connection)
    return null;
  const change = trace.sourceChanges.find(
    (change) => change.kind === 'reconnect' && from.visit.hops.some((hop) => hop.n === change.hop),
  );
  const at = points[0] ?? bottomOf(from);
  const across = from.cell.row === to.cell.row ? 'vertical' : 'horizontal';
  const bottom = bottomOf(from);
  return { hop: change?.hop ?? ends.n, at, label: { x: bottom.x + 16, y: bottom.y + 4 }, across };
}

function pathLine({ trace, sources, grid }: Drawn, from: Node, to: Node): Line {
  const points =
    from.cell.row === to.cell.row ? alongRow(from, to) : toNextRow(from, to, grid.lineAbove(to.cell.row));
  const hop = firstHop(to.visit);
  return {
    id: `${from.visit.id}-${to.visit.id}`,
    kind: 'path',
    from: from.visit.id,
    to: to.visit.id,
    points,
    source: sources.indexOf(hostOf(hop.before.src)),
    reply: hop.packet === 'reply',
    cut: cutOf(trace, from, to, points),
  };
}

/** What all lines are drawn by. */
export interface Drawn {
  readonly trace: Trace;
  readonly nodes: readonly Node[];
  readonly futures: readonly FutureNode[];
  readonly sources: readonly string[];
  readonly grid: Pick<Grid, 'lineAbove' | 'width' | 'height'>;
}

/** The line that closes a loop: from the last hop to the box that holds the first one of the lap. */
function loopLine({ trace: { lap }, nodes, sources, grid }: Drawn): Line | null {
  const last = nodes.at(-1);
  const target = nodes.find(({ visit }) => visit.hops.some(({ n }) => n === lap?.from));
  if (!lap || !last || !target) return null;
  const points = backUp(last, target, grid);
  const [at = bottomOf(last), turn = at] = points;
  return {
    id: `loop-${last.visit.id}`,
    kind: 'loop',
    from: last.visit.id,
    to: target.visit.id,
    points,
    source: sources.indexOf(hostOf(lastHop(last.visit).after.src)),
    reply: false,
    cut: { hop: lap.to, at, label: { x: at.x + 16, y: at.y + 4 }, across: 'horizontal' },
    lap: { ...lap, label: { x: turn.x, y: turn.y + 6 } },
  };
}

/** How far above the boxes of the futures the lines to them run. */
const FUTURE_LINE = 46;

function futureLine(node: Node, future: FutureNode, i: number, sources: readonly string[]): Line {
  return {
    id: `future-${i}`,
    kind: 'future',
    from: node.visit.id,
    to: futureId(future),
    points: toNextRow(node, future, FUTURE_LINE),
    source: sources.indexOf(hostOf(lastHop(node.visit).before.src)),
    reply: false,
    cut: null,
  };
}

export function futureId(future: FutureNode): string {
  return `future-${future.hop}-${future.future.assumption}`;
}

export function linesOf(drawn: Drawn): readonly Line[] {
  const { nodes, futures, sources } = drawn;
  const path = nodes.slice(1).flatMap((to, i) => {
    const from = nodes[i];
    return from ? [pathLine(drawn, from, to)] : [];
  });
  const loop = loopLine(drawn);
  const last = nodes.at(-1);
  const ahead = last ? futures.map((future, i) => futureLine(last, future, i, sources)) : [];
  return [...path, ...(loop ? [loop] : []), ...ahead];
}

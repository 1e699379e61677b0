// The way the packet takes on the canvas from one hop to the next: down the ribbon of a box, along the line between two.
import type { Graph } from './graph.ts';
import { HEADER_HEIGHT, RIBBON_X, rowCentre } from './measure.ts';
import type { Node, Point } from './node.ts';

interface Stand {
  readonly node: Node;
  readonly point: Point;
}

function standOf(graph: Graph, n: number): Stand | null {
  for (const node of graph.nodes) {
    if (!node.visit.hops.some((hop) => hop.n === n)) continue;
    const row = node.rows.findLast(({ hop }) => hop.n <= n);
    return { node, point: { x: node.x + RIBBON_X, y: node.y + (row ? rowCentre(row) : HEADER_HEIGHT / 2) } };
  }
  return null;
}

/** Where the packet rests at a hop, or null when the hop is not in the picture. */
export function packetAt(graph: Graph, n: number): Point | null {
  return standOf(graph, n)?.point ?? null;
}

/** The corners of the way from one hop to another; only the two ends when no line joins their boxes. */
export function packetWay(graph: Graph, from: number, to: number): readonly Point[] {
  const start = standOf(graph, from);
  const end = standOf(graph, to);
  if (!start || !end) return end ? [end.point] : [];
  if (start.node === end.node) return [start.point, end.point];
  const forth = lineBetween(graph, start.node, end.node);
  const back = lineBetween(graph, end.node, start.node);
  return [start.point, ...(forth ?? (back ?? []).toReversed()), end.point];
}

function lineBetween(graph: Graph, from: Node, to: Node): readonly Point[] | undefined {
  return graph.lines.find((line) => line.from === from.visit.id && line.to === to.visit.id)?.points;
}

/** `count` + 1 points at equal distances along a way, both ends included: the key frames of its animation. */
export function sampled(way: readonly Point[], count: number): readonly Point[] {
  const lengths = way.slice(1).map((point, i) => distance(way[i] ?? point, point));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return Array.from({ length: count + 1 }, (_, i) => pointAlong(way, lengths, (total * i) / count));
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

function pointAlong(way: readonly Point[], lengths: readonly number[], along: number): Point {
  let rest = along;
  for (const [i, length] of lengths.entries()) {
    const from = way[i];
    const to = way[i + 1];
    if (from && to && rest <= length) {
      const share = length === 0 ? 0 : rest / length;
      return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
    }
    rest -= length;
  }
  return way.at(-1) ?? { x: 0, y: 0 };
}

// Graph and hop -> what is worth looking at, from the whole journey down to the hop's own box: the screen shows the first
// that can be read at its size.
import type { Graph } from './graph.ts';
import type { Node, Point } from './node.ts';

export interface Sight extends Point {
  readonly width: number;
  readonly height: number;
}

function around(boxes: readonly Sight[]): Sight {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

/** The names of the lanes stand above the first row; what begins there is seen with them. */
const FIRST_ROW = 66;

function withLanes(sight: Sight): Sight {
  return sight.y < FIRST_ROW ? { ...sight, y: 0, height: sight.height + sight.y } : sight;
}

function contains(frame: Sight, node: Node): boolean {
  return (
    node.x >= frame.x &&
    node.y >= frame.y &&
    node.x + node.width <= frame.x + frame.width &&
    node.y + node.height <= frame.y + frame.height
  );
}

/** In pixels at zoom 1. The way to a hop counts for more than the way on: boxes before it stay longest. */
export function sightsOf(graph: Graph, hop: number | null): readonly Sight[] {
  const { nodes, width, height } = graph;
  const whole = { x: 0, y: 0, width, height };
  const at = nodes.findIndex(({ visit }) => visit.hops.some(({ n }) => n === hop));
  const node = nodes[at];
  if (!node) return [whole];
  const near = (before: number, after: number) =>
    around(nodes.slice(Math.max(0, at - before), at + after + 1));
  const frame = graph.frames.find((each) => contains(each, node));
  const futures = node === nodes.at(-1) ? [around([node, ...graph.futures])] : [];
  return [
    whole,
    ...(frame ? [withLanes(around([frame, ...neighboursOf(nodes, frame)])), withLanes(frame)] : []),
    ...futures,
    near(2, 1),
    near(1, 1),
    near(1, 0),
    near(0, 0),
  ];
}

/** The boxes from which the packet enters a frame, and to which it leaves. */
function neighboursOf(nodes: readonly Node[], frame: Sight): readonly Node[] {
  return nodes.filter((node, i) => {
    const next = nodes[i + 1];
    const before = nodes[i - 1];
    const leads = (next && contains(frame, next)) ?? false;
    return !contains(frame, node) && (leads || (before !== undefined && contains(frame, before)));
  });
}

// Graph -> nodes and edges as React Flow wants them: ids, positions, sizes. Order and depth only.
import { Position, type Edge, type Node as LibraryNode, type NodeHandle } from '@xyflow/react';
import type { Frame } from '../../graph/frames.ts';
import type { Graph, Lane } from '../../graph/graph.ts';
import { futureId, type Line } from '../../graph/lines.ts';
import type { FutureNode, Node } from '../../graph/node.ts';

export type PlaceFlowNode = LibraryNode<{ readonly node: Node }, 'place'>;
export type FrameFlowNode = LibraryNode<{ readonly frame: Frame }, 'frame'>;
export type LaneFlowNode = LibraryNode<{ readonly lane: Lane }, 'lane'>;
export type FutureFlowNode = LibraryNode<{ readonly node: FutureNode }, 'future'>;
export type FlowNode = PlaceFlowNode | FrameFlowNode | LaneFlowNode | FutureFlowNode;
export type FlowEdge = Edge<{ readonly line: Line }, 'ribbon'>;

/** The library lets clicks through nodes that it does not handle itself; the rows of these do. */
const CLICKABLE = { style: { pointerEvents: 'all' } } as const;

/** Lines know their own corners; the library wants to know only that a box has ends for them. */
const ENDS: NodeHandle[] = [
  { type: 'target', position: Position.Left, x: 0, y: 0 },
  { type: 'source', position: Position.Right, x: 0, y: 0 },
];

/** Place and size as the graph has them: the library need measure no box, and draws boxes and lines in one go. */
function placed({ x, y, width, height }: { x: number; y: number; width: number; height: number }) {
  return { position: { x, y }, width, height, measured: { width, height }, handles: ENDS };
}

export function nodesOf(graph: Graph): FlowNode[] {
  return [
    ...graph.lanes.map((lane): LaneFlowNode => {
      const box = { x: lane.x - 12, y: 0, width: lane.width + 24, height: graph.height };
      return { id: `lane-${lane.x}`, type: 'lane', data: { lane }, ...placed(box), zIndex: -3 };
    }),
    ...graph.frames.map((frame): FrameFlowNode => ({
      id: frame.id,
      type: 'frame',
      data: { frame },
      ...placed(frame),
      zIndex: -2,
    })),
    ...graph.nodes.map((node): PlaceFlowNode => ({
      id: node.visit.id,
      type: 'place',
      data: { node },
      ...placed(node),
      ...CLICKABLE,
      zIndex: 1,
    })),
    ...graph.futures.map((node): FutureFlowNode => ({
      id: futureId(node),
      type: 'future',
      data: { node },
      ...placed(node),
      zIndex: 1,
    })),
  ];
}

export function edgesOf(graph: Graph): FlowEdge[] {
  return graph.lines.map((line) => ({
    id: line.id,
    type: 'ribbon',
    source: line.from,
    target: line.to,
    data: { line },
    zIndex: 0,
  }));
}

// Graph -> nodes and edges as React Flow wants them: ids, positions, sizes. Order and depth only.
import type { Edge, Node as LibraryNode } from '@xyflow/react';
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

function placed(box: { x: number; y: number; width: number; height: number }) {
  return { position: { x: box.x, y: box.y }, width: box.width, height: box.height };
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

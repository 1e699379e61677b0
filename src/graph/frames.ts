// Nodes -> pod frames: one rounded frame around each uninterrupted, unfolded stay of the packet in a pod.
import { staysOf } from './folds.ts';
import type { Node } from './node.ts';
import { beginsFrame, isInside } from './visits.ts';

export interface Frame {
  readonly id: string;
  readonly pod: string | null;
  /** The stays inside it that can be folded; one of a single box cannot. */
  readonly stays: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const PADDING = { side: 18, top: 24, bottom: 18 };

function framed(nodes: readonly Node[]): readonly (readonly Node[])[] {
  const stays: Node[][] = [];
  nodes.forEach((node, i) => {
    if (beginsFrame(node.visit, nodes[i - 1]?.visit)) stays.push([node]);
    else if (isInside(node.visit)) stays.at(-1)?.push(node);
  });
  return stays;
}

export function framesOf(nodes: readonly Node[]): readonly Frame[] {
  return framed(nodes).map((stay) => {
    const left = Math.min(...stay.map((node) => node.x)) - PADDING.side;
    const top = Math.min(...stay.map((node) => node.y)) - PADDING.top;
    const right = Math.max(...stay.map((node) => node.x + node.width)) + PADDING.side;
    const bottom = Math.max(...stay.map((node) => node.y + node.height)) + PADDING.bottom;
    return {
      id: `frame-${stay[0]?.visit.id ?? ''}`,
      pod: stay[0]?.visit.pod ?? null,
      stays: staysOf(stay.map(({ visit }) => visit))
        .filter(({ visits }) => visits.length > 1)
        .map(({ id }) => id),
      x: left,
      y: top,
      width: right - left,
      height: bottom - top,
    };
  });
}

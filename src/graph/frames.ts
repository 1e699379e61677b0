// Nodes -> pod frames: one rounded frame around each uninterrupted stay of the packet in a pod.
import type { Node } from './node.ts';

export interface Frame {
  readonly id: string;
  readonly pod: string | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const PADDING = { side: 18, top: 24, bottom: 18 };

function staysOf(nodes: readonly Node[]): readonly (readonly Node[])[] {
  const stays: Node[][] = [];
  let last: Node | null = null;
  for (const node of nodes) {
    if (node.visit.place !== 'network') {
      const same = last !== null && last.visit.place !== 'network' && last.visit.pod === node.visit.pod;
      if (same) stays.at(-1)?.push(node);
      else stays.push([node]);
    }
    last = node;
  }
  return stays;
}

export function framesOf(nodes: readonly Node[]): readonly Frame[] {
  return staysOf(nodes).map((stay) => {
    const left = Math.min(...stay.map((node) => node.x)) - PADDING.side;
    const top = Math.min(...stay.map((node) => node.y)) - PADDING.top;
    const right = Math.max(...stay.map((node) => node.x + node.width)) + PADDING.side;
    const bottom = Math.max(...stay.map((node) => node.y + node.height)) + PADDING.bottom;
    return {
      id: `frame-${stay[0]?.visit.id ?? ''}`,
      pod: stay[0]?.visit.pod ?? null,
      x: left,
      y: top,
      width: right - left,
      height: bottom - top,
    };
  });
}

// Where the small map of the journey may stand: in a corner of the canvas where it covers no box.
import type { Viewport } from '@xyflow/react';
import type { Sight } from '../../graph/sights.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** In the order of preference. */
export const CORNERS = ['bottom-right', 'bottom-left', 'top-right', 'top-left'] as const;
export type Corner = (typeof CORNERS)[number];

/** Pixels that the map takes of a corner, its margin included; the style sheet uses the same numbers. */
const MAP: Size = { width: 150, height: 134 };

/** Whether all of a graph of this size is in sight; a pixel more or less is nobody's loss. */
export function isWhole({ x, y, zoom }: Viewport, graph: Size, room: Size): boolean {
  return (
    x >= -1 &&
    y >= -1 &&
    x + graph.width * zoom <= room.width + 1 &&
    y + graph.height * zoom <= room.height + 1
  );
}

function covers(corner: Corner, { x, y, zoom }: Viewport, room: Size, box: Sight): boolean {
  const left = corner.endsWith('left') ? 0 : room.width - MAP.width;
  const top = corner.startsWith('top') ? 0 : room.height - MAP.height;
  return (
    box.x * zoom + x < left + MAP.width &&
    (box.x + box.width) * zoom + x > left &&
    box.y * zoom + y < top + MAP.height &&
    (box.y + box.height) * zoom + y > top
  );
}

/** A corner with no box in it; null when there is none. */
export function freeCorner(boxes: readonly Sight[], viewport: Viewport, room: Size): Corner | null {
  return CORNERS.find((corner) => !boxes.some((box) => covers(corner, viewport, room, box))) ?? null;
}

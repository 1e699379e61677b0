// Where the small map of the journey may stand: in a corner of the canvas where it covers no box and no lane's name.
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

/** Whether the middle of a box is out of sight; a box cut at an edge is found without a map. */
export function hidesABox(boxes: readonly Sight[], { x, y, zoom }: Viewport, room: Size): boolean {
  return boxes.some((box) => {
    const across = (box.x + box.width / 2) * zoom + x;
    const down = (box.y + box.height / 2) * zoom + y;
    return across < 0 || across > room.width || down < 0 || down > room.height;
  });
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

// What the picture is made of: boxes with their place on the canvas. Pixels at zoom 1, from the top left corner.
import type { Future } from '../engine/trace/trace.ts';
import type { Cell } from './cells.ts';
import type { Box } from './measure.ts';
import type { Visit } from './visits.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A visit of the packet: a kernel, a proxy, an application or a network leg. */
export interface Node extends Box, Point {
  readonly visit: Visit;
  readonly cell: Cell;
}

/** One of the two ways on from a hop that could not be decided. */
export interface FutureNode extends Point {
  readonly future: Future;
  readonly hop: number;
  readonly width: number;
  readonly height: number;
}

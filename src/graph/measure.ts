// Visits -> rows and boxes with sizes in pixels at zoom 1. The screen's style sheet uses the same numbers.
import type { Hop, Place } from '../engine/trace/trace.ts';
import { hostOf } from './sources.ts';
import type { Visit } from './visits.ts';

export const HEADER_HEIGHT = 28;
export const ADDRESS_HEIGHT = 38;
export const ROW_HEIGHT = 22;
export const LINE_HEIGHT = 18;
const BOTTOM = 6;
/** Where the ribbon runs inside a box, from its left edge to the middle of the ribbon. */
export const RIBBON_X = 8;
/** How many passed rules an opened row lists; the inspector has the rest. */
export const LISTED_PASSED = 8;

const WIDTH: Record<Place, number> = { network: 164, kernel: 248, proxy: 240, app: 222 };

/** One hop in its box. Heights are in pixels; `y` counts from the top of the box. */
export interface Row {
  readonly hop: Hop;
  readonly y: number;
  readonly height: number;
  /** Positions in the list of source addresses: the one that comes in and the one that goes out. */
  readonly sourceBefore: number;
  readonly sourceAfter: number;
  /** The addresses it changes, each on a line of its own. */
  readonly changes: readonly ('src' | 'dst')[];
  /** How many passed rules are listed above it; 0 while it is closed. */
  readonly listed: number;
}

export interface Box {
  readonly width: number;
  readonly height: number;
  readonly rows: readonly Row[];
}

const ENDS = ['src', 'dst'] as const;

function rowOf(hop: Hop, y: number, sources: readonly string[], open: ReadonlySet<number>): Row {
  const listed = open.has(hop.n) ? Math.min(hop.passed.length, LISTED_PASSED) : 0;
  const changes = ENDS.filter((end) => hop.before[end] !== hop.after[end]);
  const lines = (hop.passedCount > 0 ? 1 : 0) + listed + changes.length;
  return {
    hop,
    y,
    height: ROW_HEIGHT + lines * LINE_HEIGHT,
    sourceBefore: sources.indexOf(hostOf(hop.before.src)),
    sourceAfter: sources.indexOf(hostOf(hop.after.src)),
    changes,
    listed,
  };
}

/** The size of a visit's box and of its rows. `open` holds the hops whose passed rules are listed. */
export function boxOf(visit: Visit, sources: readonly string[], open: ReadonlySet<number>): Box {
  const rows: Row[] = [];
  let y = HEADER_HEIGHT + ADDRESS_HEIGHT;
  for (const hop of visit.hops) {
    const row = rowOf(hop, y, sources, open);
    rows.push(row);
    y += row.height;
  }
  return { width: WIDTH[visit.place], height: y + BOTTOM, rows };
}

/** The height at which a row's own line stands, below the rules it passed over. */
export function rowCentre(row: Row): number {
  const above = (row.hop.passedCount > 0 ? 1 : 0) + row.listed;
  return row.y + above * LINE_HEIGHT + ROW_HEIGHT / 2;
}

export function laneWidth(place: Place): number {
  return WIDTH[place];
}

// Visits -> rows and boxes with sizes in pixels at zoom 1. The screen's style sheet uses the same numbers.
import type { Future, Hop, Place } from '../engine/trace/trace.ts';
import { keyHopsOf } from './folds.ts';
import { hostOf } from './sources.ts';
import type { Visit } from './visits.ts';

export const HEADER_HEIGHT = 28;
const ADDRESS_HEIGHT = 38;
const ROW_HEIGHT = 22;
export const LINE_HEIGHT = 18;
const BOTTOM = 6;
/** Where the ribbon runs inside a box, from its left edge to the middle of the ribbon. */
export const RIBBON_X = 8;
/** How many passed rules an opened row lists; the inspector has the rest. */
export const LISTED_PASSED = 8;

const WIDTH: Record<Visit['place'], number> = { network: 196, pod: 236, kernel: 240, proxy: 244, app: 236 };
/** IPv6 addresses need more room: pixels beside an address, and for each of its letters. */
const ADDRESS_ROOM: Record<Visit['place'], number> = {
  network: 56,
  pod: 56,
  kernel: 86,
  proxy: 86,
  app: 100,
};
const LETTER = 7.1;
/** Room for any IPv6 address with its port: a number that is cut is another number. */
const WIDEST = 440;

/** A box as wide as its place needs for the longest address of the journey. */
function widthOf(place: Visit['place'], longest: number): number {
  return Math.max(WIDTH[place], Math.min(WIDEST, Math.ceil(ADDRESS_ROOM[place] + longest * LETTER)));
}

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
  /** Whether it tells how many rules it passed over; a folded pod has no room for them. */
  readonly tellsPassed: boolean;
  /** How many passed rules are listed above it; 0 while it is closed. */
  readonly listed: number;
  /** The ways on that are told in the row itself, because the journey goes on below it. */
  readonly futures: readonly Future[];
}

export interface Box {
  readonly width: number;
  readonly height: number;
  readonly rows: readonly Row[];
}

const ENDS = ['src', 'dst'] as const;

/** What decides how a trace's rows look besides the hops themselves. */
export interface Looks {
  readonly sources: readonly string[];
  /** The hops whose passed rules are listed. */
  readonly open: ReadonlySet<number>;
  /** The last hop of the trace: its futures are boxes of their own. */
  readonly last: number;
  /** Letters of the longest address and port. */
  readonly longest: number;
}

function rowOf(hop: Hop, y: number, { sources, open, last }: Looks, folded: boolean): Row {
  const tellsPassed = hop.passedCount > 0 && !folded;
  const listed = tellsPassed && open.has(hop.n) ? Math.min(hop.passed.length, LISTED_PASSED) : 0;
  const changes = ENDS.filter((end) => hop.before[end] !== hop.after[end] && (!folded || end === 'src'));
  const futures = hop.n === last ? [] : hop.futures;
  const lines = (tellsPassed ? 1 : 0) + listed + changes.length + futures.length;
  return {
    hop,
    y,
    height: ROW_HEIGHT + lines * LINE_HEIGHT,
    sourceBefore: sources.indexOf(hostOf(hop.before.src)),
    sourceAfter: sources.indexOf(hostOf(hop.after.src)),
    changes,
    tellsPassed,
    listed,
    futures,
  };
}

/** The size of a visit's box and of its rows. */
export function boxOf(visit: Visit, looks: Looks): Box {
  const rows: Row[] = [];
  const folded = visit.place === 'pod';
  let y = HEADER_HEIGHT + ADDRESS_HEIGHT;
  for (const hop of folded ? keyHopsOf(visit) : visit.hops) {
    const row = rowOf(hop, y, looks, folded);
    rows.push(row);
    y += row.height;
  }
  return { width: widthOf(visit.place, looks.longest), height: y + BOTTOM, rows };
}

/** The height at which a row's own line stands, below the rules it passed over. */
export function rowCentre(row: Row): number {
  const above = (row.tellsPassed ? 1 : 0) + row.listed;
  return row.y + above * LINE_HEIGHT + ROW_HEIGHT / 2;
}

/** The width of a lane: that of its boxes, and of the folded pods that stand in it. */
export function laneWidth(place: Place, longest: number, holdsPods = false): number {
  const own = widthOf(place, longest);
  return holdsPods ? Math.max(own, widthOf('pod', longest)) : own;
}

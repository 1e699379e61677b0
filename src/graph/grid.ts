// Cells and box sizes -> coordinates: columns as wide as their lane, rows as high as their highest box, and between two
// rows as much room as stands in it.
import type { Place } from '../engine/trace/trace.ts';
import type { Cell, Column } from './cells.ts';
import { laneWidth, type Box } from './measure.ts';
import { beginsFrame, type Visit } from './visits.ts';

/** Room between two columns; lines bend in its middle. */
export const COLUMN_GAP = 34;
/** The room that the sentence at a cut takes; the style sheet uses the same numbers. */
export const CUT_LABEL = { width: 220, height: 36 };
/** Between two rows, from the top: the end of a frame or the sentence at a cut, then a line, then a frame's title. */
const ROOM = { frameEnd: 26, cut: CUT_LABEL.height + 8, line: 24, titleAndLine: 46 };
const MARGIN = { x: 22, top: 66, bottom: 34 };

export interface GridColumn {
  readonly column: Column;
  readonly x: number;
  readonly width: number;
}

export interface Grid {
  readonly columns: readonly GridColumn[];
  readonly width: number;
  readonly height: number;
  /** How far above the boxes of a row the lines run that lead down to them. */
  lineAbove(row: number): number;
  /** The top left corner of a cell; the width too of one that lies across several columns. */
  at(cell: Cell): { readonly x: number; readonly y: number; readonly width?: number };
}

const PLACES: readonly Place[] = ['network', 'kernel', 'proxy', 'app'];

function columnsOf(cells: readonly Cell[], visits: readonly Visit[], longest: number): readonly GridColumn[] {
  const holdsPods = visits.some(({ place }, i) => place === 'pod' && cells[i]?.column === 0);
  const numbers = [...new Set(cells.flatMap(({ column, to }) => [column, to]))].toSorted((a, b) => a - b);
  const columns: GridColumn[] = [];
  let x = MARGIN.x;
  for (const column of numbers) {
    const width = laneWidth(PLACES[Math.abs(column)] ?? 'kernel', longest, column === 0 && holdsPods);
    columns.push({ column, x, width });
    x += width + COLUMN_GAP;
  }
  return columns;
}

/** What stands in a row, as far as the room above and below it depends on it. */
interface RowOf {
  height: number;
  /** A proxy's box is in it, under which the sentence at a cut may stand. */
  cuts: boolean;
  /** A frame begins in it, with its title above. */
  titled: boolean;
}

function rowsOf(cells: readonly Cell[], visits: readonly Visit[], boxes: readonly Box[]): readonly RowOf[] {
  const rows: RowOf[] = [];
  cells.forEach(({ row }, i) => {
    const visit = visits[i];
    const { height = 0, cuts = false, titled = false } = rows[row] ?? {};
    rows[row] = {
      height: Math.max(height, boxes[i]?.height ?? 0),
      cuts: cuts || visit?.place === 'proxy',
      titled: titled || (visit !== undefined && beginsFrame(visit, visits[i - 1])),
    };
  });
  return rows;
}

function lineRoom(row: RowOf | undefined): number {
  return row?.titled ? ROOM.titleAndLine : ROOM.line;
}

function rowTops(rows: readonly RowOf[]): readonly number[] {
  const tops = [MARGIN.top];
  rows.forEach(({ height, cuts }, i) => {
    const below = cuts ? ROOM.cut : ROOM.frameEnd;
    tops.push((tops.at(-1) ?? 0) + height + (i + 1 < rows.length ? below + lineRoom(rows[i + 1]) : 0));
  });
  return tops;
}

/** `longest`: letters of the longest address, which the boxes have room for. */
export function gridOf(
  cells: readonly Cell[],
  visits: readonly Visit[],
  boxes: readonly Box[],
  longest: number,
): Grid {
  const columns = visits.length > 0 ? columnsOf(cells, visits, longest) : [];
  const rows = rowsOf(cells, visits, boxes);
  const tops = rowTops(rows);
  const last = columns.at(-1);
  return {
    columns,
    width: last ? last.x + last.width + MARGIN.x : 0,
    height: (tops.at(-1) ?? 0) + MARGIN.bottom,
    lineAbove: (row) => lineRoom(rows[row]),
    at: ({ row, column, to }) => {
      const ends = columns.filter((each) => each.column === column || each.column === to);
      const [first] = ends;
      const final = ends.at(-1);
      const y = tops[row] ?? 0;
      if (!first || !final || column === to) return { x: first?.x ?? 0, y };
      return { x: first.x, y, width: final.x + final.width - first.x };
    },
  };
}

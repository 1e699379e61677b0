// Cells and box sizes -> coordinates: columns as wide as their lane, rows as high as their highest box.
import type { Place } from '../engine/trace/trace.ts';
import type { Cell, Column } from './cells.ts';
import { laneWidth, type Box } from './measure.ts';
import type { Visit } from './visits.ts';

/** Room between two columns; lines bend in its middle. */
export const COLUMN_GAP = 34;
/** Room between two rows: a frame's end, the sentence at a cut, and the next frame's title fit in. */
export const ROW_GAP = 92;
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
  at(cell: Cell): { readonly x: number; readonly y: number };
}

const PLACES: readonly Place[] = ['network', 'kernel', 'proxy', 'app'];

function columnsOf(cells: readonly Cell[], visits: readonly Visit[]): readonly GridColumn[] {
  const holdsPods = visits.some(({ place }) => place === 'pod');
  const numbers = cells.map((cell) => cell.column);
  const columns: GridColumn[] = [];
  let x = MARGIN.x;
  for (let column = Math.min(...numbers); column <= Math.max(...numbers); column += 1) {
    const width = laneWidth(PLACES[Math.abs(column)] ?? 'kernel', column === 0 && holdsPods);
    columns.push({ column, x, width });
    x += width + COLUMN_GAP;
  }
  return columns;
}

function rowTops(cells: readonly Cell[], boxes: readonly Box[]): readonly number[] {
  const heights: number[] = [];
  cells.forEach((cell, i) => {
    heights[cell.row] = Math.max(heights[cell.row] ?? 0, boxes[i]?.height ?? 0);
  });
  const tops = [MARGIN.top];
  for (const height of heights) tops.push((tops.at(-1) ?? 0) + height + ROW_GAP);
  return tops;
}

export function gridOf(cells: readonly Cell[], visits: readonly Visit[], boxes: readonly Box[]): Grid {
  const columns = visits.length > 0 ? columnsOf(cells, visits) : [];
  const tops = rowTops(cells, boxes);
  const last = columns.at(-1);
  return {
    columns,
    width: last ? last.x + last.width + MARGIN.x : 0,
    height: (tops.at(-1) ?? 0) - ROW_GAP + MARGIN.bottom,
    at: (cell) => ({
      x: columns.find(({ column }) => column === cell.column)?.x ?? 0,
      y: tops[cell.row] ?? 0,
    }),
  };
}

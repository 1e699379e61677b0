// A row of a table that kubectl printed -> its cells. Blanks separate them; three kinds of cells hold blanks themselves.
import type { Span } from '../../base/source.ts';
import type { Told } from './resource.ts';

/** A row's cells by their column's title. */
export type Cells = ReadonlyMap<string, Told<string>>;

/** `2 (3h4m ago)` restarts, `+ 3 more...` endpoints, and anything else up to a blank. */
const CELL = /\d+ \([^()]* ago\)|<[\w ]+>|\S+(?: \+ \d+ more\.\.\.)?/g;

/** `at` is where the line stands in its source. A cell's blanks are left out of its text. */
export function cellsOf(line: string, at: number): { readonly text: string; readonly span: Span }[] {
  return Array.from(line.matchAll(CELL), ({ 0: found, index }) => ({
    text: found.replaceAll(' ', ''),
    span: { from: at + index, to: at + index + found.length },
  }));
}

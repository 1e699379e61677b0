// A line -> where a text entry begins in it, and in which format it is printed.
import { fitsShape } from './field.ts';
import { parseFormat, type LineFormat } from './format.ts';
import { COMMON_BEGINNING, KNOWN_FORMATS } from './known-formats.ts';
import { locate, type Places } from './locate.ts';
import { prefixLength } from './prefix.ts';
import { FEW, isPlain } from './strict.ts';

/** Where an entry of a known format starts, whatever was printed before it. */
const START =
  /\[\d{4}-\d{2}-\d{2}[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?\] (?:"|- \S+ [\d.]+\(|\S+ "(?:- - -|[A-Z]+ \S+ HTTP))/;

/** The columns that an entry which is cut off must at least have: the request line, the code and the flags. */
const LEAST = 6;

const SCRATCH: Places = [];

/** Where in the line an entry of a known format starts; -1 when it holds none. */
export function textEntryStart(line: string): number {
  return line.search(START);
}

/** A line of which only the beginning is known; the operator `REST` takes what follows. */
export const UNKNOWN_COLUMNS: LineFormat = parseFormat(
  `${COMMON_BEGINNING.literals.map((literal, n) => literal + operatorText(n)).join('')} %REST%`,
  'beginning',
);

function operatorText(n: number): string {
  const operator = COMMON_BEGINNING.operators[n];
  if (!operator) return '';
  return `%${operator.name}${operator.argument === null ? '' : `(${operator.argument})`}%`;
}

function isWhole(format: LineFormat, line: string): boolean {
  return locate(format, line, SCRATCH).count === format.operators.length;
}

/** How many values do not look as their operators print them: addresses that people blotted out, or other columns. */
function misfits({ operators }: LineFormat, line: string, count: number): number {
  return operators
    .slice(0, count)
    .filter(({ shape }, n) => !fitsShape(shape, line.slice(SCRATCH[2 * n], SCRATCH[2 * n + 1]))).length;
}

/** The format that a cut line fits furthest; null when none of them ends where the line does. */
function cutFormat(line: string, formats: readonly LineFormat[]): LineFormat | null {
  let best: LineFormat | null = null;
  let most = LEAST;
  for (const format of formats) {
    const { count, ended } = locate(format, line, SCRATCH);
    const known = ended && misfits(format, line, count) === 0;
    if (known && count > most) [best, most] = [format, count];
  }
  return best;
}

/** The first format that fits with the fewest values of another look. */
function wholeFormat(line: string, formats: readonly LineFormat[]): LineFormat | null {
  let best: LineFormat | null = null;
  let fewest = Infinity;
  for (const format of formats) {
    const strange = isWhole(format, line) ? misfits(format, line, format.operators.length) : Infinity;
    if (strange < fewest) [best, fewest] = [format, strange];
    if (strange === 0) break;
  }
  return best;
}

/** The format of the lines before, and how many they are. */
export interface Likely {
  readonly format: LineFormat;
  lines: number;
}

function isAlike({ format, lines }: Likely, line: string): boolean {
  if (lines > FEW && isPlain(format, line)) return true;
  return isWhole(format, line) && misfits(format, line, format.operators.length) === 0;
}

/** The format of a line that begins with an entry: those given, then those known; null when it is none at all. */
export function formatOf(line: string, given: readonly LineFormat[], likely?: Likely): LineFormat | null {
  if (likely && isAlike(likely, line)) return likely.format;
  const formats = [...given, ...KNOWN_FORMATS];
  return (
    wholeFormat(line, formats) ??
    cutFormat(line, formats) ??
    (isWhole(UNKNOWN_COLUMNS, line) ? UNKNOWN_COLUMNS : null)
  );
}

/** Whether a format says enough of a line to be told by it: something fixed, and more than one value. */
export function isTelling({ literals, operators }: LineFormat): boolean {
  const fixed = literals.join('').replaceAll(/\s/g, '').length;
  const strict = operators.filter(({ shape }) => shape !== 'text' && shape !== 'word').length;
  return operators.length > 2 && (fixed > 3 || strict > 2);
}

/** Where an entry of a given format starts: at the line's beginning or behind a prefix; -1 when there is none. */
export function givenEntryStart(line: string, given: readonly LineFormat[]): number {
  if (given.length === 0) return -1;
  const starts = [...new Set([prefixLength(line), 0])];
  return starts.find((at) => given.some((format) => isWhole(format, line.slice(at)))) ?? -1;
}

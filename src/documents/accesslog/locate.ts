// A line and its format -> where each field stands. One pass from the left: a value ends at the literal behind it, at
// the first place where it and the next value look as their operators print them. So values may hold blanks and quotes.
import { fitsShape, isStrict } from './field.ts';
import type { LineFormat } from './format.ts';

/** Places of the fields in the line: field n from `places[2n]` to `places[2n + 1]`. */
export type Places = number[];

export interface Located {
  /** So many operators were found, from the left. */
  readonly count: number;
  /** The line ended before the format did: it was cut off. */
  readonly ended: boolean;
}

function fits({ operators }: LineFormat, n: number, line: string, from: number, to: number): boolean {
  const operator = operators[n];
  return operator === undefined || fitsShape(operator.shape, line.slice(from, to));
}

/** Where the value of the last operator ends: before the literal that ends the line. */
function lastEnd({ literals }: LineFormat, line: string, from: number): number {
  const literal = literals.at(-1) ?? '';
  const end = line.length - literal.length;
  return end >= from && line.endsWith(literal) ? end : -1;
}

/** Whether the value that begins here looks right, taken as short as can be. */
function nextFits(format: LineFormat, n: number, line: string, from: number): boolean {
  if (n >= format.operators.length) return from === line.length;
  const literal = format.literals[n + 1] ?? '';
  const end = n === format.operators.length - 1 ? lastEnd(format, line, from) : line.indexOf(literal, from);
  return fits(format, n, line, from, end < 0 ? line.length : end);
}

/** Whether what stands between the further operators is there, in order. */
function leavesRoom({ literals }: LineFormat, n: number, line: string, from: number): boolean {
  let at = from;
  for (const literal of literals.slice(n)) {
    at = line.indexOf(literal, at);
    if (at < 0) return false;
    at += literal.length;
  }
  return true;
}

/** Operators without anything between them: the first takes what looks like it. */
function adjoiningEnd(format: LineFormat, n: number, line: string, from: number): number {
  for (let end = line.length; end >= from; end -= 1)
    if (fits(format, n, line, from, end) && nextFits(format, n + 1, line, end)) return end;
  return -1;
}

/** Where the value of operator n ends; -1 when the line holds none. */
function endOf(format: LineFormat, n: number, line: string, from: number): number {
  const shape = format.operators[n]?.shape ?? 'text';
  if (n === format.operators.length - 1) {
    const end = lastEnd(format, line, from);
    return end >= 0 && (!isStrict(shape) || fits(format, n, line, from, end)) ? end : -1;
  }
  const literal = format.literals[n + 1] ?? '';
  if (literal === '') return adjoiningEnd(format, n, line, from);
  let fallback = -1;
  for (let end = line.indexOf(literal, from); end >= 0; end = line.indexOf(literal, end + 1)) {
    const own = fits(format, n, line, from, end);
    if (!own && isStrict(shape)) break;
    const next = end + literal.length;
    if (fallback >= 0 && !leavesRoom(format, n + 2, line, next)) break;
    if (own && nextFits(format, n + 1, line, next)) return end;
    if (fallback < 0) fallback = end;
  }
  return fallback;
}

/** Finds the fields of a line; all of them are found when `count` is the number of operators. */
export function locate(format: LineFormat, line: string, places: Places): Located {
  const { literals, operators } = format;
  let at = literals[0]?.length ?? 0;
  if (!line.startsWith(literals[0] ?? '')) return { count: 0, ended: false };
  for (let n = 0; n < operators.length; n += 1) {
    const end = endOf(format, n, line, at);
    if (end < 0) return { count: n, ended: isCut(format, n, line, at) };
    places[2 * n] = at;
    places[2 * n + 1] = end;
    at = end + (literals[n + 1]?.length ?? 0);
  }
  return { count: operators.length, ended: false };
}

/** Whether what is left of the line could be the beginning of the value that was looked for. */
function isCut({ literals, operators }: LineFormat, n: number, line: string, from: number): boolean {
  if (from >= line.length) return true;
  const shape = operators[n]?.shape ?? 'text';
  const rest = line.slice(from);
  return (
    !rest.includes(literals[n + 1] ?? '') &&
    (!isStrict(shape) || fitsShape(shape, rest) || shape === 'protocol')
  );
}

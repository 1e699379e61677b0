// A format -> the expression of its plain lines, those without blanks or quotes in a value: most of any log. It finds the
// same values as locate.ts, many times faster; a line that it does not match may still fit.
import { lazy, type Lazy } from '../../base/lazy.ts';
import type { FormatOperator, LineFormat } from './format.ts';
import type { Places } from './locate.ts';

/** So many lines are looked at sooner than a pattern is made of their format. */
export const FEW = 16;

function escaped(literal: string): string {
  return literal.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

/** A value cannot hold what ends it, so that the expression never goes back. */
function valueOf({ shape }: FormatOperator, before: string, behind: string): string {
  switch (shape) {
    case 'number':
      return String.raw`-|-?\d+`;
    case 'flags':
      return String.raw`-|[A-Za-z][\w,]*`;
    case 'protocol':
      return String.raw`-|HTTP\/[\d.]+`;
    case 'time':
      return String.raw`-|\d{4}-\d\d-\d\dT[\d:.]+Z`;
    case 'address':
      return String.raw`-|\[?[\da-fA-F]*[.:][\da-fA-F.:]+\]?(?::\d+)?`;
    case 'word':
    case 'text':
      return before.endsWith('"') && behind.startsWith('"') ? quoted(behind.slice(1)) : String.raw`[^\s"]*`;
  }
}

/** A value in quotes may hold some, as names of browsers do, where what stands behind the value's own does not follow. */
function quoted(behind: string): string {
  return behind === '' ? '[^"]*' : `[^"]*(?:"(?!${escaped(behind)})[^"]*)*`;
}

/** The expression; the values of the operators named by number are its groups, in their order. */
export function strictPattern({ literals, operators }: LineFormat, wanted: readonly number[] = []): RegExp {
  const parts = operators.map((operator, n) => {
    const [before = '', behind = ''] = [literals[n], literals[n + 1]];
    const group = wanted.includes(n) ? '(' : '(?:';
    return `${escaped(before)}${group}${valueOf(operator, before, behind)})`;
  });
  return new RegExp(`^${parts.join('')}${escaped(literals.at(-1) ?? '')}$`);
}

interface Reading {
  lines: number;
  readonly pattern: Lazy<RegExp>;
}

const READINGS = new WeakMap<LineFormat, Reading>();

function readingOf(format: LineFormat): Reading {
  const all = Array.from(format.operators.keys());
  const known = READINGS.get(format) ?? { lines: 0, pattern: lazy(() => strictPattern(format, all)) };
  READINGS.set(format, known);
  return known;
}

/** Puts the places of all fields of a plain line where `locate` does; false for any other line, and for the first few. */
export function locatePlain(format: LineFormat, line: string, places: Places): boolean {
  const reading = readingOf(format);
  reading.lines += 1;
  const found = reading.lines > FEW ? reading.pattern.value.exec(line) : null;
  if (!found) return false;
  let at = 0;
  for (let n = 0; n < format.operators.length; n += 1) {
    at += format.literals[n]?.length ?? 0;
    places[2 * n] = at;
    at += found[n + 1]?.length ?? 0;
    places[2 * n + 1] = at;
  }
  return true;
}

const PATTERNS = new WeakMap<LineFormat, RegExp>();

/** Whether a line is a plain one of that format. */
export function isPlain(format: LineFormat, line: string): boolean {
  const pattern = PATTERNS.get(format) ?? strictPattern(format);
  PATTERNS.set(format, pattern);
  return pattern.test(line);
}

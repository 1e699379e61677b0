// A pasted text and places in it. Offsets are stored; lines and columns are derived at the edge.

/** One text that is read. `name` tells it apart from the others: the pod it was pasted for. */
export interface Source {
  readonly name: string;
  readonly text: string;
  /** Set when it stands for another text: what a person pasted, residue and all (reading.ts). */
  readonly original?: Original;
}

/** How a text came from another: runs that were copied, and runs that stand for something else. */
export interface Original {
  readonly source: Source;
  readonly runs: readonly Run[];
}

/** `at` in this text is `from` in the other. In a copied run offsets go on together; else the whole run is at `from`. */
export interface Run {
  readonly at: number;
  readonly from: number;
  readonly copied: boolean;
}

/** A half-open range of UTF-16 offsets into `Source.text`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A place as a person counts it: both numbers start at 1; a column is one UTF-16 unit wide. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const lineStarts = new WeakMap<Source, Uint32Array>();

function lineStartsOf(source: Source): Uint32Array {
  const known = lineStarts.get(source);
  if (known) return known;
  const starts = findLineStarts(source.text);
  lineStarts.set(source, starts);
  return starts;
}

function findLineStarts(text: string): Uint32Array {
  let starts = new Uint32Array(16 + (text.length >> 5));
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (count === starts.length) {
      const larger = new Uint32Array(2 * count);
      larger.set(starts);
      starts = larger;
    }
    starts[count++] = at + 1;
  }
  return starts.subarray(0, count);
}

/** The last of `count` ascending numbers that is not above `limit`; 0 when all are. */
function lastUpTo(count: number, numberAt: (index: number) => number, limit: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (numberAt(middle) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The index of the line that holds an offset, in the text that is read. */
function lineIndexAt(source: Source, offset: number): number {
  const starts = lineStartsOf(source);
  return lastUpTo(starts.length, (index) => starts[index] ?? 0, offset);
}

/** The text that a person pasted, and where a span of the text that is read stands in it. */
export function pasted(source: Source, span: Span): { readonly source: Source; readonly span: Span } {
  const { original } = source;
  if (!original) return { source, span };
  const { runs } = original;
  const runAt = (offset: number) => lastUpTo(runs.length, (index) => runs[index]?.at ?? 0, offset);
  const start = runs[runAt(span.from)];
  const last = runAt(Math.max(span.from, span.to - 1));
  const end = runs[last];
  const from = start ? start.from + (start.copied ? span.from - start.at : 0) : span.from;
  const past = runs[last + 1]?.from ?? original.source.text.length;
  const to = span.to <= span.from || !end ? from : end.copied ? end.from + span.to - end.at : past;
  return pasted(original.source, { from, to });
}

/** The line and column of an offset, in the text that a person pasted. Offsets outside are clamped. */
export function positionAt(source: Source, offset: number): Position {
  const clamped = Math.max(0, Math.min(offset, source.text.length));
  const { source: own, span } = pasted(source, { from: clamped, to: clamped });
  const line = lineIndexAt(own, span.from);
  return { line: line + 1, column: span.from - (lineStartsOf(own)[line] ?? 0) + 1 };
}

/** The text of a span. */
export function textAt(source: Source, span: Span): string {
  return source.text.slice(span.from, span.to);
}

/** The whole line around an offset, without its line end. */
export function lineSpanAt(source: Source, offset: number): Span {
  const starts = lineStartsOf(source);
  const line = lineIndexAt(source, offset);
  const from = starts[line] ?? 0;
  const next = starts[line + 1];
  let to = next === undefined ? source.text.length : next - 1;
  if (to > from && source.text[to - 1] === '\r') to -= 1;
  return { from, to };
}

/** The span of the whole text. */
export function wholeOf(source: Source): Span {
  return { from: 0, to: source.text.length };
}

/** The smallest span that holds both. */
export function cover(a: Span, b: Span): Span {
  return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
}

/** Whether the line that starts there is of a sort of which one in a row is as good as all. */
export type IsPlain = (text: string, from: number) => boolean;

/**
 * The spans of the lines that `within` touches, line ends left out (`\n` and `\r\n` alike). Of lines in a row that
 * `isPlain` knows, only the last.
 */
export function* linesOf({ text }: Source, within: Span, isPlain?: IsPlain): Generator<Span> {
  let from = within.from;
  while (from < within.to) {
    if (isPlain) from = lastPlain(text, from, within.to, isPlain);
    const end = text.indexOf('\n', from);
    const to = end < 0 || end > within.to ? within.to : end;
    yield { from, to: to > from && text[to - 1] === '\r' ? to - 1 : to };
    from = to + 1;
  }
}

/** The start of the last plain line of those that begin there; `from` when the line there is another. */
function lastPlain(text: string, from: number, end: number, isPlain: IsPlain): number {
  let last = from;
  for (let at = from; at < end && isPlain(text, at);) {
    last = at;
    const lineEnd = text.indexOf('\n', at);
    if (lineEnd < 0) break;
    at = lineEnd + 1;
  }
  return last;
}

// A pasted text and places in it. Offsets are stored; lines and columns are derived at the edge.

/** One pasted text, exactly as it came. `name` tells it apart from the others: the pod it was pasted for. */
export interface Source {
  readonly name: string;
  readonly text: string;
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

const lineStarts = new WeakMap<Source, readonly number[]>();

function lineStartsOf(source: Source): readonly number[] {
  const known = lineStarts.get(source);
  if (known) return known;
  const starts = [0];
  for (let at = source.text.indexOf('\n'); at >= 0; at = source.text.indexOf('\n', at + 1))
    starts.push(at + 1);
  lineStarts.set(source, starts);
  return starts;
}

/** The line and column of an offset; offsets outside the text are clamped to it. */
export function positionAt(source: Source, offset: number): Position {
  const starts = lineStartsOf(source);
  const at = Math.max(0, Math.min(offset, source.text.length));
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
}

/** The text of a span. */
export function textAt(source: Source, span: Span): string {
  return source.text.slice(span.from, span.to);
}

/** The whole line around an offset, without its line end. */
export function lineSpanAt(source: Source, offset: number): Span {
  const starts = lineStartsOf(source);
  const { line } = positionAt(source, offset);
  const from = starts[line - 1] ?? 0;
  let to = starts[line] === undefined ? source.text.length : (starts[line] ?? 0) - 1;
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

/** The spans of the lines that `within` touches, line ends left out (`\n` and `\r\n` alike). */
export function* linesOf(source: Source, within: Span): Generator<Span> {
  let from = within.from;
  while (from < within.to) {
    const end = source.text.indexOf('\n', from);
    const to = end < 0 || end > within.to ? within.to : end;
    yield { from, to: to > from && source.text[to - 1] === '\r' ? to - 1 : to };
    from = to + 1;
  }
}

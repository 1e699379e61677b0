// A text -> what parsers did wrong with it: a place outside of the text, a part outside of its whole, a character that
// nothing holds.
import { isFence, isRuler } from '../documents/line.ts';
import { lineSpanAt, type Source, type Span } from '../base/source.ts';
import { entriesOf } from '../documents/accesslog/log.ts';
import type { Document, DocumentContent } from '../documents/document.ts';
import { LINE_KINDS } from '../documents/detect.ts';
import type { Content, LineKind } from '../documents/kind.ts';
import { parsePaste } from '../documents/parse.ts';

function isSpan(value: object): value is Span {
  return 'from' in value && 'to' in value && typeof value.from === 'number' && typeof value.to === 'number';
}

function isInside({ from, to }: Span, whole: Span): boolean {
  return whole.from <= from && from <= to && to <= whole.to;
}

function said({ from, to }: Span): string {
  return `${from}-${to}`;
}

/** Fields whose `from` and `to` are port numbers and the like. */
const NUMBERS: ReadonlySet<string> = new Set(['ranges', 'range', 'ports']);

/** Every place that a value names, with the name of the field that holds it; access logs are read entry by entry. */
function* placesIn(value: unknown, field: string, seen: Set<object>): Generator<readonly [string, Span]> {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || seen.has(value)) return;
  seen.add(value);
  if (isSpan(value)) yield [field, value];
  else if (Array.isArray(value)) for (const item of value) yield* placesIn(item, field, seen);
  else
    for (const [name, part] of Object.entries(value))
      if (name !== 'source' && !NUMBERS.has(name)) yield* placesIn(part, name, seen);
}

function contentOf(content: DocumentContent): unknown {
  return content.kind === 'access-log' ? [...entriesOf(content.log)] : content;
}

/** Places of a document that are not in it. */
export function placeFaults({ content, diagnostics }: Content, whole: Span, name: string): string[] {
  const places = [...placesIn([contentOf(content), diagnostics], name, new Set())];
  return places
    .filter(([, span]) => !isInside(span, whole))
    .map(([field, span]) => `${name}: ${field} ${said(span)} is not in ${said(whole)}`);
}

function separates(text: string): boolean {
  const line = { text, span: { from: 0, to: text.length } };
  return isFence(line) || isRuler(line) || !/[\p{L}\p{N}]/u.test(text);
}

/** Every letter and digit stands in a document, on the line of a command, or on one that only separates. */
function lostText(source: Source, held: readonly Span[]): string[] {
  const lost: string[] = [];
  let at = 0;
  const gap = (from: number, to: number): void => {
    lost.push(
      ...source.text
        .slice(from, to)
        .split('\n')
        .filter((line) => !separates(line)),
    );
  };
  for (const { from, to } of held.toSorted((a, b) => a.from - b.from)) {
    if (from > at) gap(at, from);
    at = Math.max(at, to);
  }
  gap(at, source.text.length);
  return lost.map((line) => `no document holds ${JSON.stringify(line)}`);
}

function documentFaults(document: Document, whole: Span): string[] {
  const { kind, span, command } = document;
  const bounds = command ? { from: command.from, to: span.to } : span;
  const outside = [span, ...(command ? [command] : [])].filter((each) => !isInside(each, whole));
  return [...outside.map((each) => `${kind} at ${said(each)}`), ...placeFaults(document, bounds, kind)];
}

/** What is wrong with how a paste was read. */
export function readingFaults(source: Source): string[] {
  const { documents, commands } = parsePaste(source);
  const whole = { from: 0, to: source.text.length };
  const commandLines = commands.map(({ span }) => ({
    from: lineSpanAt(source, span.from).from,
    to: Math.max(span.to, lineSpanAt(source, span.from).to),
  }));
  const spans = documents.map(({ span }) => span);
  return [
    ...documents.flatMap((document) => documentFaults(document, whole)),
    ...lostText(source, [...spans, ...commandLines]),
  ];
}

const BEFORE = '中文 before\n';

/** What one reader does with a text that nothing told to be its own; around it stands text that is none of its concern. */
export function readerFaults({ kind, read }: LineKind, text: string): string[] {
  const span = { from: BEFORE.length, to: BEFORE.length + text.length };
  const content = read({ name: '', text: `${BEFORE}${text}\nbehind it` }, span, null);
  return content ? placeFaults(content, span, `reader of ${kind}`) : [];
}

export const READERS: readonly LineKind[] = LINE_KINDS;

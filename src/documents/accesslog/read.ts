// Lines -> an access log: each line's entry in the format that it has, whatever stands before it.
import { diagnostic, type Diagnostic } from '../../base/diagnostic.ts';
import type { JsonNode } from '../../base/json.ts';
import { readJson } from '../../base/json-reader.ts';
import { lazy } from '../../base/lazy.ts';
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import type { LineFormat } from './format.ts';
import { NO_FORMATS, type GivenFormats } from './given-format.ts';
import { hasFormat, isJsonEntry, wrappedLine, type JsonFormat } from './json.ts';
import { createShapes, wrappedText, type JsonShape } from './json-shape.ts';
import { createLogBuilder, type AccessLog, type LogBuilder } from './log.ts';
import { isPairsEntry } from './pairs.ts';
import { prefixLength } from './prefix.ts';
import type { RowFormat } from './row.ts';
import { formatOf, givenEntryStart, textEntryStart, UNKNOWN_COLUMNS, type Likely } from './text.ts';

/** What a JSON line of a proxy's log has somewhere, in the spelling of any mesh. */
const JSON_HINT =
  /"(?:(?:up|down)stream[_-]?\w*(?:address|host|cluster)|response[_-]?(?:flags|code[_-]?details))"|\\"(?:up|down)stream|"(?:log|message)":\s*"(?:\[\d{4}-|\{)/i;

/** An entry as it was found: where it begins in its line, and its format. */
export interface Row {
  readonly start: number;
  readonly row: RowFormat;
}

const ROWS = new WeakMap<object, RowFormat>();
const PLAIN_JSON: RowFormat = { kind: 'json', format: null };
const PAIRS: RowFormat = { kind: 'pairs' };

/** The same row format for the same format: a log counts them by identity. */
function textRow(format: LineFormat): RowFormat {
  const row = ROWS.get(format) ?? { kind: 'text', format };
  ROWS.set(format, row);
  return row;
}

function wrappedRow(inner: RowFormat): RowFormat {
  const row = ROWS.get(inner) ?? { kind: 'wrapped', inner };
  ROWS.set(inner, row);
  return row;
}

function jsonRow(format: NonNullable<JsonFormat>): RowFormat {
  const row = ROWS.get(format) ?? { kind: 'json', format };
  ROWS.set(format, row);
  return row;
}

/** The row format of an object that is a log line; null for any other. */
export function jsonRowFormat(node: JsonNode, given: GivenFormats = NO_FORMATS): RowFormat | null {
  const format = given.json.find((each) => hasFormat(node, each));
  if (format) return jsonRow(format);
  return isJsonEntry(node) ? PLAIN_JSON : null;
}

function jsonRowOf(line: string, start: number, given: GivenFormats): RowFormat | null {
  const source = { name: 'line', text: line };
  const span = { from: start, to: line.length };
  const node = readJson(source, span).value;
  const wrapped = wrappedLine(source, node);
  if (wrapped) {
    const inner = rowOf(wrapped.source.text, given, undefined);
    return inner && inner.start === 0 ? wrappedRow(inner.row) : null;
  }
  return jsonRowFormat(node, given);
}

function mayBeJson(line: string, given: GivenFormats): boolean {
  return (
    JSON_HINT.test(line) || given.json.some((format) => [...format.keys()].some((key) => line.includes(key)))
  );
}

function rowOf(line: string, given: GivenFormats, likely: Likely | undefined): Row | null {
  const asGiven = givenEntryStart(line, given.text);
  const start = asGiven >= 0 ? asGiven : textEntryStart(line);
  if (start >= 0) {
    const format = formatOf(line.slice(start), given.text, asGiven >= 0 ? undefined : likely);
    if (format) return { start, row: textRow(format) };
  }
  if (isPairsEntry(line)) return { start: prefixLength(line), row: PAIRS };
  const brace = line.indexOf('{');
  if (brace < 0 || !line.trimEnd().endsWith('}') || !mayBeJson(line, given)) return null;
  if (brace > 0 && prefixLength(line) !== brace) return null;
  const row = jsonRowOf(line, brace, given);
  return row && { start: brace, row };
}

/** Whether a line holds a log entry, or looks as if it were meant to be one. */
export function startsLogEntry(line: string, given: GivenFormats = NO_FORMATS): boolean {
  return textEntryStart(line) >= 0 || rowOf(line, given, undefined) !== null;
}

/** Finds the entries of lines that follow each other: what one of them was is tried first on the next. */
export function rowReader(given: GivenFormats): (line: string) => Row | null {
  let likely: Likely | undefined;
  const shapeOf = createShapes();
  const shaped = new Map<JsonShape, RowFormat>();
  const inside = lazy(() => rowReader(given));
  const wrapped = (line: string): Row | null => {
    const start = line.startsWith('{') && textEntryStart(line) < 0 ? 0 : -1;
    const text = start < 0 ? null : wrappedText(line);
    const inner = text === null ? null : inside.value(text);
    return inner?.start === 0 ? { start, row: wrappedRow(inner.row) } : null;
  };
  return (line) => {
    const start = shaped.size > 0 ? jsonStart(line) : -1;
    const shape = start < 0 ? null : shapeOf(line.slice(start));
    const known = shape && shaped.get(shape);
    if (known) return { start, row: known };
    const found = wrapped(line) ?? rowOf(line, given, likely);
    if (found?.row.kind === 'text' && found.row.format !== UNKNOWN_COLUMNS) {
      const { format } = found.row;
      if (likely?.format === format) likely.lines += 1;
      else likely = { format, lines: 1 };
    }
    const own = found?.row.kind === 'json' ? shapeOf(line.slice(found.start)) : null;
    if (!found || !own) return found;
    const row = { ...found.row, shape: own };
    shaped.set(own, row);
    return { ...found, row };
  };
}

/** A test for lines of a log that follow each other; blank ones stand between entries. */
export function entryLines(given: GivenFormats): (line: string) => boolean {
  const rowOf = rowReader(given);
  return (line) => line.trim() === '' || textEntryStart(line) >= 0 || rowOf(line.trimEnd()) !== null;
}

/** Where a JSON line begins behind what a tool put before it; -1 when none does. */
function jsonStart(line: string): number {
  const brace = line.indexOf('{');
  return brace <= 0 || prefixLength(line) === brace ? brace : -1;
}

interface LogReader {
  /** Reads a line; false when it holds no entry. `offset` is where the line stands in the source. */
  readonly line: (line: string, offset: number) => boolean;
  readonly diagnostics: readonly Diagnostic[];
}

function createLogReader(builder: LogBuilder, given: GivenFormats): LogReader {
  const diagnostics: Diagnostic[] = [];
  const rowOf = rowReader(given);
  return {
    diagnostics,
    line: (line, offset) => {
      const text = line.trimEnd();
      const found = rowOf(text);
      const span = { from: offset, to: offset + text.length };
      if (!found) {
        if (textEntryStart(text) >= 0) diagnostics.push(diagnostic('warning', 'access-log.columns', span));
        return false;
      }
      const { start, row } = found;
      if (row.kind === 'text' && row.format === UNKNOWN_COLUMNS)
        diagnostics.push(diagnostic('warning', 'access-log.unknown-columns', span));
      builder.add(offset + start, span.to, row);
      return true;
    },
  };
}

/** All entries in the lines of a span. */
export function readLog(
  source: Source,
  within: Span,
  given: GivenFormats = NO_FORMATS,
): { readonly log: AccessLog; readonly diagnostics: readonly Diagnostic[] } {
  const builder = createLogBuilder(source);
  const reader = createLogReader(builder, given);
  for (const line of linesOf(source, within)) reader.line(textAt(source, line), line.from);
  return { log: builder.build(), diagnostics: reader.diagnostics };
}

/** The log of one object, which may stand over many lines. */
export function jsonLog(source: Source, span: Span, row: RowFormat): AccessLog {
  const builder = createLogBuilder(source);
  builder.add(span.from, span.to, row);
  return builder.build();
}

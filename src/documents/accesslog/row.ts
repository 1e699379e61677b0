// An entry's place and format -> its fields.
import { readJson } from '../../base/json-reader.ts';
import { lazy, type Lazy } from '../../base/lazy.ts';
import { textAt, type Source, type Span } from '../../base/source.ts';
import {
  fieldNames,
  fieldText,
  fieldValue,
  type AccessLogEntry,
  type Field,
  type FieldValue,
} from './entry.ts';
import type { LineFormat } from './format.ts';
import { fieldOfTopKey, jsonFields, wrappedLine, type JsonFormat } from './json.ts';
import { shapedFields, wrappedText, type JsonShape } from './json-shape.ts';
import { locate, type Places } from './locate.ts';
import { pairFields } from './pairs.ts';
import { FEW, locatePlain, strictPattern } from './strict.ts';

/** How an entry is read. `wrapped` is a line that a container runtime wrote into a JSON string. */
export type RowFormat =
  | { readonly kind: 'text'; readonly format: LineFormat }
  | { readonly kind: 'json'; readonly format: JsonFormat; readonly shape?: JsonShape }
  | { readonly kind: 'pairs' }
  | { readonly kind: 'wrapped'; readonly inner: RowFormat };

/** The fields of a line of text, as far as it fits its format. */
function textFields(format: LineFormat, line: string, offset: number): Record<string, FieldValue> {
  const places: Places = [];
  const { operators } = format;
  const count = locatePlain(format, line, places) ? operators.length : locate(format, line, places).count;
  const fields: Record<string, FieldValue> = {};
  for (const [n, { field, name }] of operators.entries()) {
    if (n === count) break;
    const [from = 0, to = 0] = [places[2 * n], places[2 * n + 1]];
    if (name === 'REST') Object.assign(fields, byteFields(line.slice(from, to), offset + from));
    else if (fields[field]?.text == null) fields[field] = fieldValue(line.slice(from, to), offset + from);
  }
  return fields;
}

const BYTES = ['bytesReceived', 'bytesSent', 'duration', 'upstreamServiceTime'] as const;

/** Four numbers in a row: every format that begins like Envoy's prints them in this order. */
function byteFields(rest: string, offset: number): Record<string, FieldValue> {
  const run = /(?<=^| )(\d+) (\d+) (\d+) (\d+|-)(?= |$)/d.exec(rest);
  return Object.fromEntries(
    BYTES.flatMap((field, n) => {
      const place = run?.indices?.[n + 1];
      return place ? [[field, fieldValue(rest.slice(...place), offset + place[0])]] : [];
    }),
  );
}

/** Reads the entry at a span that was recognised as one of that format. */
export function readRow(source: Source, span: Span, row: RowFormat): AccessLogEntry {
  return { span, fields: fieldsOf(source, span, row) };
}

function fieldsOf(source: Source, span: Span, row: RowFormat): Record<string, FieldValue> {
  switch (row.kind) {
    case 'text':
      return textFields(row.format, textAt(source, span), span.from);
    case 'json':
      return jsonFields(readJson(source, span).value, source, row.format);
    case 'pairs':
      return pairFields(textAt(source, span), span.from);
    case 'wrapped': {
      const line = wrappedLine(source, readJson(source, span).value);
      if (!line) return {};
      const inner = fieldsOf(line.source, { from: 0, to: line.source.text.length }, row.inner);
      return Object.fromEntries(Object.entries(inner).map(([name, value]) => [name, line.placed(value)]));
    }
  }
}

/** The places in a format of the operators that tell a field, the best first. */
function operatorsOf({ operators }: LineFormat, field: Field): number[] {
  return fieldNames(field).flatMap((name) => {
    const n = operators.findIndex((operator) => operator.field === name);
    return n < 0 ? [] : [n];
  });
}

/** How the wanted fields of a format's lines are found: by groups of its plain lines, else by looking closer. */
interface FieldPlan {
  readonly format: LineFormat;
  /** For each field the operators that may tell it, as places in the format, and as groups. */
  readonly operators: readonly (readonly number[])[];
  readonly groups: readonly (readonly number[])[];
  readonly pattern: Lazy<RegExp>;
}

function planFor(format: LineFormat, fields: readonly Field[]): FieldPlan {
  const operators = fields.map((field) => operatorsOf(format, field));
  const wanted = [...new Set(operators.flat())].toSorted((a, b) => a - b);
  const groups = operators.map((places) => places.map((n) => wanted.indexOf(n) + 1));
  return { format, operators, groups, pattern: lazy(() => strictPattern(format, wanted)) };
}

function firstHeld(texts: readonly (string | undefined)[]): string {
  return texts.find((text) => text !== undefined && text !== '-' && text !== '') ?? '';
}

function plannedTexts(
  { format, operators, groups, pattern }: FieldPlan,
  line: string,
  few: boolean,
): string[] {
  const found = few ? null : pattern.value.exec(line);
  if (found) return groups.map((places) => firstHeld(places.map((group) => found[group])));
  const places: Places = [];
  const { count } = locate(format, line, places);
  return operators.map((candidates) => {
    const held = candidates.filter((n) => n < count);
    return firstHeld(held.map((n) => line.slice(places[2 * n], places[2 * n + 1])));
  });
}

/** Reads a few fields of many entries, without making anything else of them; what is not held is empty. */
export function fieldReader(
  source: Source,
  fields: readonly Field[],
): (span: Span, row: RowFormat | undefined) => readonly string[] {
  const plans = new Map<LineFormat, FieldPlan>();
  const shaped = new Map<JsonShape, ReturnType<typeof shapedFields>>();
  let lines = 0;
  const textsOf = (format: LineFormat, line: string): readonly string[] => {
    const plan = plans.get(format) ?? planFor(format, fields);
    plans.set(format, plan);
    return plannedTexts(plan, line, lines <= FEW);
  };
  return (span, row) => {
    lines += 1;
    if (row?.kind === 'text') return textsOf(row.format, textAt(source, span));
    if (row?.kind === 'wrapped' && row.inner.kind === 'text') {
      const text = wrappedText(textAt(source, span));
      if (text !== null) return textsOf(row.inner.format, text);
    }
    if (row?.kind === 'json' && row.shape && row.format === null) {
      const read = shaped.get(row.shape) ?? shapedFields(row.shape, fields, fieldOfTopKey);
      shaped.set(row.shape, read);
      const texts = read(textAt(source, span));
      if (texts) return texts;
    }
    const entry = row && readRow(source, span, row);
    return fields.map((field) => (entry && fieldText(entry, field)) ?? '');
  };
}

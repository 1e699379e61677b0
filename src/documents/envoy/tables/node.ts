// Cells of a table as the JSON nodes they stand for: the readers of listeners and clusters read them like any other.
import type { JsonArray, JsonNode, JsonObject } from '../../../base/json.ts';
import type { Span } from '../../../base/source.ts';

/** A cell: its text and its place. */
export interface Cell {
  readonly text: string;
  readonly span: Span;
}

export function textNode({ text, span }: Cell): JsonNode {
  return { kind: 'string', span, value: text };
}

export function numberNode({ text, span }: Cell): JsonNode {
  return { kind: 'number', span, value: Number(text), text };
}

/** Fields that are undefined are left out; `gaps` say that the table hides others. */
export function objectNode(
  span: Span,
  fields: Readonly<Record<string, JsonNode | undefined>>,
  gaps: readonly Span[] = [],
): JsonObject {
  const members = Object.entries(fields).flatMap(([key, value]) =>
    value ? [{ key, keySpan: value.span, value }] : [],
  );
  return { kind: 'object', span, members, gaps };
}

/** Undefined when it is empty, as Envoy prints no empty lists. */
export function arrayNode(span: Span, items: readonly JsonNode[]): JsonArray | undefined {
  return items.length === 0 ? undefined : { kind: 'array', span, items, gaps: [] };
}

/** A field that is there, though the table does not show what it holds. */
export function hiddenNode(span: Span): JsonNode {
  return { kind: 'unparsed', span };
}

/** The parts of a cell between separators, each with its place. */
export function splitCell({ text, span }: Cell, separator: string): readonly Cell[] {
  let at = span.from;
  return text.split(separator).map((part) => {
    const lead = part.length - part.trimStart().length;
    const trimmed = part.trim();
    const cell = { text: trimmed, span: { from: at + lead, to: at + lead + trimmed.length } };
    at += part.length + separator.length;
    return cell;
  });
}

/** The cells of a row: the groups of `pattern` that took part in the match, null where one did not. */
export function cellsOf(line: string, at: number, pattern: RegExp): readonly (Cell | null)[] | null {
  const found = new RegExp(pattern.source, 'd').exec(line);
  if (!found) return null;
  return found.slice(1).map((text, i) => {
    const [from, to] = found.indices?.[i + 1] ?? [0, 0];
    return text === undefined ? null : { text, span: { from: at + from, to: at + to } };
  });
}

/** Rows that belong together, in the order in which each group begins. */
export function groupedBy<T>(rows: readonly T[], keyOf: (row: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return [...groups.values()];
}

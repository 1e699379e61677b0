// A line of `key=value` pairs (logfmt) that a proxy logged -> its fields, by keys that are an operator's name.
import { fieldValue, type FieldValue } from './entry.ts';
import { fieldOfKey } from './json.ts';

/** A key may be explained in brackets; a value with blanks stands in quotes or brackets. */
const PAIR = /(?<![\w=])([A-Za-z][\w.@-]*)(?:\([^()]*\))?=("(?:[^"\\]|\\.)*"|\([^()]*\)|\S*)/dg;

const ADDRESS = /^(?:up|down)stream.*(?:Address|Host)$/;

/** The fields of the line's pairs; keys of no known meaning are left out. */
export function pairFields(line: string, offset: number): Record<string, FieldValue> {
  const fields: Record<string, FieldValue> = {};
  for (const { 1: key = '', 2: value = '', indices } of line.matchAll(PAIR)) {
    const field = fieldOfKey(key);
    const from = offset + (indices?.[2]?.[0] ?? 0);
    const quoted = value.startsWith('"');
    if (field !== null)
      fields[field] ??= fieldValue(quoted ? value.slice(1, -1) : value, quoted ? from + 1 : from);
  }
  return fields;
}

/** Whether a line is such an entry: both connections, or two ends of one, are told. */
export function isPairsEntry(line: string): boolean {
  if (!/(?:up|down)stream[_.-]?\w+(?:\([^()]*\))?=/i.test(line)) return false;
  const addresses = Object.entries(pairFields(line, 0)).filter(
    ([field, { text }]) => ADDRESS.test(field) && /^\S+:\d+$/.test(text ?? ''),
  );
  return addresses.length > 1;
}

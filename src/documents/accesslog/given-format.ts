// A format that a person gives or a configuration holds, text or JSON -> how its lines are read.
import type { JsonNode } from '../../base/json.ts';
import { readJson } from '../../base/json-reader.ts';
import { parseFormat, type LineFormat } from './format.ts';
import type { JsonFormat } from './json.ts';

/** The formats that lines may have beside the known ones. */
export interface GivenFormats {
  readonly text: readonly LineFormat[];
  readonly json: readonly NonNullable<JsonFormat>[];
}

export const NO_FORMATS: GivenFormats = { text: [], json: [] };

function keysOf(node: JsonNode, path: readonly string[]): [string, LineFormat][] {
  if (node.kind !== 'object') return [];
  return node.members.flatMap(({ key, value }) => {
    const keys = [...path, key];
    if (value.kind === 'string') return [[keys.join('.'), parseFormat(value.value)]];
    return keysOf(value, keys);
  });
}

/** The keys of a json_format and what each holds. */
export function jsonFormatOf(node: JsonNode): NonNullable<JsonFormat> {
  return new Map(keysOf(node, []).filter(([, format]) => format.operators.length > 0));
}

/** Reads a format string: an object is a json_format, anything else a text_format. */
export function givenFormat(text: string): GivenFormats {
  if (!/^\s*\{\s*"/.test(text)) {
    const format = parseFormat(text);
    return format.operators.length > 0 ? { text: [format], json: [] } : NO_FORMATS;
  }
  const json = jsonFormatOf(readJson({ name: 'format', text }, { from: 0, to: text.length }).value);
  return json.size > 0 ? { text: [], json: [json] } : NO_FORMATS;
}

export function joinFormats(formats: readonly GivenFormats[]): GivenFormats {
  return { text: formats.flatMap(({ text }) => text), json: formats.flatMap(({ json }) => json) };
}

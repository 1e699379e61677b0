// One JSON object of an access log -> its fields, by the keys of a given json_format, else by keys that are an operator's
// or a header's name. Keys of no known meaning keep their own name. Docker's json-file lines are unwrapped.
import type { JsonMember, JsonNode } from '../../base/json.ts';
import { textAt, type Source, type Span } from '../../base/source.ts';
import { fieldValue, type FieldValue } from './entry.ts';
import { camelCase } from './field.ts';
import type { LineFormat } from './format.ts';
import { locate, type Places } from './locate.ts';
import { isPlainOperator } from './operators.ts';

/** What each key holds, nested keys joined by a dot; null when no format was given. */
export type JsonFormat = ReadonlyMap<string, LineFormat> | null;

/** Keys that meshes print by default and that are no operator's name. */
const KEYS: Readonly<Record<string, string>> = {
  method: 'method',
  path: 'path',
  authority: 'authority',
  authority_for: 'authority',
  user_agent: 'userAgent',
  request_id: 'requestId',
  x_request_id: 'requestId',
  x_forwarded_for: 'xForwardedFor',
  upstream_service_time: 'upstreamServiceTime',
  x_envoy_upstream_service_time: 'upstreamServiceTime',
  x_envoy_origin_path: 'path',
  x_envoy_original_path: 'path',
  istio_policy_status: 'istioPolicyStatus',
  downstream_remote: 'downstreamRemoteAddress',
  downstream_local: 'downstreamLocalAddress',
  upstream_local: 'upstreamLocalAddress',
  upstream_remote: 'upstreamHost',
  bytes_send: 'bytesSent',
  timestamp: 'startTime',
};

/** Lines of a log have the same keys again and again. */
const KNOWN_KEYS = 1024;
const known = new Map<string, string | null>();

/** The field that a key names; null when it is no operator's name. */
export function fieldOfKey(key: string): string | null {
  const found = known.get(key);
  if (found !== undefined) return found;
  const field = fieldNamed(key);
  if (known.size >= KNOWN_KEYS) known.clear();
  known.set(key, field);
  return field;
}

function fieldNamed(key: string): string | null {
  const name = key
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '_')
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '_')
    .replaceAll(/^_|_$/g, '');
  const own = Object.hasOwn(KEYS, name) ? KEYS[name] : undefined;
  return own ?? (isPlainOperator(name.toUpperCase()) ? camelCase(name) : null);
}

function valueOf(node: JsonNode, source: Source): FieldValue {
  const { span } = node;
  switch (node.kind) {
    case 'string':
      return { text: fieldValue(node.value, 0).text, span };
    case 'number':
      return { text: node.text, span };
    case 'boolean':
      return { text: String(node.value), span };
    case 'null':
      return { text: null, span };
    case 'object':
    case 'array':
    case 'unparsed':
      return { text: textAt(source, span), span };
  }
}

/** Objects of a log line that stand in each other: what is cut off again and again makes a nest of hundreds. */
const DEEPEST = 16;

/** Every value with its keys; an object is a value where its key is an operator's (metadata, filter state). */
function* leaves(
  node: JsonNode,
  path: readonly string[],
  format: JsonFormat,
): Generator<[string[], JsonMember]> {
  for (const member of node.kind === 'object' ? node.members : []) {
    const keys = [...path, member.key];
    const isKnown = format ? format.has(keys.join('.')) : fieldOfKey(member.key) !== null;
    const isValue = isKnown || keys.length >= DEEPEST;
    if (member.value.kind === 'object' && !isValue) yield* leaves(member.value, keys, format);
    else yield [keys, member];
  }
}

/** The values that a format puts into one string: `%REQ(:METHOD)% %PROTOCOL%`. */
function givenFields(format: LineFormat, value: FieldValue): [string, FieldValue][] {
  const [only] = format.operators;
  if (only && format.operators.length === 1 && format.literals.join('') === '') return [[only.field, value]];
  const places: Places = [];
  const { count } = locate(format, value.text ?? '', places);
  return format.operators.slice(0, count).map(({ field }, n) => {
    const text = (value.text ?? '').slice(places[2 * n], places[2 * n + 1]);
    return [field, { text: fieldValue(text, 0).text, span: value.span }];
  });
}

/** The field that a key at the top of a line fills. */
export function fieldOfTopKey(key: string): string {
  return fieldOfKey(key) ?? key;
}

/** The fields of a log line; the first of two that tell the same counts, unless it is empty. */
export function jsonFields(node: JsonNode, source: Source, format: JsonFormat): Record<string, FieldValue> {
  const fields: Record<string, FieldValue> = {};
  for (const [keys, { key, value: member }] of leaves(node, [], format)) {
    const value = valueOf(member, source);
    const given = format?.get(keys.join('.'));
    const named = fieldOfKey(keys.join('_')) ?? fieldOfKey(key) ?? key;
    for (const [field, each] of given ? givenFields(given, value) : [[named, value] as const])
      if (fields[field]?.text == null) fields[field] = each;
  }
  return fields;
}

const ADDRESS = /^(?:up|down)stream.*(?:Address|Host|Cluster)$|^response(?:Flags|CodeDetails)$/;

/** Whether an object is a log line: more than two known operators, one of them only a proxy's log holds. */
export function isJsonEntry(node: JsonNode): boolean {
  if (node.kind !== 'object') return false;
  const known = [...leaves(node, [], null)].flatMap(
    ([keys, { key }]) => fieldOfKey(keys.join('_')) ?? fieldOfKey(key) ?? [],
  );
  return known.length > 2 && known.some((field) => ADDRESS.test(field));
}

/** Whether an object has the keys of a json_format: most of them, and two at least. */
export function hasFormat(node: JsonNode, format: JsonFormat): boolean {
  if (!format || node.kind !== 'object') return false;
  const found = [...leaves(node, [], format)].filter(([keys]) => format.has(keys.join('.')));
  return found.length >= 2 && found.length * 2 > format.size;
}

/** A line inside a JSON string, as text of its own; `placed` finds a value of it in the paste. */
export interface WrappedLine {
  readonly source: Source;
  readonly placed: (value: FieldValue) => FieldValue;
}

/** Docker's json-file: `{"log": "the line\n", "stream": "stdout", "time": "…"}`. Null for anything else. */
export function wrappedLine(source: Source, node: JsonNode): WrappedLine | null {
  const log =
    node.kind === 'object' ? node.members.find(({ key }) => key === 'log' || key === 'message') : undefined;
  if (log?.value.kind !== 'string') return null;
  const offsets = offsetsOf(source, log.value.span);
  const at = (offset: number): number => offsets[offset] ?? offsets.at(-1) ?? node.span.to;
  return {
    source: { name: source.name, text: log.value.value.trimEnd() },
    placed: ({ text, span: { from, to } }) => ({ text, span: { from: at(from), to: at(to) } }),
  };
}

/** Where each character of a JSON string stands in the source. */
function offsetsOf(source: Source, { from, to }: Span): number[] {
  const raw = source.text.slice(from + 1, to - 1);
  const pieces = [...raw.matchAll(/\\u[\da-fA-F]{4}|\\.|[^\\]/gs)];
  return [...pieces.map(({ index }) => from + 1 + index), to - 1];
}

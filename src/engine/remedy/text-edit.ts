// Edits inside pasted JSON or YAML that leave the rest as it was written. What is put in is spelled and indented like
// what stands around it.
import { stringify } from 'yaml';
import { memberOf, type JsonNode } from '../../base/json.ts';
import { lineSpanAt, type Source, type Span } from '../../base/source.ts';

/** The span that is replaced, and its new text. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** Flow style in YAML is JSON, as far as a path needs it; block style is told by indentation alone. */
function isFlow({ text }: Source, { span }: JsonNode): boolean {
  return text[span.from] === '{' || text[span.from] === '[';
}

/** The blanks in front of it when it begins its line; null when other text stands there. */
function indentAt(source: Source, at: number): string | null {
  const before = source.text.slice(lineSpanAt(source, at).from, at);
  return before.trim() === '' ? before : null;
}

function columnOf(source: Source, at: number): string {
  return ' '.repeat(at - lineSpanAt(source, at).from);
}

/** In one line, unless what stands around it has a line of its own. */
function jsonText(value: unknown, indent: string | null): string {
  if (indent === null) return JSON.stringify(value);
  return JSON.stringify(value, null, Math.max(2, indent.length % 4 === 0 ? 4 : 2)).replaceAll(
    '\n',
    `\n${indent}`,
  );
}

function blockText(value: unknown, indent: string): string {
  return stringify(value, { lineWidth: 0 }).trimEnd().replaceAll('\n', `\n${indent}`);
}

function put(at: number, text: string): Edit {
  return { span: { from: at, to: at }, text };
}

/** Puts an item in front of the item at `index`, or behind the last. Null for what is no list. */
export function insertItem(source: Source, array: JsonNode, value: unknown, index = 0): Edit | null {
  if (array.kind !== 'array') return null;
  return isFlow(source, array)
    ? insertFlowItem(source, array.items, array.span.from + 1, value, index)
    : insertBlockItem(array.items, columnOf(source, array.span.from), value, index);
}

function insertFlowItem(
  source: Source,
  items: readonly JsonNode[],
  start: number,
  value: unknown,
  index: number,
): Edit {
  const next = items[index];
  const last = items.at(-1);
  const indent = last ? indentAt(source, (next ?? last).span.from) : null;
  const text = jsonText(value, indent);
  const gap = indent === null ? ' ' : `\n${indent}`;
  if (next) return put(next.span.from, `${text},${gap}`);
  return last ? put(last.span.to, `,${gap}${text}`) : put(start, text);
}

function insertBlockItem(
  items: readonly JsonNode[],
  indent: string,
  value: unknown,
  index: number,
): Edit | null {
  const [next, last] = [items[index], items.at(-1)];
  const text = blockText(value, `${indent}  `);
  if (next) return put(next.span.from, `${text}\n${indent}- `);
  return last ? put(last.span.to, `\n${indent}- ${text}`) : null;
}

/** Gives a member another value, or adds it in front of all others. `keys`: lowerCamelCase, snake_case. */
export function setMember(
  source: Source,
  object: JsonNode,
  keys: readonly [string, string],
  value: unknown,
): Edit | null {
  if (object.kind !== 'object') return null;
  const old = memberOf(object, keys[0]) ?? memberOf(object, keys[1]);
  if (old) return replaceValue(source, old, value);
  const key = spelled(object, keys);
  const at = object.members[0]?.keySpan.from;
  if (!isFlow(source, object)) {
    if (at === undefined) return null;
    const indent = columnOf(source, at);
    return put(at, `${blockText({ [key]: value }, indent)}\n${indent}`);
  }
  if (at === undefined) return put(object.span.from + 1, `"${key}": ${JSON.stringify(value)}`);
  const indent = indentAt(source, at);
  return put(at, `"${key}": ${jsonText(value, indent)},${indent === null ? ' ' : `\n${indent}`}`);
}

/** Another value in the place of this one. */
export function replaceValue(source: Source, node: JsonNode, value: unknown): Edit {
  const { from } = node.span;
  const isBlock = (node.kind === 'object' || node.kind === 'array') && !isFlow(source, node);
  if (isBlock) return { span: node.span, text: blockText(value, columnOf(source, from)) };
  const line = lineSpanAt(source, from).from;
  const indent = /^\s*/.exec(source.text.slice(line, from))?.[0] ?? '';
  return { span: node.span, text: jsonText(value, source.text.includes('\n', from) ? indent : null) };
}

/** Envoy prints snake_case, istioctl lowerCamelCase. */
function spelled(object: JsonNode, [camel, snake]: readonly [string, string]): string {
  const keys = object.kind === 'object' ? object.members.map(({ key }) => key) : [];
  return keys.some((key) => key.includes('_')) ? snake : camel;
}

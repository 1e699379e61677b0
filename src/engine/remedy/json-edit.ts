// Edits inside pasted JSON that leave the rest as it was written. Block YAML cannot be edited so: null.
import { memberOf, type JsonNode } from '../../base/json.ts';
import { textAt, type Source, type Span } from '../../base/source.ts';

/** The span that is replaced, and its new text. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

function isJson(source: Source, node: JsonNode): boolean {
  return /^[[{]/.test(textAt(source, node.span));
}

/** Puts an item in front of the item at `index`, or behind the last. */
export function insertItem(source: Source, array: JsonNode, value: unknown, index = 0): Edit | null {
  if (array.kind !== 'array' || !isJson(source, array)) return null;
  const text = JSON.stringify(value);
  const next = array.items[index];
  if (next) return { span: { from: next.span.from, to: next.span.from }, text: `${text}, ` };
  const at = array.items.at(-1)?.span.to ?? array.span.from + 1;
  return { span: { from: at, to: at }, text: array.items.length > 0 ? `, ${text}` : text };
}

/** Gives a member another value, or adds it in front of all others. `key` in the paste's own spelling, if it has one. */
export function setMember(
  source: Source,
  object: JsonNode,
  keys: readonly [string, string],
  value: unknown,
): Edit | null {
  if (object.kind !== 'object' || !isJson(source, object)) return null;
  const text = JSON.stringify(value);
  const old = memberOf(object, keys[0]) ?? memberOf(object, keys[1]);
  if (old) return { span: old.span, text };
  const at = object.span.from + 1;
  const comma = object.members.length > 0 ? ',' : '';
  return { span: { from: at, to: at }, text: ` "${spelled(object, keys)}": ${text}${comma}` };
}

/** Envoy prints snake_case, istioctl lowerCamelCase. */
function spelled(object: JsonNode, [camel, snake]: readonly [string, string]): string {
  const keys = object.kind === 'object' ? object.members.map(({ key }) => key) : [];
  return keys.some((key) => key.includes('_')) ? snake : camel;
}

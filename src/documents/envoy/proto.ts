// JSON tree -> protobuf fields: snake_case (admin /config_dump) and lowerCamelCase (istioctl) alike, scalars with spans.
// https://protobuf.dev/programming-guides/json/
import { valueNamed, type JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';

/** A value and the place it was read from. */
export interface Spanned<T> {
  readonly value: T;
  readonly span: Span;
}

const camelNames = new Map<string, string>();

/** The lowerCamelCase name of a field. */
export function camelCase(snake: string): string {
  const known = camelNames.get(snake);
  if (known !== undefined) return known;
  const camel = snake.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  camelNames.set(snake, camel);
  return camel;
}

/** The field with that snake_case name, under either name; a JSON null is an absent field. */
export function field(node: JsonNode | undefined, name: string): JsonNode | undefined {
  if (node?.kind !== 'object') return undefined;
  const value = valueNamed(node, name, camelCase(name));
  return value?.kind === 'null' ? undefined : value;
}

/** The field at the end of a path of names. */
export function fieldAt(node: JsonNode | undefined, ...names: readonly string[]): JsonNode | undefined {
  return names.reduce(field, node);
}

/** The items of a repeated field; none when it is absent. */
export function itemsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.kind === 'array' ? node.items : [];
}

/** Where the paste leaves members or items of this node out. A field that is itself `...` is a gap as a whole. */
export function gapsOf(node: JsonNode | undefined): readonly Span[] {
  if (node?.kind === 'unparsed') return [node.span];
  return node?.kind === 'object' || node?.kind === 'array' ? node.gaps : [];
}

/** A wrapper type (`UInt32Value`, …) prints as its bare value; older tools print `{"value": …}`. */
function unwrapped(node: JsonNode | undefined): JsonNode | undefined {
  return node?.kind === 'object' ? field(node, 'value') : node;
}

export function textOf(node: JsonNode | undefined): Spanned<string> | null {
  const scalar = unwrapped(node);
  return scalar?.kind === 'string' ? { value: scalar.value, span: scalar.span } : null;
}

/** The string of a field, or '' as protobuf has it. */
export function stringOf(node: JsonNode | undefined): string {
  return textOf(node)?.value ?? '';
}

export function textsOf(node: JsonNode | undefined): readonly Spanned<string>[] {
  return itemsOf(node).flatMap((item) => textOf(item) ?? []);
}

/** A number; an int64 or a NamedPort-like string of digits counts as one. */
export function numberOf(node: JsonNode | undefined): Spanned<number> | null {
  const scalar = unwrapped(node);
  if (scalar?.kind === 'number') return { value: scalar.value, span: scalar.span };
  if (scalar?.kind !== 'string' || !/^-?\d+(\.\d+)?$/.test(scalar.value)) return null;
  return { value: Number(scalar.value), span: scalar.span };
}

/** An int64 without loss. */
export function bigintOf(node: JsonNode | undefined): bigint | null {
  const scalar = unwrapped(node);
  const text = scalar?.kind === 'number' ? scalar.text : scalar?.kind === 'string' ? scalar.value : '';
  return /^-?\d+$/.test(text) ? BigInt(text) : null;
}

export function flagOf(node: JsonNode | undefined): Spanned<boolean> | null {
  const scalar = unwrapped(node);
  if (scalar?.kind === 'boolean') return { value: scalar.value, span: scalar.span };
  if (scalar?.kind !== 'string' || !/^(true|false)$/.test(scalar.value)) return null;
  return { value: scalar.value === 'true', span: scalar.span };
}

/** Whether a boolean field is set. */
export function isSet(node: JsonNode | undefined): boolean {
  return flagOf(node)?.value ?? false;
}

/** An enum value, printed by name or by number; `names` are the values in their order. */
export function enumOf<T extends string>(node: JsonNode | undefined, names: readonly T[]): Spanned<T> | null {
  if (node?.kind === 'number') {
    const value = names[node.value];
    return value === undefined ? null : { value, span: node.span };
  }
  const value = node?.kind === 'string' ? names.find((name) => name === node.value) : undefined;
  return value === undefined || !node ? null : { value, span: node.span };
}

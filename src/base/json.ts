// A JSON value with the place it stands in: what readers of JSON and of YAML make, and all others look at.
// Grammar: RFC 8259.
import type { Span } from './source.ts';

export interface JsonMember {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsonNode;
}

/** `gaps` are the places where the paste leaves something out: members or items may be missing there. */
export interface JsonObject {
  readonly kind: 'object';
  readonly span: Span;
  readonly members: readonly JsonMember[];
  readonly gaps: readonly Span[];
  /** Like `valueNamed`, without making the other members. */
  find?(key: string, other: string): JsonNode | undefined;
}

export interface JsonArray {
  readonly kind: 'array';
  readonly span: Span;
  readonly items: readonly JsonNode[];
  readonly gaps: readonly Span[];
}

export interface JsonString {
  readonly kind: 'string';
  readonly span: Span;
  readonly value: string;
}

export interface JsonNumber {
  readonly kind: 'number';
  readonly span: Span;
  readonly value: number;
  /** As it was written: an int64 does not fit into `value`. */
  readonly text: string;
}

export interface JsonBoolean {
  readonly kind: 'boolean';
  readonly span: Span;
  readonly value: boolean;
}

export interface JsonNull {
  readonly kind: 'null';
  readonly span: Span;
}

/** Text that is no JSON value: `...`, an identifier, nothing at all. Its text stays readable through the span. */
export interface JsonUnparsed {
  readonly kind: 'unparsed';
  readonly span: Span;
}

export type JsonNode =
  JsonObject | JsonArray | JsonString | JsonNumber | JsonBoolean | JsonNull | JsonUnparsed;

/** Deeper nesting than any real configuration (Envoy's protobuf JSON parser stops at 100). */
export const DEPTH_LIMIT = 200;

/** The value of the last member with one key or the other. */
export function valueNamed(node: JsonObject, key: string, other: string): JsonNode | undefined {
  return node.find ? node.find(key, other) : lastValue(node.members, key, other);
}

export function lastValue(members: readonly JsonMember[], key: string, other: string): JsonNode | undefined {
  for (let i = members.length - 1; i >= 0; i -= 1) {
    const member = members[i];
    if (member?.key === key || member?.key === other) return member.value;
  }
  return undefined;
}

/** The last member with that key, as JSON.parse takes it; undefined for other kinds of node. */
export function memberOf(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === 'object' ? valueNamed(node, key, key) : undefined;
}

/** The tree as a plain value, without spans: for printing and for comparing. Gaps vanish, unparsed is null. */
export function plainValue(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.members.map((member) => [member.key, plainValue(member.value)]));
    case 'array':
      return node.items.map(plainValue);
    case 'string':
    case 'number':
    case 'boolean':
      return node.value;
    case 'null':
    case 'unparsed':
      return null;
  }
}

// envoy.type.matcher.v3.MetadataMatcher and ValueMatcher.
// https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/matcher/v3/metadata.proto
import type { JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import { readStringMatcher, type StringMatcher } from './matcher.ts';
import { field, flagOf, isSet, itemsOf, numberOf, stringOf } from './proto.ts';

export type ValueMatcher =
  | { readonly kind: 'null' }
  | { readonly kind: 'present'; readonly present: boolean }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'string'; readonly matcher: StringMatcher }
  /** [start, end); an exact number has both equal. */
  | { readonly kind: 'double'; readonly start: number; readonly end: number }
  | { readonly kind: 'one-of'; readonly matcher: ValueMatcher }
  | { readonly kind: 'any-of'; readonly matchers: readonly ValueMatcher[] }
  | { readonly kind: 'unknown' };

export interface MetadataMatcher {
  /** The namespace: the name of the filter that writes it. */
  readonly filter: string;
  readonly path: readonly string[];
  readonly value: ValueMatcher;
  readonly invert: boolean;
  readonly span: Span;
}

function readDouble(node: JsonNode): ValueMatcher {
  const exact = numberOf(field(node, 'exact'));
  if (exact) return { kind: 'double', start: exact.value, end: exact.value };
  const range = field(node, 'range');
  const bound = (name: string) => numberOf(field(range, name))?.value ?? 0;
  return { kind: 'double', start: bound('start'), end: bound('end') };
}

function readValueMatcher(node: JsonNode | undefined): ValueMatcher {
  const present = flagOf(field(node, 'present_match'));
  if (present) return { kind: 'present', present: present.value };
  const bool = flagOf(field(node, 'bool_match'));
  if (bool) return { kind: 'bool', value: bool.value };
  const string = field(node, 'string_match');
  if (string) return { kind: 'string', matcher: readStringMatcher(string) };
  const double = field(node, 'double_match');
  if (double) return readDouble(double);
  const list = field(field(node, 'list_match'), 'one_of');
  if (list) return { kind: 'one-of', matcher: readValueMatcher(list) };
  const or = field(node, 'or_match');
  if (or)
    return {
      kind: 'any-of',
      matchers: itemsOf(field(or, 'value_matchers')).map((item) => readValueMatcher(item)),
    };
  return { kind: field(node, 'null_match') ? 'null' : 'unknown' };
}

export function readMetadataMatcher(node: JsonNode): MetadataMatcher {
  return {
    filter: stringOf(field(node, 'filter')),
    path: itemsOf(field(node, 'path')).map((segment) => stringOf(field(segment, 'key'))),
    value: readValueMatcher(field(node, 'value')),
    invert: isSet(field(node, 'invert')),
    span: node.span,
  };
}

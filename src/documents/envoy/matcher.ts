// StringMatcher, HeaderMatcher, CookieMatcher and QueryParameterMatcher, with the deprecated fields that old dumps hold.
// https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto
import type { JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import { bigintOf, field, fieldAt, flagOf, isSet, stringOf, textOf } from './proto.ts';

export type StringMatchKind = 'exact' | 'prefix' | 'suffix' | 'contains' | 'regex';

/** `unknown` is a matcher this reader has no rule for. */
export type StringMatcher =
  | {
      readonly kind: StringMatchKind;
      readonly value: string;
      readonly ignoreCase: boolean;
      readonly span: Span;
    }
  | { readonly kind: 'unknown'; readonly span: Span };

/** How a header or a query parameter is tested. `range` is [start, end). */
export type ValueTest =
  | { readonly kind: 'string'; readonly matcher: StringMatcher }
  | { readonly kind: 'range'; readonly start: bigint; readonly end: bigint }
  | { readonly kind: 'present'; readonly present: boolean };

export interface HeaderMatcher {
  readonly name: string;
  readonly test: ValueTest;
  readonly invert: boolean;
  readonly missingAsEmpty: boolean;
  readonly span: Span;
}

const PLAIN: readonly StringMatchKind[] = ['exact', 'prefix', 'suffix', 'contains'];

export function readStringMatcher(node: JsonNode): StringMatcher {
  const ignoreCase = isSet(field(node, 'ignore_case'));
  for (const kind of PLAIN) {
    const text = textOf(field(node, kind));
    if (text) return { kind, value: text.value, ignoreCase, span: text.span };
  }
  const regex = textOf(fieldAt(node, 'safe_regex', 'regex')) ?? textOf(field(node, 'regex'));
  if (regex) return { kind: 'regex', value: regex.value, ignoreCase: false, span: regex.span };
  return { kind: 'unknown', span: node.span };
}

/** The header fields of before string_match: `exact_match: "x"` and its like. */
function readDeprecatedMatch(node: JsonNode): ValueTest | null {
  for (const kind of PLAIN) {
    const text = textOf(field(node, `${kind}_match`));
    // An empty exact_match was the same as none: any value that is present.
    if (text && kind === 'exact' && text.value === '') return { kind: 'present', present: true };
    if (text)
      return { kind: 'string', matcher: { kind, value: text.value, ignoreCase: false, span: text.span } };
  }
  const regex = textOf(fieldAt(node, 'safe_regex_match', 'regex')) ?? textOf(field(node, 'regex_match'));
  return regex
    ? {
        kind: 'string',
        matcher: { kind: 'regex', value: regex.value, ignoreCase: false, span: regex.span },
      }
    : null;
}

function readValueTest(node: JsonNode): ValueTest {
  const string = field(node, 'string_match');
  if (string) return { kind: 'string', matcher: readStringMatcher(string) };
  const range = field(node, 'range_match');
  if (range)
    return {
      kind: 'range',
      start: bigintOf(field(range, 'start')) ?? 0n,
      end: bigintOf(field(range, 'end')) ?? 0n,
    };
  const present = flagOf(field(node, 'present_match'))?.value ?? true;
  return readDeprecatedMatch(node) ?? { kind: 'present', present };
}

/** Without any test, the header has to be present. */
export function readHeaderMatcher(node: JsonNode): HeaderMatcher {
  return {
    name: stringOf(field(node, 'name')).toLowerCase(),
    test: readValueTest(node),
    invert: isSet(field(node, 'invert_match')),
    missingAsEmpty: isSet(field(node, 'treat_missing_header_as_empty')),
    span: node.span,
  };
}

/** A cookie that is not there fails the test, so an inverted one then holds. */
export interface CookieMatcher {
  readonly name: string;
  readonly matcher: StringMatcher;
  readonly invert: boolean;
  readonly span: Span;
}

export function readCookieMatcher(node: JsonNode): CookieMatcher {
  return {
    name: stringOf(field(node, 'name')),
    matcher: readStringMatcher(field(node, 'string_match') ?? node),
    invert: isSet(field(node, 'invert_match')),
    span: node.span,
  };
}

export interface QueryParameterMatcher {
  readonly name: string;
  readonly test: ValueTest;
  readonly span: Span;
}

export function readQueryParameterMatcher(node: JsonNode): QueryParameterMatcher {
  return { name: stringOf(field(node, 'name')), test: readValueTest(node), span: node.span };
}

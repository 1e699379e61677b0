// MetadataMatcher as Envoy evaluates it: a value that is not there matches nothing but by inversion.
// Rules: Envoy source/common/common/matchers.cc.
import { memberOf, type JsonNode } from '../../base/json.ts';
import { not, or, truth, type Truth } from '../../base/truth.ts';
import type { MetadataMatcher, ValueMatcher } from '../../documents/envoy/metadata-matcher.ts';
import { matchString } from './string-match.ts';

/** Metadata by namespace. */
export type Metadata = Readonly<Record<string, JsonNode>>;

export function matchMetadata(matcher: MetadataMatcher, metadata: Metadata): Truth {
  const value = matcher.path.reduce<JsonNode | undefined>(memberOf, metadata[matcher.filter]);
  const result = matchValue(matcher.value, value);
  return matcher.invert ? not(result) : result;
}

function matchValue(matcher: ValueMatcher, value: JsonNode | undefined): Truth {
  switch (matcher.kind) {
    case 'unknown':
      return 'unknown';
    case 'present':
      return truth(matcher.present && value !== undefined);
    case 'null':
      return truth(value?.kind === 'null');
    case 'bool':
      return truth(value?.kind === 'boolean' && value.value === matcher.value);
    case 'string':
      return value?.kind === 'string' ? matchString(matcher.matcher, value.value) : 'no';
    case 'double':
      return truth(value?.kind === 'number' && inRange(value.value, matcher.start, matcher.end));
    case 'one-of':
      return value?.kind === 'array'
        ? value.items.map((item) => matchValue(matcher.matcher, item)).reduce(or, 'no')
        : 'no';
    case 'any-of':
      return matcher.matchers.map((part) => matchValue(part, value)).reduce(or, 'no');
  }
}

function inRange(value: number, start: number, end: number): boolean {
  return start === end ? value === start : value >= start && value < end;
}

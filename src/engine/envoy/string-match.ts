// StringMatcher, HeaderMatcher, CookieMatcher and QueryParameterMatcher as Envoy evaluates them.
// Rules: Envoy source/common/common/matchers.cc, source/common/http/header_utility.h.
import { not, truth, type Truth } from '../../base/truth.ts';
import type {
  CookieMatcher,
  HeaderMatcher,
  QueryParameterMatcher,
  StringMatcher,
  ValueTest,
} from '../../documents/envoy/matcher.ts';
import { fullMatch } from './regex.ts';

/** `unknown` for a matcher without a rule, or a pattern that is not RE2. */
export function matchString(matcher: StringMatcher, text: string): Truth {
  if (matcher.kind === 'unknown') return 'unknown';
  const [value, subject] = matcher.ignoreCase
    ? [matcher.value.toLowerCase(), text.toLowerCase()]
    : [matcher.value, text];
  switch (matcher.kind) {
    case 'exact':
      return truth(subject === value);
    case 'prefix':
      return truth(subject.startsWith(value));
    case 'suffix':
      return truth(subject.endsWith(value));
    case 'contains':
      return truth(subject.includes(value));
    case 'regex': {
      const full = fullMatch(value, subject);
      return full === null ? 'unknown' : truth(full);
    }
  }
}

function matchRange(start: bigint, end: bigint, text: string): boolean {
  if (!/^[+-]?\d+$/.test(text.trim())) return false;
  const value = BigInt(text.trim().replace(/^\+/, ''));
  return value >= start && value < end;
}

function matchValue(test: ValueTest, value: string): Truth {
  switch (test.kind) {
    case 'string':
      return matchString(test.matcher, value);
    case 'range':
      return truth(matchRange(test.start, test.end, value));
    case 'present':
      return truth(test.present);
  }
}

/**
 * Several values of one header are joined with commas. A missing header matches no test, inverted or not, unless it is
 * taken as empty or only its presence is tested.
 */
export function matchHeader(matcher: HeaderMatcher, values: readonly string[] | null): Truth {
  const { test, invert } = matcher;
  if (test.kind === 'present') return truth(((values !== null) === test.present) !== invert);
  if (values === null && !matcher.missingAsEmpty) return 'no';
  const result = matchValue(test, (values ?? ['']).join(','));
  return invert ? not(result) : result;
}

export function matchCookie(matcher: CookieMatcher, value: string | null): Truth {
  const result = value === null ? 'no' : matchString(matcher.matcher, value);
  return matcher.invert ? not(result) : result;
}

export function matchQueryParameter(matcher: QueryParameterMatcher, value: string | null): Truth {
  if (matcher.test.kind === 'present') return truth((value !== null) === matcher.test.present);
  return value === null ? 'no' : matchValue(matcher.test, value);
}

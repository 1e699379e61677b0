// A rule -> what it is filed under, so that not all rules of a chain are compared with each other.
import type { Rule } from '../../documents/iptables/ruleset.ts';

/** The one address or port that it asks for; '' where it asks for none or for several. */
export function shelfOf({ matches }: Rule): string {
  for (const { test, negated } of matches) {
    const [prefix, ...more] = test.kind === 'destination' && !negated ? test.prefixes : [];
    if (prefix && more.length === 0 && prefix.mask.every((word) => word === 0xffffffff))
      return prefix.address.text;
  }
  return portOf(matches) ?? '';
}

export function portOf(matches: Rule['matches']): string | null {
  for (const { test, negated } of matches) {
    const [range, ...more] = test.kind === 'ports' && !negated ? test.ranges : [];
    if (range && more.length === 0 && range.from === range.to) return `:${range.from}`;
  }
  return null;
}

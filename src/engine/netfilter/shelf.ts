// A rule -> what it is filed under, so that not all rules of a chain are compared with each other.
import type { Match } from '../../documents/iptables/match.ts';

/** The one value that a condition asks for, marked with its field; null where it asks for several, or for none such. */
function singleOf({ test, negated }: Match): string | null {
  if (negated) return null;
  if (test.kind === 'source' || test.kind === 'destination') {
    const [prefix, ...more] = test.prefixes;
    const isHost = prefix && more.length === 0 && prefix.mask.every((word) => word === 0xffffffff);
    return isHost ? `${test.kind} ${prefix.address.text}` : null;
  }
  if (test.kind !== 'ports') return null;
  const [range, ...more] = test.ranges;
  return range && more.length === 0 && range.from === range.to ? `${test.side} ${range.from}` : null;
}

/** The one address, the one port that it asks for, of either side; the most selective comes first. */
export function shelvesOf(matches: readonly Match[]): readonly string[] {
  const shelves: string[] = [];
  for (const match of matches) {
    const single = singleOf(match);
    if (single === null) continue;
    if (match.test.kind === 'ports') shelves.push(single);
    else shelves.unshift(single);
  }
  return shelves;
}

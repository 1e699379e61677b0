// A condition's test as text: tests with the same text ask the same. Rules share tests, so each is written once.
import { perObject } from '../../base/lazy.ts';
import type { MatchTest } from '../../documents/iptables/match.ts';

const written = perObject((test: MatchTest) => ({ text: JSON.stringify(test) }));

export function testText(test: MatchTest): string {
  return written(test).text;
}

export function isSameTest(a: MatchTest, b: MatchTest): boolean {
  return a === b || testText(a) === testText(b);
}

// Whether one rule's conditions make another's certain: every packet that fits the one fits the other, too.
// Only what is proved counts: conditions that are not understood, or ask for chance and time, prove nothing.
import { contains, type Prefix } from '../../base/ip.ts';
import type { Match, MatchTest, Range } from '../../documents/iptables/match.ts';
import { isSameTest } from './test-text.ts';

/** Whether whoever fits all of `special` fits all of `general`. */
export function impliesAll(special: readonly Match[], general: readonly Match[]): boolean {
  return general.every((wanted) => isEmpty(wanted) || special.some((given) => implies(given, wanted)));
}

/** A condition that every packet fulfils. */
export function isEmpty({ test, negated }: Match): boolean {
  if (negated) return false;
  return test.kind === 'comment' || (test.kind === 'protocol' && test.protocols.length === 0);
}

/** Whether its truth can change between two rules of a chain, by what a rule between them does. */
export function isChangeable({ test }: Match): boolean {
  return ['mark', 'connmark', 'any-of', 'ct-exists', 'ct-state', 'ct-status'].includes(test.kind);
}

function implies(given: Match, wanted: Match): boolean {
  if (given.negated !== wanted.negated || given.test.kind !== wanted.test.kind) return false;
  if (isUndecided(given.test) || isUndecided(wanted.test)) return false;
  if (!given.negated && isWithin(given.test, wanted.test)) return true;
  const isSettled = !given.negated && WITHIN_WHEN_SAME.has(given.test.kind);
  return !isSettled && isSameTest(given.test, wanted.test);
}

/** Of these `isWithin` says yes where both ask the same, too. */
const WITHIN_WHEN_SAME: ReadonlySet<MatchTest['kind']> = new Set([
  'in-interface',
  'out-interface',
  'ports',
  'uid',
  'gid',
]);

function isUndecided(test: MatchTest): boolean {
  if (test.kind === 'any-of') return test.alternatives.flat().some(isUndecided);
  return test.kind === 'unknown';
}

function isWithin(given: MatchTest, wanted: MatchTest): boolean {
  if ('prefixes' in given && 'prefixes' in wanted)
    return given.prefixes.every((each) => isInOne(each, wanted.prefixes));
  if ('names' in given && 'names' in wanted)
    return given.names.every((name) => isNamedBy(name, wanted.names));
  if ('protocols' in given && given.protocols.length > 0 && 'protocols' in wanted && !('ranges' in given))
    return given.protocols.every((each) => wanted.protocols.includes(each));
  if ('states' in given && 'states' in wanted)
    return given.states.every((state) => wanted.states.includes(state));
  if (given.kind === 'ports' && wanted.kind === 'ports')
    return sameSubject(given, wanted) && given.ranges.every((each) => isInRange(each, wanted.ranges));
  if ((given.kind === 'uid' && wanted.kind === 'uid') || (given.kind === 'gid' && wanted.kind === 'gid'))
    return given.ranges.every((each) => isInRange(each, wanted.ranges));
  return false;
}

type Ports = MatchTest & { kind: 'ports' };

function sameSubject(a: Ports, b: Ports): boolean {
  return a.side === b.side && a.protocols.join(' ') === b.protocols.join(' ');
}

function isInOne(inner: Prefix, outer: readonly Prefix[]): boolean {
  const { length } = inner;
  return outer.some(
    (prefix) =>
      length !== null && prefix.length !== null && prefix.length <= length && contains(prefix, inner.address),
  );
}

function isNamedBy(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    /[+*]$/.test(pattern) ? name.startsWith(pattern.slice(0, -1)) : pattern === name,
  );
}

function isInRange(inner: Range, outer: readonly Range[]): boolean {
  return outer.some(({ from, to }) => from <= inner.from && inner.to <= to);
}

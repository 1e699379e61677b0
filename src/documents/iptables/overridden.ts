// Options that change what another of their module asks for. Supplementary groups and addresses of one interface alone do
// so in ways no paste decides: the other is then open too. Kernel: net/netfilter/xt_owner.c, xt_addrtype.c, xt_conntrack.c.
import { isEntryTest, type Match, type MatchTest } from './match.ts';

const OVERRIDES: Readonly<Record<string, MatchTest['kind']>> = {
  '--suppl-groups': 'gid',
  '--limit-iface-in': 'address-type',
  '--limit-iface-out': 'address-type',
};

/** The same matches of one rule; those that such an option changes are open, or know of the state beside them. */
export function withOverrides(matches: readonly Match[]): readonly Match[] {
  const hasState = matches.length > 1 && matches.some(({ test }) => test.kind === 'ct-state');
  return openedUp(hasState ? matches.map(besideState) : matches);
}

function besideState(match: Match): Match {
  return isEntryTest(match.test) ? { ...match, test: { ...match.test, besideState: true } } : match;
}

function openedUp(matches: readonly Match[]): readonly Match[] {
  for (const { test } of matches) {
    if (test.kind !== 'unknown' || !Object.hasOwn(OVERRIDES, test.name)) continue;
    const kind = OVERRIDES[test.name];
    return matches.map((match) => (match.test.kind === kind ? { ...match, test } : match));
  }
  return matches;
}

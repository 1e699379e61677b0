// Options that change what another of their module asks for, in ways no paste decides: supplementary groups, addresses
// of one interface alone. The other is then open too. Kernel: net/netfilter/xt_owner.c, xt_addrtype.c.
import type { Match, MatchTest } from './match.ts';

const OVERRIDES: Readonly<Record<string, MatchTest['kind']>> = {
  '--suppl-groups': 'gid',
  '--limit-iface-in': 'address-type',
  '--limit-iface-out': 'address-type',
};

/** The same matches; those that such an option changes are open. */
export function withOverrides(matches: readonly Match[]): readonly Match[] {
  for (const { test } of matches) {
    if (test.kind !== 'unknown' || !Object.hasOwn(OVERRIDES, test.name)) continue;
    const kind = OVERRIDES[test.name];
    return matches.map((match) => (match.test.kind === kind ? { ...match, test } : match));
  }
  return matches;
}

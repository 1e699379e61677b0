// Two rulesets -> their chains in pairs: base chains by where they hang in the kernel, the others by their names, else by
// where rules jump to them from. One may be iptables and the other nft, and names may have changed.
import { meaningUnder } from '../../documents/iptables/meaning.ts';
import { sees, type Chain, type Rule, type Ruleset } from '../../documents/iptables/ruleset.ts';
import { align } from './align.ts';

/** A chain with the table it stands in. */
interface Placed {
  readonly table: string;
  readonly chain: Chain;
}

export interface ChainPair {
  readonly a: Placed | null;
  readonly b: Placed | null;
}

export interface PairedChains {
  readonly pairs: readonly ChainPair[];
  /** What a chain of the second ruleset is called in the first one, in that table of the second. */
  readonly nameInFirst: (table: string, chain: string) => string;
}

/** `ISTIO_INBOUND` of iptables is `istio-inbound` of nft. */
function plainName(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

function chainsOf({ tables }: Ruleset, family: 4 | 6): Placed[] {
  return tables
    .filter((table) => sees(table.family, family))
    .flatMap(({ name, chains }) => chains.map((chain) => ({ table: name, chain })));
}

/** Where a base chain hangs: nat is consulted apart, the others by their priority. */
function placeOf({ chain: { base } }: Placed): string | null {
  return base && `${base.hook} ${base.type === 'nat' ? 'nat' : base.priority}`;
}

/** The chains of one family, in the first one's order; a chain without a mate stands alone. */
export function pairChains(first: Ruleset, second: Ruleset, family: 4 | 6): PairedChains {
  const [x, y] = [chainsOf(first, family), chainsOf(second, family)];
  const mates = new Map<Placed, Placed>();
  const taken = new Set<Placed>();
  const pair = (a: Placed | undefined, b: Placed | undefined): boolean => {
    if (!a || !b || mates.has(a) || taken.has(b)) return false;
    mates.set(a, b);
    taken.add(b);
    return true;
  };
  for (const a of x)
    pair(
      a,
      y.find((b) => placeOf(a) !== null && placeOf(a) === placeOf(b)),
    );
  const open = [...mates];
  for (let next = open.pop(); next; next = open.pop())
    for (const [from, to] of jumpsOf(...next)) {
      const [a, b] = [named(x, next[0].table, from), named(y, next[1].table, to)];
      if (a && b && mayBeOne(a, b, x, y) && pair(a, b)) open.push([a, b]);
    }
  for (const a of x)
    pair(
      a,
      y.find((b) => b.table === a.table && b.chain.name === a.chain.name),
    );
  const names = new Map([...mates].map(([a, b]) => [`${b.table} ${b.chain.name}`, a.chain.name]));
  return {
    pairs: [
      ...x.map((a) => ({ a, b: mates.get(a) ?? null })),
      ...y.filter((b) => !taken.has(b)).map((b) => ({ a: null, b })),
    ],
    nameInFirst: (table, chain) => names.get(`${table} ${chain}`) ?? chain,
  };
}

function named(placed: readonly Placed[], table: string, name: string): Placed | undefined {
  return placed.find((each) => each.table === table && each.chain.name === name);
}

/** The same name; or two names of which neither side knows the other's. */
function mayBeOne(a: Placed, b: Placed, x: readonly Placed[], y: readonly Placed[]): boolean {
  const [nameA, nameB] = [plainName(a.chain.name), plainName(b.chain.name)];
  const knows = (all: readonly Placed[], name: string) =>
    all.some(({ chain }) => plainName(chain.name) === name);
  return nameA === nameB || (!knows(y, nameA) && !knows(x, nameB));
}

function meaningWithoutChains(rule: Rule): string {
  return meaningUnder(rule, () => '');
}

/** The names of the chains that rules of the same kind jump to, from the one chain and from the other. */
function jumpsOf(a: Placed, b: Placed): (readonly [string, string])[] {
  return align(a.chain.rules, b.chain.rules, meaningWithoutChains).flatMap(({ a: left, b: right }) => {
    const [from, to] = [left && targetChain(left), right && targetChain(right)];
    return from && to ? [[from, to] as const] : [];
  });
}

function targetChain({ targets }: Rule): string | null {
  const jump = targets.find(({ action }) => action.kind === 'jump' || action.kind === 'goto');
  return jump && (jump.action.kind === 'jump' || jump.action.kind === 'goto') ? jump.action.chain : null;
}

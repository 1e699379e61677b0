// What a copy holds other names for, and what it does not hold at all: counts, with a few examples of the pseudonyms.

export type Replaced = 'addresses' | 'hosts' | 'names' | 'identifiers';
export type LeftOut = 'secrets' | 'queries' | 'fields' | 'prose' | 'comments' | 'title' | 'headers';

export interface Entry<Kind> {
  readonly kind: Kind;
  /** Different values, or for what is left out how often. */
  readonly count: number;
  /** At most SAMPLES. A secret is never shown. */
  readonly samples: readonly { readonly from: string; readonly to: string }[];
}

export interface Account {
  readonly replaced: readonly Entry<Replaced>[];
  readonly leftOut: readonly Entry<LeftOut>[];
}

export interface Ledger {
  readonly replaced: (kind: Replaced, from: string, to: string) => void;
  readonly leftOut: (kind: LeftOut, example: string, count?: number) => void;
  readonly account: () => Account;
}

const SAMPLES = 4;

export function createLedger(): Ledger {
  const replaced = new Map<Replaced, Map<string, string>>();
  const leftOut = new Map<LeftOut, { count: number; examples: Set<string> }>();
  return {
    replaced: (kind, from, to) => {
      const pairs = replaced.get(kind) ?? new Map<string, string>();
      replaced.set(kind, pairs.set(from, to));
    },
    leftOut: (kind, example, count = 1) => {
      const known = leftOut.get(kind) ?? { count: 0, examples: new Set() };
      if (example !== '') known.examples.add(example);
      leftOut.set(kind, { ...known, count: known.count + count });
    },
    account: () => ({
      replaced: Array.from(replaced, ([kind, pairs]) => ({
        kind,
        count: pairs.size,
        samples: Array.from(pairs, ([from, to]) => ({ from, to })).slice(0, SAMPLES),
      })),
      leftOut: Array.from(leftOut, ([kind, { count, examples }]) => ({
        kind,
        count,
        samples: Array.from(examples, (from) => ({ from, to: '' })).slice(0, SAMPLES),
      })),
    }),
  };
}

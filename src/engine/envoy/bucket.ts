// Filter chains, grouped by the keys of one level after another: what Envoy builds when it takes a listener, here built
// as far as connections ask. Envoy source/common/listener_manager/filter_chain_manager_impl.h, the nested maps.
import { addressOf, maskOf, type IpAddress } from '../../base/ip.ts';
import type { FilterChain, FilterChainMatch } from '../../documents/envoy/listener.ts';

/** The keys a chain is filed under at a level. */
export type KeysOf = (match: FilterChainMatch) => readonly string[];

export class Bucket {
  readonly chains: readonly FilterChain[];
  private groups: Groups | null = null;

  constructor(chains: readonly FilterChain[]) {
    this.chains = chains;
  }

  /** By their keys at the next level, which is the same at every call. */
  groupsBy(keysOf: KeysOf): Groups {
    return (this.groups ??= new Groups(this.chains, keysOf));
  }
}

/** The buckets of a level, by key. */
export class Groups {
  private readonly buckets: ReadonlyMap<string, Bucket>;
  private lengths: Record<IpAddress['family'], readonly number[]> | null = null;

  constructor(chains: readonly FilterChain[], keysOf: KeysOf) {
    const byKey = new Map<string, FilterChain[]>();
    for (const chain of chains)
      for (const key of new Set(keysOf(chain.match))) {
        const held = byKey.get(key);
        if (held) held.push(chain);
        else byKey.set(key, [chain]);
      }
    this.buckets = new Map(Array.from(byKey, ([key, held]) => [key, new Bucket(held)]));
  }

  get keys(): readonly string[] {
    return [...this.buckets.keys()];
  }

  get size(): number {
    return this.buckets.size;
  }

  has(key: string): boolean {
    return this.buckets.has(key);
  }

  at(key: string): Bucket {
    return this.buckets.get(key) ?? new Bucket([]);
  }

  /** Of the keys `address/length`, the longest that holds the address. */
  longestPrefix({ family, words }: IpAddress): string | null {
    for (const length of this.prefixLengths(family)) {
      const mask = maskOf(family, length);
      const network = addressOf(words.map((word, i) => (word & (mask[i] ?? 0)) >>> 0));
      const key = `${network.text}/${length}`;
      if (this.buckets.has(key)) return key;
    }
    return null;
  }

  private prefixLengths(family: IpAddress['family']): readonly number[] {
    return (this.lengths ??= lengthsIn(this.keys))[family];
  }
}

function lengthsIn(keys: readonly string[]): Record<IpAddress['family'], readonly number[]> {
  const of = (isIpv6: boolean) => {
    const lengths = keys.flatMap((key) =>
      key.includes('/') && key.includes(':') === isIpv6 ? [Number(key.slice(key.indexOf('/') + 1))] : [],
    );
    return [...new Set(lengths)].toSorted((a, b) => b - a);
  };
  return { 4: of(false), 6: of(true) };
}

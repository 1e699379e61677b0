// Filter chains, grouped by the keys of one level after another: what Envoy builds when it takes a listener, here built
// as far as connections ask. Envoy source/common/listener_manager/filter_chain_manager_impl.h, the nested maps.
import { parsePrefix, type IpAddress } from '../../base/ip.ts';
import type { FilterChain, FilterChainMatch } from '../../documents/envoy/listener.ts';

/** The keys a chain is filed under at a level. */
export type KeysOf = (match: FilterChainMatch) => readonly string[];

/** The key of chains that do not care. */
export const ANY = '';

export class Bucket {
  readonly key: string;
  readonly chains: readonly FilterChain[];
  private groups: Groups | null = null;

  constructor(key: string, chains: readonly FilterChain[]) {
    this.key = key;
    this.chains = chains;
  }

  /** By their keys at the next level, which is the same at every call. */
  groupsBy(keysOf: KeysOf): Groups {
    return (this.groups ??= new Groups(this.chains, keysOf));
  }
}

/** The buckets of a level, by key. */
export class Groups {
  readonly any: Bucket | null;
  private readonly buckets: ReadonlyMap<string, Bucket>;
  private prefixes: Record<IpAddress['family'], readonly Prefixes[]> | null = null;

  constructor(chains: readonly FilterChain[], keysOf: KeysOf) {
    const byKey = new Map<string, FilterChain[]>();
    for (const chain of chains)
      for (const key of new Set(keysOf(chain.match))) {
        const held = byKey.get(key);
        if (held) held.push(chain);
        else byKey.set(key, [chain]);
      }
    this.buckets = new Map(Array.from(byKey, ([key, held]) => [key, new Bucket(key, held)]));
    this.any = this.at(ANY);
  }

  get all(): readonly Bucket[] {
    return [...this.buckets.values()];
  }

  /** Whether none of the chains cares. */
  get isUnasked(): boolean {
    return this.buckets.size === 1 && this.any !== null;
  }

  at(key: string): Bucket | null {
    return this.buckets.get(key) ?? null;
  }

  /** Of the keys `address/length`, that of the longest prefix that holds the address. */
  longestPrefix({ family, words }: IpAddress): Bucket | null {
    this.prefixes ??= prefixesIn(this.all);
    for (const { mask, buckets } of this.prefixes[family]) {
      const bucket = buckets.get(networkOf(words, mask));
      if (bucket) return bucket;
    }
    return null;
  }
}

/** The buckets of one length, by network. */
interface Prefixes {
  readonly length: number;
  readonly mask: readonly number[];
  readonly buckets: Map<Network, Bucket>;
}

/** An IPv4 network stays a number; the four words of IPv6 become text. */
type Network = number | string;

function networkOf(words: readonly number[], mask: readonly number[]): Network {
  if (words.length === 1) return (words[0] ?? 0) & (mask[0] ?? 0);
  return words.map((word, i) => (word & (mask[i] ?? 0)) >>> 0).join(' ');
}

/** The longest come first. */
function prefixesIn(buckets: readonly Bucket[]): Record<IpAddress['family'], readonly Prefixes[]> {
  const lengths = { 4: new Map<number, Prefixes>(), 6: new Map<number, Prefixes>() } as const;
  for (const bucket of buckets) {
    const prefix = parsePrefix(bucket.key);
    if (!prefix || prefix.length === null) continue;
    const { address, length, mask } = prefix;
    const known = lengths[address.family].get(length) ?? {
      length,
      mask,
      buckets: new Map<Network, Bucket>(),
    };
    lengths[address.family].set(length, known);
    known.buckets.set(networkOf(address.words, mask), bucket);
  }
  const sorted = (family: IpAddress['family']) =>
    [...lengths[family].values()].toSorted((a, b) => b.length - a.length);
  return { 4: sorted(4), 6: sorted(6) };
}

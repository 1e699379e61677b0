// The model of pasted netfilter rules: tables, chains, rules, and where each stands in the paste.
// iptables' built-in chains and nft's base chains are the same thing here: a chain with a type, a hook and a priority.
import type { Span } from '../../base/source.ts';
import type { Match } from './match.ts';
import type { Target } from './target.ts';

export type Hook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';

/** As nft names them: `inet` chains see packets of both families. */
export type TableFamily = 'ip' | 'ip6' | 'inet';

/** `route` chains make the kernel route again when they change the mark or an address (mangle OUTPUT). */
export type ChainType = 'filter' | 'nat' | 'route';

export interface Counters {
  readonly packets: number;
  readonly bytes: number;
  /** False when the listing rounded them to K, M or G. */
  readonly exact: boolean;
}

/** Where a chain hangs in the kernel. Chains run by ascending priority. */
export interface BaseChain {
  readonly type: ChainType;
  readonly hook: Hook;
  readonly priority: number;
  readonly policy: 'accept' | 'drop';
}

export interface Rule {
  /** Counts from 1 in its chain. */
  readonly number: number;
  readonly matches: readonly Match[];
  /** Carried out in order when every match holds. iptables knows one at most; none means: count and go on. */
  readonly targets: readonly Target[];
  readonly counters: Counters | null;
  readonly span: Span;
}

export interface Chain {
  readonly name: string;
  /** Null for a user-defined chain. */
  readonly base: BaseChain | null;
  readonly rules: readonly Rule[];
  readonly counters: Counters | null;
  /** The line that declares it; null when only its rules were pasted. */
  readonly span: Span | null;
  /** Set where the paste is cut: what is in this chain was not printed, as this line shows. */
  readonly cutBy?: Span;
}

export interface Table {
  readonly family: TableFamily;
  readonly name: string;
  readonly chains: readonly Chain[];
}

export interface Ruleset {
  readonly tables: readonly Table[];
}

/** The family of the addresses that a table's rules see; `inet` tables see both. */
export function sees(family: TableFamily, packetFamily: 4 | 6): boolean {
  return family === 'inet' || (family === 'ip') === (packetFamily === 4);
}

/** Puts rulesets together. Of two tables with the same family and name the later one counts, as with iptables-restore. */
export function mergeRulesets(rulesets: readonly Ruleset[]): Ruleset {
  const [only, ...others] = rulesets;
  if (only && others.length === 0) return only;
  const tables = new Map<string, Table>();
  for (const table of rulesets.flatMap((ruleset) => ruleset.tables)) {
    const key = `${table.family} ${table.name}`;
    tables.delete(key);
    tables.set(key, table);
  }
  return { tables: [...tables.values()] };
}

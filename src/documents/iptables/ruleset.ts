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

/** What a rule asks and does. */
export interface Deed {
  readonly matches: readonly Match[];
  /** Carried out in order when every match holds. iptables knows one at most; none means: count and go on. */
  readonly targets: readonly Target[];
}

export interface Rule extends Deed {
  /** Counts from 1 in its chain. */
  readonly number: number;
  readonly counters: Counters | null;
  readonly span: Span;
  /**
   * What a rule of the same words asks and does, values aside: matches and targets are of the same kinds, one by one. Many
   * rules share it, and asking it reads no word of this one.
   */
  readonly like?: Deed;
}

/** Of a rule what tells the kinds of its matches and targets, and no value of theirs. */
export function kindsOf(rule: Rule): Deed {
  return rule.like ?? rule;
}

export interface Chain {
  readonly name: string;
  /** Null for a user-defined chain. */
  readonly base: BaseChain | null;
  readonly rules: readonly Rule[];
  readonly counters: Counters | null;
  /** The line that declares it; null when only its rules were pasted. */
  readonly span: Span | null;
  /**
   * The same object for chains whose rules say the same, wherever in a text they stand: what is made of the one, and tells no
   * places, holds for the other. Without it a chain is like no other.
   */
  readonly identity?: object;
  /** Set where the paste is cut: what is in this chain was not printed, as this line shows. */
  readonly cutBy?: Span;
}

/** What tells chains apart that do not say the same. */
export function identityOf({ identity, rules }: Chain): object {
  return identity ?? rules;
}

export interface Table {
  readonly family: TableFamily;
  readonly name: string;
  readonly chains: readonly Chain[];
  /** The same object for a table and what edits of its rules made of it: chains stand at the same places. */
  readonly origin?: object;
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

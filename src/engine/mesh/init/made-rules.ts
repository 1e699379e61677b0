// The rules that istio-init makes, table by table and chain by chain, in iptables' words and for both families at once:
// `<host>` and `<bind>` stand for addresses that each family has its own of.
import type { Family } from '../../../base/ip.ts';

export type MadeTable = 'raw' | 'mangle' | 'nat';

export interface MadeRule {
  /** What stands behind `-A CHAIN`, as iptables-save orders it. */
  readonly words: string;
  /** Null: made in both families. */
  readonly family: Family | null;
}

export class MadeRules {
  private readonly tables = new Map<MadeTable, Map<string, MadeRule[]>>();

  append(table: MadeTable, chain: string, words: string, family: Family | null = null): void {
    this.rulesOf(table, chain).push({ words, family });
  }

  /** `position` counts from 1, as `-I CHAIN 1` does. */
  insert(
    table: MadeTable,
    chain: string,
    position: number,
    words: string,
    family: Family | null = null,
  ): void {
    this.rulesOf(table, chain).splice(position - 1, 0, { words, family });
  }

  /** The chains of a table in the order in which they were first named. */
  chainsOf(table: MadeTable): ReadonlyMap<string, readonly MadeRule[]> {
    return this.tables.get(table) ?? new Map<string, MadeRule[]>();
  }

  private rulesOf(table: MadeTable, chain: string): MadeRule[] {
    const chains = this.tables.get(table) ?? new Map<string, MadeRule[]>();
    this.tables.set(table, chains);
    const rules = chains.get(chain) ?? [];
    chains.set(chain, rules);
    return rules;
  }
}

/** What each version's rules depend on. */
export interface InitScope {
  readonly minor: number;
  readonly family: Family;
  readonly tproxy: boolean;
}

// What the text and the JSON of a ruleset name, piece by piece -> Ruleset. Rules that name sets are read last: those may
// stand below them.
import { append } from '../../base/append.ts';
import type { Diagnostic, Parsed } from '../../base/diagnostic.ts';
import type { Span } from '../../base/source.ts';
import { missingChains, TableBuilder } from '../iptables/builder.ts';
import { isBuiltinTable } from '../iptables/builtin.ts';
import type { PendingRule } from '../iptables/pending-chain.ts';
import type { ChainType, Hook, Ruleset, TableFamily } from '../iptables/ruleset.ts';
import type { Token } from '../iptables/tokens.ts';
import { NamedSets, namesSet } from './elements.ts';
import { readNftRule } from './rule.ts';

const HOOKS: ReadonlySet<string> = new Set<Hook>(['prerouting', 'input', 'forward', 'output', 'postrouting']);
const TYPES: ReadonlySet<string> = new Set<ChainType>(['filter', 'nat', 'route']);

export function isHook(text: string): text is Hook {
  return HOOKS.has(text);
}

export function isChainType(text: string): text is ChainType {
  return TYPES.has(text);
}

/** Whether IP packets of a host meet tables of that family: `arp`, `bridge` and `netdev` are left out. */
export function isIpFamily(text: string): text is TableFamily {
  return text === 'ip' || text === 'ip6' || text === 'inet';
}

/** Whether iptables-nft may keep the table: nft then prints its rules in words of its own. */
function isOfIptables({ family, name }: TableBuilder): boolean {
  return family !== 'inet' && isBuiltinTable(name);
}

/** One table under construction. */
export interface OpenTable {
  readonly builder: TableBuilder;
  readonly sets: NamedSets;
}

export class Assembly {
  readonly diagnostics: Diagnostic[] = [];
  private readonly tables = new Map<string, OpenTable>();
  /** Rules that name sets are read when all sets are known. */
  private readonly naming: (() => void)[] = [];

  table(family: TableFamily, name: string): OpenTable {
    const key = `${family} ${name}`;
    const known = this.tables.get(key) ?? { builder: new TableBuilder(family, name), sets: new NamedSets() };
    this.tables.set(key, known);
    return known;
  }

  /** `flush ruleset`, `delete table …`. */
  clear(): void {
    this.tables.clear();
    this.naming.length = 0;
  }

  /** `flush table`, `flush chain`: without a chain, all of them. */
  flush({ builder }: OpenTable, chain: string | null): void {
    builder.flush(chain);
  }

  /** `position` counts from 0; null is the end of the chain. */
  addRule(
    table: OpenTable,
    chain: string,
    words: readonly Token[],
    span: Span,
    position: number | null,
  ): void {
    const rule: PendingRule = { number: 0, matches: [], targets: [], counters: null, span };
    const read = () => this.readRule(rule, table, words);
    if (namesSet(words)) this.naming.push(read);
    else read();
    table.builder.add(chain, rule, position);
  }

  private readRule(rule: PendingRule, { builder, sets }: OpenTable, words: readonly Token[]): void {
    const body = readNftRule(sets.resolve(words), builder.family, isOfIptables(builder));
    append(this.diagnostics, body.diagnostics);
    const { matches, targets, counters } = body;
    Object.assign(rule, { matches, targets, counters });
  }

  finish(): Parsed<Ruleset> {
    for (const read of this.naming) read();
    const tables = [...this.tables.values()].map(({ builder }) => builder.build());
    for (const table of tables) append(this.diagnostics, missingChains(table));
    return { value: { tables }, diagnostics: this.diagnostics };
  }
}

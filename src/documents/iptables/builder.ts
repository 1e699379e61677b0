// Collects declared chains and rules, in whatever order a notation brings them -> one Table.
import { diagnostic, type Diagnostic } from '../../base/diagnostic.ts';
import type { Span } from '../../base/source.ts';
import { builtinChain } from './builtin.ts';
import type { RuleBody } from './options.ts';
import type { TargetAction } from './target.ts';
import { PendingChain, type PendingRule } from './pending-chain.ts';
import type { BaseChain, Chain, Counters, Rule, Table, TableFamily } from './ruleset.ts';

interface NewRule extends Omit<RuleBody, 'diagnostics'> {
  readonly span: Span;
}

function pendingRule({ matches, targets, counters, span }: NewRule): PendingRule {
  return { number: 0, matches, targets, counters, span };
}

export class TableBuilder {
  readonly family: TableFamily;
  readonly name: string;
  private readonly chains = new Map<string, PendingChain>();
  private last: { readonly name: string; readonly chain: PendingChain } | null = null;

  constructor(family: TableFamily, name: string) {
    this.family = family;
    this.name = name;
  }

  /** A line that names a chain: `:INPUT DROP [0:0]`, `-P INPUT DROP`, `-N X`, `Chain X (1 references)`. */
  declare(name: string, policy: BaseChain['policy'], counters: Counters | null, span: Span): void {
    const chain = this.chain(name);
    chain.base = builtinChain(this.name, name, policy);
    chain.counters = counters;
    chain.span = span;
  }

  /** An nft chain, whose name says nothing about its hook. */
  declareChain(name: string, base: BaseChain | null, span: Span): void {
    Object.assign(this.chain(name), { base, span });
  }

  append(chain: string, rule: NewRule): void {
    this.add(chain, pendingRule(rule));
  }

  /** `position` counts from 0; null is the end of the chain. */
  add(chain: string, rule: PendingRule, position: number | null = null): void {
    if (position === null) this.chain(chain).append(rule);
    else this.chain(chain).insert(rule, position);
  }

  /** Whether the chain was declared, or has rules. */
  has(chain: string): boolean {
    return this.chains.has(chain);
  }

  /** `position` counts from 1, as `-I CHAIN 1` does. */
  insert(chain: string, position: number, rule: NewRule): void {
    this.add(chain, pendingRule(rule), Math.max(0, position - 1));
  }

  /** `-R CHAIN 2 …`; a position that no rule has changes nothing. */
  replace(chain: string, position: number, rule: NewRule): void {
    this.chain(chain).replace(pendingRule(rule), position - 1);
  }

  /** `-D CHAIN 2`, or the first rule that says the same. */
  delete(chain: string, which: number | NewRule): void {
    const known = this.chains.get(chain);
    if (typeof which === 'number') known?.deleteAt(which - 1);
    else known?.deleteLike(pendingRule(which));
  }

  /** `-E OLD NEW`. */
  rename(chain: string, name: string): void {
    const known = this.chains.get(chain);
    if (!known) return;
    this.chains.delete(chain);
    this.chains.set(name, known);
    this.last = null;
  }

  /** `-X`: without a chain, all that are empty and of the user's own. */
  remove(chain: string | null): void {
    this.last = null;
    const named = chain === null ? [...this.chains.keys()] : [chain];
    for (const name of named) {
      const known = this.chains.get(name);
      if (known?.base === null && (chain !== null || known.rules().length === 0)) this.chains.delete(name);
    }
  }

  /** `-F`: without a chain, all of them. */
  flush(chain: string | null): void {
    if (chain !== null) this.chains.get(chain)?.clear();
    else for (const pending of this.chains.values()) pending.clear();
  }

  build(): Table {
    const chains: Chain[] = [];
    for (const [name, pending] of this.chains) {
      const { base, counters, span } = pending;
      const rules = pending.rules().slice();
      let number = 0;
      for (const rule of rules) rule.number = ++number;
      chains.push({ name, base, rules, counters, span, identity: {} });
    }
    return { family: this.family, name: this.name, chains, origin: {} };
  }

  private chain(name: string): PendingChain {
    if (this.last?.name === name) return this.last.chain; // rules of a chain stand together
    const chain = this.chains.get(name) ?? this.fresh(name);
    this.last = { name, chain };
    return chain;
  }

  private fresh(name: string): PendingChain {
    const base = this.family === 'inet' ? null : builtinChain(this.name, name, 'accept');
    const fresh = new PendingChain(base);
    this.chains.set(name, fresh);
    return fresh;
  }
}

/** Jumps to chains that were not pasted: what happens there cannot be told. `isSure` rules need not be asked. */
export function missingChains(table: Table, isSure: (rule: Rule) => boolean = () => false): Diagnostic[] {
  const names = new Set(table.chains.map((chain) => chain.name));
  const missing: Diagnostic[] = [];
  const check = (action: TargetAction, span: Span) => {
    if (action.kind === 'map') for (const entry of action.entries) check(entry.action, span);
    else if ((action.kind === 'jump' || action.kind === 'goto') && !names.has(action.chain))
      missing.push(diagnostic('warning', 'rules.chain.missing', span, { chain: action.chain }));
  };
  for (const { rules } of table.chains)
    for (const rule of rules)
      if (!isSure(rule)) for (const { action, span } of rule.targets) check(action, span);
  return missing;
}

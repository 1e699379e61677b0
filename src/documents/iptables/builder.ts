// Collects declared chains and rules, in whatever order a notation brings them -> one Table.
import { diagnostic, type Diagnostic } from '../../base/diagnostic.ts';
import type { Span } from '../../base/source.ts';
import { builtinChain } from './builtin.ts';
import type { RuleBody } from './options.ts';
import type { TargetAction } from './target.ts';
import type { BaseChain, Chain, Counters, Rule, Table, TableFamily } from './ruleset.ts';

interface NewRule extends Omit<RuleBody, 'diagnostics'> {
  readonly span: Span;
}

/** Numbered when its chain is whole: rules may be put before others. */
export interface PendingRule extends Rule {
  number: number;
}

function saysTheSame(a: NewRule, b: NewRule): boolean {
  const words = ({ matches, targets }: NewRule) =>
    JSON.stringify([
      matches.map(({ test, negated }) => [test, negated]),
      targets.map(({ action }) => action),
    ]);
  return words(a) === words(b);
}

function pendingRule({ matches, targets, counters, span }: NewRule): PendingRule {
  return { number: 0, matches, targets, counters, span };
}

interface PendingChain {
  base: BaseChain | null;
  counters: Counters | null;
  span: Span | null;
  rules: PendingRule[];
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

  add(chain: string, rule: PendingRule): void {
    this.chain(chain).rules.push(rule);
  }

  /** Whether the chain was declared, or has rules. */
  has(chain: string): boolean {
    return this.chains.has(chain);
  }

  /** `position` counts from 1, as `-I CHAIN 1` does. */
  insert(chain: string, position: number, rule: NewRule): void {
    this.chain(chain).rules.splice(Math.max(0, position - 1), 0, pendingRule(rule));
  }

  /** `-R CHAIN 2 …`; a position that no rule has changes nothing. */
  replace(chain: string, position: number, rule: NewRule): void {
    const { rules } = this.chain(chain);
    if (position >= 1 && position <= rules.length) rules[position - 1] = pendingRule(rule);
  }

  /** `-D CHAIN 2`, or the first rule that says the same. */
  delete(chain: string, which: number | NewRule): void {
    const rules = this.chains.get(chain)?.rules ?? [];
    const at = typeof which === 'number' ? which - 1 : rules.findIndex((rule) => saysTheSame(rule, which));
    if (at >= 0) rules.splice(at, 1);
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
    for (const [name, { base, rules }] of this.chains)
      if (base === null && (name === chain || (chain === null && rules.length === 0)))
        this.chains.delete(name);
  }

  /** `-F`: without a chain, all of them. */
  flush(chain: string | null): void {
    for (const [name, pending] of this.chains) if (chain === null || name === chain) pending.rules = [];
  }

  build(): Table {
    const chains: Chain[] = [];
    for (const [name, { base, rules, counters, span }] of this.chains) {
      let number = 0;
      for (const rule of rules) rule.number = ++number;
      chains.push({ name, base, rules: rules.slice(), counters, span });
    }
    return { family: this.family, name: this.name, chains };
  }

  private chain(name: string): PendingChain {
    if (this.last?.name === name) return this.last.chain; // rules of a chain stand together
    const chain = this.chains.get(name) ?? this.fresh(name);
    this.last = { name, chain };
    return chain;
  }

  private fresh(name: string): PendingChain {
    const base = this.family === 'inet' ? null : builtinChain(this.name, name, 'accept');
    const fresh: PendingChain = { base, counters: null, span: null, rules: [] };
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

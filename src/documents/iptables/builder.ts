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
interface PendingRule extends Rule {
  number: number;
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

  constructor(family: TableFamily, name: string) {
    this.family = family;
    this.name = name;
  }

  /** A line that names a chain: `:INPUT DROP [0:0]`, `-P INPUT DROP`, `-N X`, `Chain X (1 references)`. */
  declare(name: string, policy: BaseChain['policy'], counters: Counters | null, span: Span): void {
    Object.assign(this.chain(name), { base: builtinChain(this.name, name, policy), counters, span });
  }

  /** An nft chain, whose name says nothing about its hook. */
  declareChain(name: string, base: BaseChain | null, span: Span): void {
    Object.assign(this.chain(name), { base, span });
  }

  append(chain: string, rule: NewRule): void {
    this.chain(chain).rules.push(pendingRule(rule));
  }

  /** `position` counts from 1, as `-I CHAIN 1` does. */
  insert(chain: string, position: number, rule: NewRule): void {
    this.chain(chain).rules.splice(Math.max(0, position - 1), 0, pendingRule(rule));
  }

  /** `-F`: without a chain, all of them. */
  flush(chain: string | null): void {
    for (const [name, pending] of this.chains) if (chain === null || name === chain) pending.rules = [];
  }

  build(): Table {
    const chains = [...this.chains].map(([name, pending]): Chain => {
      for (const [i, rule] of pending.rules.entries()) rule.number = i + 1;
      return {
        name,
        base: pending.base,
        rules: pending.rules,
        counters: pending.counters,
        span: pending.span,
      };
    });
    return { family: this.family, name: this.name, chains };
  }

  private chain(name: string): PendingChain {
    const known = this.chains.get(name);
    if (known) return known;
    const base = this.family === 'inet' ? null : builtinChain(this.name, name, 'accept');
    const fresh: PendingChain = { base, counters: null, span: null, rules: [] };
    this.chains.set(name, fresh);
    return fresh;
  }
}

/** Jumps to chains that were not pasted: what happens there cannot be told. */
export function missingChains(table: Table): Diagnostic[] {
  const names = new Set(table.chains.map((chain) => chain.name));
  const missing: Diagnostic[] = [];
  const check = (action: TargetAction, span: Span) => {
    if (action.kind === 'map') for (const entry of action.entries) check(entry.action, span);
    else if ((action.kind === 'jump' || action.kind === 'goto') && !names.has(action.chain))
      missing.push(diagnostic('warning', 'rules.chain.missing', span, { chain: action.chain }));
  };
  for (const { rules } of table.chains)
    for (const { targets } of rules) for (const { action, span } of targets) check(action, span);
  return missing;
}

// The rules of one chain while the lines that change it are read. Whatever people do in a row, to put rules before all
// others or to delete them by their words, costs the same for each line.
import type { BaseChain, Counters, Rule } from './ruleset.ts';
import type { Span } from '../../base/source.ts';

/** Numbered when its chain is whole: rules may be put before others. */
export interface PendingRule extends Rule {
  number: number;
}

/** What a rule says: rules with the same words say the same. */
function wordsOf({ matches, targets }: PendingRule): string {
  return JSON.stringify([
    matches.map(({ test, negated }) => [test, negated]),
    targets.map(({ action }) => action),
  ]);
}

/** What is not yet done to the list of rules. */
interface Edits {
  /** Put before all others, the first of them last. */
  readonly front: PendingRule[];
  readonly gone: Set<PendingRule>;
}

export class PendingChain {
  base: BaseChain | null;
  counters: Counters | null = null;
  span: Span | null = null;
  private rest: PendingRule[] = [];
  private edits: Edits | null = null;
  /** By their words, in the order of the chain; made when a rule is first deleted by its words. */
  private alike: Map<string, PendingRule[]> | null = null;

  constructor(base: BaseChain | null) {
    this.base = base;
  }

  /** The rules, in order; the list may be changed. */
  rules(): PendingRule[] {
    const { edits } = this;
    if (edits)
      this.rest = [...edits.front.toReversed(), ...this.rest].filter((rule) => !edits.gone.has(rule));
    this.edits = null;
    return this.rest;
  }

  append(rule: PendingRule): void {
    this.rest.push(rule);
    if (this.alike) this.likes(rule, this.alike).push(rule);
  }

  /** `position` counts from 0. */
  insert(rule: PendingRule, position: number): void {
    if (position > 0) this.changed().splice(position, 0, rule);
    else {
      this.editing().front.push(rule);
      if (this.alike) this.likes(rule, this.alike).unshift(rule);
    }
  }

  /** A position that no rule has changes nothing. */
  replace(rule: PendingRule, position: number): void {
    const rules = this.changed();
    if (position >= 0 && position < rules.length) rules[position] = rule;
  }

  deleteAt(position: number): void {
    if (position >= 0) this.changed().splice(position, 1);
  }

  /** Deletes the first rule that says the same. */
  deleteLike(rule: PendingRule): void {
    this.alike ??= this.indexed();
    const first = this.likes(rule, this.alike).shift();
    if (first) this.editing().gone.add(first);
  }

  clear(): void {
    this.changed().length = 0;
  }

  private editing(): Edits {
    return (this.edits ??= { front: [], gone: new Set() });
  }

  /** The rules, about to be changed where the index does not follow. */
  private changed(): PendingRule[] {
    this.alike = null;
    return this.rules();
  }

  private indexed(): Map<string, PendingRule[]> {
    const index = new Map<string, PendingRule[]>();
    for (const rule of this.rules()) this.likes(rule, index).push(rule);
    return index;
  }

  private likes(rule: PendingRule, index: Map<string, PendingRule[]>): PendingRule[] {
    const words = wordsOf(rule);
    const known = index.get(words);
    if (known) return known;
    const fresh: PendingRule[] = [];
    index.set(words, fresh);
    return fresh;
  }
}

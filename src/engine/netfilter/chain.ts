// One base chain, with all the chains it jumps to: rule by rule, until a verdict or the policy.
// Kernel: net/netfilter/nf_tables_core.c, nft_do_chain.
import type { Span } from '../../base/source.ts';
import type { ChainsByName } from '../../documents/iptables/contents.ts';
import type { Match, MatchTest } from '../../documents/iptables/match.ts';
import { identityOf, type BaseChain, type Chain, type Rule } from '../../documents/iptables/ruleset.ts';
import type { Packet } from '../packet/packet.ts';
import { candidatesOf } from './candidates.ts';
import { copyEntry } from './conntrack.ts';
import type { Flight, View } from './flight.ts';
import { matchTruth, ruleTruth } from './match.ts';
import type { Doubt, Step } from './step.ts';
import { applyTarget } from './target.ts';
import type { Verdict } from './verdict.ts';

/** A base chain with the table's other chains at hand. */
export interface Hooked {
  readonly table: string;
  readonly chain: Chain;
  readonly base: BaseChain;
  readonly chains: ChainsByName;
}

/** What a walk writes down while it goes, and how it answers what cannot be decided. */
export interface Journal {
  readonly steps: Step[];
  doubt: Doubt | null;
  /** Assumed answers for the first matches that cannot be decided, in the order they come up. */
  readonly assumptions: boolean[];
}

export type ChainOutcome = 'accept' | 'drop' | 'undecided';

/** Deeper jumps than the kernel loads (NFT_JUMP_STACK_SIZE is 16): the chains call each other in a circle. */
const DEPTH_LIMIT = 64;

type VisitOutcome = 'end' | ChainOutcome;

class ChainWalk {
  private readonly entry: Packet;
  private readonly hooked: Hooked;
  private readonly flight: Flight;
  private readonly journal: Journal;
  /** The entry of a map that is in doubt. */
  private open: Match | null = null;

  constructor(hooked: Hooked, flight: Flight, journal: Journal) {
    this.entry = flight.packet;
    this.hooked = hooked;
    this.flight = flight;
    this.journal = journal;
  }

  run(): ChainOutcome {
    const { chain, base } = this.hooked;
    const end = this.visit(chain, 0);
    if (end.outcome !== 'end') return end.outcome;
    const view = this.view();
    this.note(chain, null, { kind: 'policy', policy: base.policy }, view, end.first);
    return base.policy;
  }

  /** What more the chain holds was not printed. */
  private giveUp(chain: Chain, first: number): { outcome: 'undecided'; first: number } {
    this.note(chain, null, { kind: 'undecided' }, this.view(), first);
    this.doubt('chain-cut', null);
    return { outcome: 'undecided', first };
  }

  /** Walks a chain; `first` is where the rules that were tested last began. */
  private visit(chain: Chain, depth: number): { outcome: VisitOutcome; first: number } {
    let first = 1;
    for (const i of candidatesOf(chain.rules, this.flight, matchTruth, identityOf(chain))) {
      const rule = chain.rules[i];
      if (!rule || !this.holds(rule, chain, first)) {
        if (this.journal.doubt) return { outcome: 'undecided', first };
        continue;
      }
      const view = this.view();
      const verdict = this.carryOut(rule);
      if (verdict === 'break') continue;
      this.note(chain, rule, verdict, view, first);
      first = rule.number + 1;
      const outcome = this.follow(verdict, depth);
      if (outcome === 'return') return { outcome: 'end', first };
      if (outcome !== 'continue') return { outcome, first };
    }
    return chain.cutBy ? this.giveUp(chain, first) : { outcome: 'end', first };
  }

  private holds(rule: Rule, chain: Chain, first: number): boolean {
    const held = ruleTruth(rule, this.flight);
    return held === 'unknown' ? this.assume(rule, chain, first) : held === 'yes';
  }

  /** A rule that cannot be decided: its assumed answer, or a doubt. A rule that only notes leaves none behind. */
  private assume(rule: Rule, chain: Chain, first: number): boolean {
    const harmless = rule.targets.every(({ action }) => action.kind === 'continue');
    const assumed = harmless ? undefined : this.journal.assumptions.shift();
    if (assumed !== undefined) return assumed;
    const match = rule.matches.find((candidate) => matchTruth(candidate, this.flight) === 'unknown') ?? null;
    this.note(chain, rule, { kind: 'undecided' }, this.view(), first);
    if (!harmless) this.doubt('match', match);
    return false;
  }

  private carryOut(rule: Rule): Verdict | 'break' {
    for (const { action, span } of rule.targets) {
      const verdict = applyTarget(action, this.flight, ({ tests }) => this.choose(tests, span));
      if (verdict === 'break' || verdict.kind !== 'continue') return verdict;
    }
    return { kind: 'continue' };
  }

  /** An entry of a map that may or may not be the packet's: by assumption, else it is a doubt. */
  private choose(tests: readonly MatchTest[], span: Span): boolean | null {
    const assumed = this.journal.assumptions.shift();
    if (assumed !== undefined) return assumed;
    const test = tests.find((each) => matchTruth({ test: each, negated: false }, this.flight) === 'unknown');
    this.open = test ? { test, negated: false, span } : null;
    return null;
  }

  private follow(verdict: Verdict, depth: number): ChainOutcome | 'continue' | 'return' {
    switch (verdict.kind) {
      case 'continue':
      case 'return':
      case 'accept':
      case 'drop':
        return verdict.kind;
      case 'policy':
        return verdict.policy;
      case 'undecided':
        this.doubt(this.open ? 'match' : 'target', this.open);
        return 'undecided';
      case 'jump':
      case 'goto': {
        const outcome = this.enter(verdict.chain, depth);
        if (outcome !== 'end') return outcome;
        return verdict.kind === 'goto' ? 'return' : 'continue';
      }
    }
  }

  private enter(name: string, depth: number): VisitOutcome {
    const chain = this.hooked.chains.get(name);
    if (chain && depth < DEPTH_LIMIT) return this.visit(chain, depth + 1).outcome;
    this.doubt(chain ? 'chain-loop' : 'chain-missing', null);
    return 'undecided';
  }

  private doubt(reason: Doubt['reason'], match: Doubt['match']): void {
    const step = this.journal.steps.at(-1);
    if (step) this.journal.doubt = { step, match, reason };
  }

  private note(chain: Chain, rule: Rule | null, verdict: Verdict, view: View, first: number): void {
    const { table } = this.hooked;
    const { hook, packet: after } = this.flight;
    this.journal.steps.push({
      hook,
      table,
      chain: chain.name,
      rule,
      verdict,
      entry: this.entry,
      before: view.packet,
      after,
      view,
      first,
    });
  }

  /** What the rules see now. The entry is copied: later packets change it. */
  private view(): View {
    const { host, conntrack, segment, packet, tracking } = this.flight;
    const isEntry = tracking.kind === 'entry';
    const frozen = isEntry ? { ...tracking, entry: copyEntry(tracking.entry) } : tracking;
    return { host, conntrack, segment, packet, tracking: frozen };
  }
}

/** Walks a base chain with the packet, changing it and writing each rule that matched into the journal. */
export function walkChain(hooked: Hooked, flight: Flight, journal: Journal): ChainOutcome {
  return new ChainWalk(hooked, flight, journal).run();
}

// The rules that are walked for a pod, and the text they stand in: the pasted ones, those of an excerpt filled up, or
// those that istio-init makes.
import type { Family } from '../../base/ip.ts';
import type { Span } from '../../base/source.ts';
import type { Document } from '../../documents/document.ts';
import type { InitArguments } from '../../documents/istio/init-arguments.ts';
import { gapsIn, withUnprintedHooks, type Gap } from '../../documents/iptables/cut.ts';
import { mergeRulesets, type Rule, type Ruleset } from '../../documents/iptables/ruleset.ts';
import { defaultRules } from '../mesh/default-rules.ts';
import { excerptCandidates, isExcerpt, printedRules } from '../mesh/excerpt.ts';
import { initRules } from '../mesh/istio-init.ts';
import type { PodKind } from '../mesh/pod-kind.ts';
import type { Paste } from './evidence.ts';
import { suppliedPaste } from './supplied-paste.ts';

export interface PodRules {
  readonly ruleset: Ruleset;
  readonly paste: Paste;
  /** Of supplied rules those that the paste prints, and where: it holds an excerpt. */
  readonly printed: ReadonlyMap<Rule, Span>;
  /** What the paste lacks, where it was cut out of a dump. */
  readonly gaps: readonly Gap[];
}

function rulesetsOf(documents: readonly Document[]): Ruleset[] {
  return documents.flatMap(({ content }) => (content.kind === 'ruleset' ? [content.ruleset] : []));
}

function suppliedAs(pod: string, name: string, text: string): PodRules {
  const paste = suppliedPaste(pod, name, text);
  return { ruleset: mergeRulesets(rulesetsOf(paste.documents)), paste, printed: new Map(), gaps: [] };
}

/** Those that these arguments make; without any, those it makes by default. */
function suppliedRules(pod: string, asked: InitArguments | null, family: Family): PodRules {
  const made = asked && initRules(asked, family);
  return made === null
    ? suppliedAs(pod, 'istio-default-rules', defaultRules(family))
    : suppliedAs(pod, 'istio-init-rules', made);
}

/** What was pasted for a pod: its text, and the arguments of istio-init in it. */
export interface RulesAsked {
  readonly paste: Paste;
  readonly asked: InitArguments | null;
  readonly family: Family;
}

/**
 * The rules that were pasted; an excerpt of what istio-init makes is filled up with the rest of it. Of any other, the
 * hooks that were not printed are undecided.
 */
export function pastedRules(pod: string, ruleset: Ruleset, { paste, asked, family }: RulesAsked): PodRules {
  const isInbound = isExcerpt(ruleset);
  const gaps = ruleset.tables.flatMap(gapsIn);
  const isCutOut = gaps.some(({ kind }) => kind !== 'cut-off');
  const candidates = isInbound || isCutOut ? excerptCandidates(ruleset, asked) : [];
  for (const candidate of candidates) {
    const whole = suppliedRules(pod, candidate, family);
    const printed = printedRules(ruleset, whole.ruleset, !isInbound);
    if (printed) return { ...whole, printed, gaps };
  }
  return { ruleset: withUnprintedHooks(ruleset), paste, printed: new Map(), gaps };
}

/** Rules that were not pasted: none where nothing shows that connections are handed over, else Istio's. */
export function unpastedRules(pod: string, kind: PodKind, { paste, asked, family }: RulesAsked): PodRules {
  return kind === 'bare'
    ? { ruleset: mergeRulesets([]), paste, printed: new Map(), gaps: [] }
    : suppliedRules(pod, asked, family);
}

// Pasted rules that can never match, or stand twice -> findings, one a kind and pod, with the lines.
import { lint, type RuleFact } from '../netfilter/lint.ts';
import { evidenceAt } from './evidence.ts';
import type { Pod } from './pod.ts';
import type { Finding } from './trace.ts';

const CODES: Readonly<Record<RuleFact['kind'], string>> = {
  unreachable: 'finding.rules-unreachable',
  shadowed: 'finding.rules-shadowed',
  duplicate: 'finding.rules-duplicate',
};

/** Of many such rules, so many are quoted. */
const QUOTED = 6;

export function ruleFindings({ rules, name }: Pod): Finding[] {
  if (rules.paste.supplied !== null) return [];
  const facts = lint(rules.ruleset);
  return (['unreachable', 'shadowed', 'duplicate'] as const).flatMap((kind): Finding[] => {
    const found = facts.filter((fact) => fact.kind === kind);
    if (found.length === 0) return [];
    const told = found.slice(0, QUOTED);
    const list = told.map(({ chain, rule }) => `${chain.name} #${rule.number}`).join(', ');
    const spans = told.flatMap(({ rule, because }) => [rule.span, because.span]);
    const evidence = spans.map((span) => evidenceAt(rules.paste, span));
    const parameters = { pod: name, count: found.length, rules: list };
    return [{ code: CODES[kind], severity: 'info', hop: null, parameters, evidence }];
  });
}

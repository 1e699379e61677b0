// The line that a rule stands in: of the pasted rules, of those supplied in their place, or of an excerpt of these.
import type { Rule } from '../../documents/iptables/ruleset.ts';
import { evidenceAt } from './evidence.ts';
import type { Pod } from './pod.ts';
import type { Evidence } from './trace.ts';

/** A rule of the set that is walked. */
export function ruleEvidence({ paste, rules }: Pod, rule: Rule): Evidence {
  const printed = rules.printed.get(rule);
  return printed ? evidenceAt(paste, printed) : evidenceAt(rules.paste, rule.span);
}

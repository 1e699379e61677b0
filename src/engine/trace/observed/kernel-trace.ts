// A kernel trace laid over the hops of a pod's kernel: the same rule for the same packet, or another one.
import type { TracedStep } from '../../../documents/kerneltrace/traced.ts';
import { evidenceAt } from '../evidence.ts';
import type { Pod } from '../pod.ts';
import type { Evidence, Finding, Hop } from '../trace.ts';
import { endsIn, sameEnds } from './ends.ts';
import { endsOfTraced } from './sighting.ts';

function stepsOf({ paste }: Pod): TracedStep[] {
  return paste.documents.flatMap(({ content }) => (content.kind === 'kernel-trace' ? content.steps : []));
}

/** `-A CHAIN …` without the counters and tables that some notations put around it. */
function ruleText(text: string): string | null {
  const rule = /-A \S.*$/.exec(text)?.[0];
  return rule === undefined ? null : rule.replaceAll(/\s+/g, ' ').trim();
}

/** What a rule does, in one word for every notation: the chain it jumps to, the kind of NAT, the verdict. */
function deedOf(text: string): string {
  const nat = /\b(?:redirect|tproxy|dnat|snat|masquerade)\b/i.exec(text)?.[0];
  const target = /-[jg] (\S+)/.exec(text)?.[1] ?? /\b(?:jump|goto) (\S+)/.exec(text)?.[1];
  return (target ?? nat ?? text.split(' ')[0] ?? '').toLowerCase();
}

function decides(step: TracedStep): boolean {
  return step.event === 'rule' || step.event === 'policy';
}

/** Whether the traced step is the hop's own decision. */
function isSame(step: TracedStep, hop: Hop): boolean {
  if (hop.rule === null || step.event === 'policy') return hop.rule === null && step.event === 'policy';
  if (step.number !== null) return step.number === hop.rule;
  const [own, traced] = [ruleText(hop.evidence[0]?.text ?? ''), ruleText(step.rule ?? '')];
  if (own !== null && traced !== null) return own === traced;
  const deed = deedOf(hop.verdict ?? '');
  return deed === deedOf(step.rule ?? '') || deed === deedOf(step.verdict ?? '');
}

/** The steps of the hop's packet in its chain; none when the trace does not show how its connection began. */
function tracedFor(steps: readonly TracedStep[], hop: Hop): TracedStep[] {
  const ends = endsIn(hop.before);
  if (!ends) return [];
  const own = steps.filter(({ packet }) => {
    const traced = packet && endsOfTraced(packet);
    return traced && sameEnds(traced, ends);
  });
  const flags = own.flatMap(({ packet }) => (packet ? [packet.flags] : []));
  const begins = flags.some((each) => each.length === 0 || each.includes('SYN'));
  return begins ? own.filter(({ table, chain }) => table === hop.table && chain === hop.chain) : [];
}

export interface TraceCheck {
  readonly confirmed: ReadonlyMap<Hop, Evidence>;
  readonly findings: readonly Finding[];
}

/**
 * Later packets of a connection meet other rules: a hop is contradicted when no packet of it met the hop's rule. Of
 * answers the rules are only confirmed: who owns the socket that answers is not always known.
 */
export function checkTrace(pod: Pod, hops: readonly Hop[]): TraceCheck {
  const steps = stepsOf(pod);
  const confirmed = new Map<Hop, Evidence>();
  const findings: Finding[] = [];
  for (const hop of hops) {
    const traced = tracedFor(steps, hop).filter(decides);
    const same = traced.find((step) => isSame(step, hop));
    const [other] = traced;
    if (same) confirmed.set(hop, evidenceAt(pod.paste, same.span));
    else if (other && hop.packet === 'request') findings.push(differs(pod, hop, other));
  }
  return { confirmed, findings: findings.slice(0, 1) };
}

function differs({ paste }: Pod, hop: Hop, traced: TracedStep): Finding {
  return {
    code: 'finding.trace-differs',
    severity: 'warning',
    hop: hop.n,
    parameters: {
      table: hop.table ?? '',
      chain: hop.chain ?? '',
      predicted: hop.verdict ?? '',
      traced: traced.rule ?? traced.verdict ?? '',
    },
    evidence: [evidenceAt(paste, traced.span), ...hop.evidence.slice(0, 1)],
  };
}

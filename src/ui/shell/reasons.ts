// Simulation -> why the answer is what it is, in sentences: who chose the address that the application sees, what kept
// the client's own, or where the way ended.
import type { Simulation } from '../../engine/trace/simulation.ts';
import type { Hop, SourceChange, Trace } from '../../engine/trace/trace.ts';
import { caughtConnection, decidingChange, decidingHop, keptBy, type Kept } from '../../graph/answer.ts';
import { hostOf } from '../../graph/sources.ts';
import type { Words } from '../../i18n/words.ts';
import { sentenceOf } from '../sentence.ts';

/** The sentences of the reason, one after the other. */
export function reasonsOf(simulation: Simulation, words: Words): readonly string[] {
  const { trace, request } = simulation;
  const change = decidingChange(trace);
  const hop = decidingHop(trace);
  const fault = trace.findings.find(({ severity }) => severity === 'error');
  const caught = caughtConnection(trace);
  const kept = trace.outcome === 'delivered' && !change ? keptBy(trace) : null;
  const said: string[] = [];
  if (fault && trace.outcome !== 'delivered') said.push(words.say(fault));
  if (change && hop) said.push(changeReason(change, hop, words));
  else if (kept) said.push(keptReason(kept, trace, words));
  else if (hop) said.push(sentenceOf(words, hop));
  else said.push(words.t(request?.protocol === 'udp' ? 'headline.keptUdp' : 'headline.keptDirect'));
  if (caught) said.push(words.t('headline.caught', caught));
  if (trace.app.xForwardedFor !== null)
    said.push(words.t('headline.xff', { value: trace.app.xForwardedFor }));
  if (fault && trace.outcome === 'delivered') said.push(words.say(fault));
  return said;
}

function changeReason(change: SourceChange, hop: Hop, { t, say, knows }: Words): string {
  const parameters = {
    from: change.from,
    to: change.to,
    cause: change.cause,
    cluster: hop.cluster ?? '?',
    chain: hop.chain ?? '?',
    pod: hop.pod ?? '?',
    destination: hop.after.dst,
  };
  const code = `cause.${change.cause}`;
  return knows(code) ? say({ code, parameters }) : t(`cause.${change.kind}`, parameters);
}

function keptReason({ kind, hop }: Kept, trace: Trace, words: Words): string {
  const bypass = trace.findings.find((finding) => kind === 'let-past' && finding.hop === hop.n);
  const code = `kept.${bypass?.code ?? hop.event.code}`;
  const parameters = {
    pod: hop.pod ?? '?',
    cluster: hop.cluster ?? '?',
    chain: hop.chain ?? '?',
    rule: hop.rule ?? '?',
    source: hostOf(hop.after.src),
    destination: hop.after.dst,
  };
  return words.knows(code) ? words.say({ code, parameters }) : sentenceOf(words, hop);
}

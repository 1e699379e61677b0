// A person's own notes: kept in the scenario, by the place in the journey they are for.
import type { Scenario } from '../engine/scenario.ts';
import type { Hop } from '../engine/trace/trace.ts';

/** Names a place so that it stays the same when rules are added before it: `web request kernel.return ISTIO_OUTPUT`. */
export function noteKey({ pod, packet, event, chain }: Hop): string {
  return [pod ?? '-', packet, event.code, ...(chain === null ? [] : [chain])].join(' ');
}

/** The scenario with that note; an empty text takes it away. */
export function withNote({ notes = {}, ...scenario }: Scenario, at: string, text: string): Scenario {
  const { [at]: _, ...others } = notes;
  const kept = text.trim() === '' ? others : { ...others, [at]: text };
  return Object.keys(kept).length === 0 ? scenario : { ...scenario, notes: kept };
}

// What an embedded view and the page around it tell each other (README, "In another page"). Only the parent is heard,
// and it is told numbers, never a text: whoever embeds the view knows what it gave.
import * as v from 'valibot';
import { readScenario } from '../../engine/scenario.ts';
import { sampleOf } from '../../samples/samples.ts';
import type { Session } from '../../session/session.ts';
import type { LinkReader } from '../shell/link-reader.ts';
import { isStale } from '../../session/state.ts';

const Asked = v.variant('type', [
  v.object({ sidetrace: v.literal(1), type: v.literal('open'), scenario: v.unknown() }),
  v.object({ sidetrace: v.literal(1), type: v.literal('open-link'), link: v.string() }),
  v.object({
    sidetrace: v.literal(1),
    type: v.literal('hop'),
    n: v.pipe(v.number(), v.integer(), v.minValue(1)),
  }),
  v.object({ sidetrace: v.literal(1), type: v.literal('play'), playing: v.boolean() }),
]);

type Told =
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly hops: number; readonly outcome: string; readonly changes: number }
  | { readonly type: 'hop'; readonly n: number | null }
  | { readonly type: 'refused'; readonly code: string };

async function openLink(session: Session, link: string, read: LinkReader): Promise<Told | null> {
  const opened = await read(link);
  const sample = opened.kind === 'sample' ? sampleOf(opened.id) : undefined;
  if (opened.kind === 'scenario') session.open(opened.scenario, null);
  else if (sample) session.open(sample.scenario, sample);
  else return { type: 'refused', code: opened.kind === 'damaged' ? opened.code : 'permalink.unknown-sample' };
  return null;
}

function hopsOf({ store }: Session): number {
  return store.getState().answer?.simulation.trace.hops.length ?? 0;
}

/** Does what a message asks; what comes back is why it was not done. */
async function obey(session: Session, message: unknown, read: LinkReader): Promise<Told | null> {
  const asked = v.safeParse(Asked, message);
  if (!asked.success) return null;
  switch (asked.output.type) {
    case 'open': {
      const read = readScenario(asked.output.scenario);
      if (!('scenario' in read)) return { type: 'refused', code: 'permalink.scenario' };
      session.open(read.scenario, null);
      return null;
    }
    case 'open-link':
      return openLink(session, asked.output.link, read);
    case 'hop':
      if (asked.output.n <= hopsOf(session)) session.select(asked.output.n);
      return null;
    case 'play':
      session.setPlaying(asked.output.playing);
      return null;
  }
}

function tell(told: Told): void {
  window.parent.postMessage({ sidetrace: 1, ...told }, '*');
}

/** Connects the session with the page around this one; nothing happens when there is none. */
export function connectParent(session: Session, read: LinkReader): void {
  if (window.parent === window) return;
  addEventListener('message', ({ source, data }) => {
    if (source === window.parent) void obey(session, data, read).then((refused) => refused && tell(refused));
  });
  session.store.subscribe((state, before) => {
    if (state.answer && state.answer !== before.answer && !isStale(state)) {
      const { hops, outcome, sourceChanges } = state.answer.simulation.trace;
      tell({ type: 'answer', hops: hops.length, outcome, changes: sourceChanges.length });
    }
    if (state.hop !== before.hop) tell({ type: 'hop', n: state.hop });
  });
  tell({ type: 'ready' });
}

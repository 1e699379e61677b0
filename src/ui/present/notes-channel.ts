// What the presenter and the notes in a window of their own tell each other: over a BroadcastChannel, which no other
// site and no server hears. Each presenting tab has a channel of its own, and keeps it when it is loaded again.
import type { Scenario } from '../../engine/scenario.ts';
import type { Simulation } from '../../engine/trace/simulation.ts';
import type { Sample } from '../../samples/sample.ts';
import { freshId } from '../../session/fresh-id.ts';
import type { Session } from '../../session/session.ts';
import type { Memory } from '../../session/settings.ts';
import type { Aid } from './presenter-keys.ts';

/** The case that is presented, its answer, and what the room sees of it. */
export interface Shown {
  readonly scenario: Scenario;
  readonly origin: Sample | null;
  readonly simulation: Simulation;
  readonly hop: number | null;
  readonly aids: readonly Aid[];
}

export type NotesMessage =
  /** From the notes, when they have come up. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'shown'; readonly shown: Shown }
  /** From either, which are then on the same hop. */
  | { readonly kind: 'hop'; readonly hop: number | null }
  | { readonly kind: 'aids'; readonly aids: readonly Aid[] }
  | { readonly kind: 'toggle'; readonly aid: Aid }
  | { readonly kind: 'note'; readonly at: string; readonly text: string }
  /** From the presenter, when it was closed. */
  | { readonly kind: 'over' };

export interface NotesChannel {
  readonly tell: (message: NotesMessage) => void;
  readonly close: () => void;
}

export function openChannel(id: string, hear: (message: NotesMessage) => void): NotesChannel {
  const channel = new BroadcastChannel(`sidetrace-notes-${id}`);
  // Only pages of this origin are heard, and of them only those that were given the id.
  channel.addEventListener('message', ({ data }: MessageEvent<NotesMessage>) => hear(data));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches this origin alone
  return { tell: (message) => channel.postMessage(message), close: () => channel.close() };
}

/** Keeps a session and its counterpart at the other end on the same hop; what is heard is not told again. */
export function shareHop(
  session: Session,
  tell: NotesChannel['tell'],
): { readonly heard: (hop: number | null) => void; readonly stop: () => void } {
  let hearing = false;
  const stop = session.store.subscribe(({ hop }, before) => {
    if (hop !== before.hop && !hearing) tell({ kind: 'hop', hop });
  });
  return {
    heard: (hop) => {
      hearing = true;
      session.select(hop);
      hearing = false;
    },
    stop,
  };
}

const KEY = 'sidetrace.notes';

/** Names this tab's channel; where the browser keeps nothing, another one each time. */
export function ownChannel(memory: Memory): string {
  const id = freshId();
  try {
    const known = memory.getItem(KEY);
    if (known !== null) return known;
    memory.setItem(KEY, id);
  } catch {
    // the window then follows until this tab is loaded again
  }
  return id;
}

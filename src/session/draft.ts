// The work at hand, kept in the browser so that a refresh, a crash or a closed tab loses nothing.
import { createStore, del, get, keys, set, type UseStore } from 'idb-keyval';
import { readScenario } from '../engine/scenario.ts';
import { heldIn, isHeld, type Holding } from './held.ts';
import type { Version } from './history.ts';
import { isDraftKept, markDraft } from './draft-mark.ts';
import type { Session } from './session.ts';
import type { Memory } from './settings.ts';

const KEY = 'draft';
/** Milliseconds after the last change. */
const PAUSE = 400;

/** A draft as it is kept: the sample it came from by its id only. */
export interface Draft {
  readonly scenario: Version['scenario'];
  readonly origin: string | null;
}

function store(): UseStore {
  return createStore('sidetrace-draft', 'draft');
}

/** What was left at the last visit; null when there is nothing, or the browser keeps nothing. */
export async function readDraft(holding: Holding): Promise<Draft | null> {
  try {
    const kept: unknown = await get(KEY, store());
    if (typeof kept !== 'object' || kept === null || !('scenario' in kept)) return null;
    const read = readScenario(kept.scenario);
    const origin = 'origin' in kept && typeof kept.origin === 'string' ? kept.origin : null;
    if (!('scenario' in read)) return null;
    await restoreTexts(heldIn(read.scenario), holding);
    return { scenario: read.scenario, origin };
  } catch {
    return null;
  }
}

async function restoreTexts(tokens: readonly string[], holding: Holding): Promise<void> {
  for (const token of tokens) {
    const text: unknown = await get(token, store());
    if (!(text instanceof Blob)) throw new Error('a text of the draft is not there');
    holding.restore(token, text);
  }
}

/** Files are kept beside the draft, each once; those that it no longer speaks of go. */
async function keepTexts(tokens: readonly string[], holding: Holding): Promise<void> {
  const kept = (await keys(store())).map(String).filter(isHeld);
  for (const token of kept) if (!tokens.includes(token)) await del(token, store());
  for (const token of tokens) {
    const text = holding.all().get(token);
    if (text && !kept.includes(token)) await set(token, text, store());
  }
}

/** Keeps every change from now on. A browser that refuses costs only the memory. */
export function keepDrafts(session: Session, memory: Memory, holding: Holding): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let changed = false;
  const write = (): void => {
    clearTimeout(timer);
    if (!changed) return;
    if (!isDraftKept(memory)) markDraft(memory);
    const { scenario, origin } = session.store.getState();
    const draft: Draft = { scenario, origin: origin?.id ?? null };
    void keepTexts(heldIn(scenario), holding)
      .then(() => set(KEY, draft, store()))
      .catch(() => undefined);
  };
  session.store.subscribe((state, before) => {
    if (state.scenario === before.scenario) return;
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(write, PAUSE);
  });
  addEventListener('pagehide', write);
}

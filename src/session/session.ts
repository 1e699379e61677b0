// The one store: what was pasted, the request, where the reader stands, and the last answer. Everything else on
// the screen is derived. Made without React; the engine (a worker in the page) is handed in.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Simulation } from '../engine/trace/simulation.ts';
import { answered, createAsker } from './asker.ts';
import { createEdits, NO_PAUSE, opened, type Edits } from './edits.ts';
import { NO_HISTORY, remembered, type Version } from './history.ts';
import { createPlayhead, type Playhead } from './playhead.ts';
import type { Settings } from './settings.ts';
import type { Engine, SessionState } from './state.ts';

export interface Session extends Edits, Playhead {
  readonly store: StoreApi<SessionState>;
  readonly setRestsOnSource: (rests: boolean) => void;
  /** Gives up the question that is being worked on; the last answer stays. */
  readonly cancel: () => void;
  /** Asks once more what failed or was given up. */
  readonly askAgain: () => void;
  readonly set: (settings: Partial<Settings>) => void;
}

/** What else may be known when the page opens. */
export interface Beginning {
  /** What a person left at the last visit, when the page opens on something else: undo brings it back. */
  readonly last?: Version | null;
  /** The hop to stand on, once there is an answer that has it. */
  readonly hop?: number | null;
  /** The answer to what the page opens on, where it is known already. */
  readonly simulation?: Simulation | null;
}

export function createSession(
  engine: Engine,
  first: Version,
  settings: Settings,
  { last = null, hop = null, simulation = null }: Beginning = {},
): Session {
  const begun: SessionState = {
    ...opened(first),
    hop,
    answer: null,
    history: last ? remembered(NO_HISTORY, last) : NO_HISTORY,
    restsOnSource: false,
    settings,
  };
  const store = createStore(() => (simulation ? { ...begun, ...answered(begun, simulation) } : begun));
  const ask = createAsker(store, engine);
  if (!simulation) ask(NO_PAUSE);
  return {
    store,
    ...createEdits(store, ask),
    ...createPlayhead(store),
    setRestsOnSource: (restsOnSource) => store.setState({ restsOnSource }),
    cancel: () => engine.cancel?.(),
    askAgain: () => {
      store.setState({ failure: null });
      ask(NO_PAUSE);
    },
    set: (changes) => store.setState({ settings: { ...store.getState().settings, ...changes } }),
  };
}

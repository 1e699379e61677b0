// Asks the engine, at once or after a pause in typing, and puts its answer into the store.
import type { StoreApi } from 'zustand/vanilla';
import type { Simulation } from '../engine/trace/simulation.ts';
import { heldIn } from './held.ts';
import { keyHop, podOfHop } from './navigation.ts';
import type { Engine, SessionState } from './state.ts';

/**
 * Returns a way to ask, `pause` milliseconds from now; without a pause before the screen shows the question, so that
 * engine and screen work at the same time. Only the answer to the newest question is kept.
 */
export function createAsker(store: StoreApi<SessionState>, engine: Engine): (pause: number) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  async function ask(): Promise<void> {
    const { scenario } = store.getState();
    const progress = (part: number): void => {
      if (store.getState().scenario === scenario) store.setState({ progress: part });
    };
    try {
      const isLarge = heldIn(scenario).length > 0;
      const simulation = await engine.simulate(scenario, isLarge ? progress : undefined);
      if (store.getState().scenario === scenario) store.setState(answered(store.getState(), simulation));
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      if (store.getState().scenario === scenario) store.setState({ failure, progress: null, playing: false });
    }
  }
  return (pause) => {
    clearTimeout(timer);
    if (pause === 0) void ask();
    else timer = setTimeout(() => void ask(), pause);
  };
}

/**
 * Where the reader stands after a new answer: on the hop that answers when that is where the reader was (or
 * nowhere), else on the same hop as long as it exists.
 */
export function answered(state: SessionState, simulation: Simulation): Partial<SessionState> {
  const { trace } = simulation;
  const before = state.answer && keyHop(state.answer.simulation.trace);
  const kept = state.hop !== before && trace.hops.some((hop) => hop.n === state.hop) ? state.hop : null;
  const hop = kept ?? keyHop(trace);
  return {
    answer: { scenario: state.scenario, simulation },
    failure: null,
    progress: null,
    hop,
    previousHop: null,
    hovered: null,
    wrapped: false,
    ...(state.hop === null ? { pod: podOfHop(state.scenario, simulation.trace, hop) ?? state.pod } : {}),
  };
}

// Where the reader stands in the journey: the hop, the pod, playing on, breakpoints.
import type { StoreApi } from 'zustand/vanilla';
import type { Trace } from '../engine/trace/trace.ts';
import { nextSourceChange, podOfHop, stepBy } from './navigation.ts';
import { createPlayer } from './player.ts';
import type { SessionState } from './state.ts';

export interface Playhead {
  readonly showPod: (pod: number) => void;
  readonly select: (hop: number | null) => void;
  readonly hover: (hop: number | null) => void;
  readonly step: (distance: number) => void;
  readonly toEnd: (end: 'first' | 'last') => void;
  readonly toNextSourceChange: () => void;
  readonly setPlaying: (playing: boolean) => void;
  readonly toggleBreakpoint: (hop: number) => void;
}

export function createPlayhead(store: StoreApi<SessionState>): Playhead {
  function go(hop: number | null): void {
    const { hop: previousHop, answer, scenario } = store.getState();
    if (hop === previousHop) return;
    const pod = answer && podOfHop(scenario, answer.simulation.trace, hop);
    store.setState({ hop, previousHop, wrapped: false, ...(pod === null ? {} : { pod }) });
  }
  const player = createPlayer(store, go);
  return {
    showPod: (pod) => store.setState({ pod }),
    select: (hop) => {
      store.setState({ playing: false });
      go(hop);
    },
    hover: (hovered) => {
      if (store.getState().hovered !== hovered) store.setState({ hovered });
    },
    step: (distance) => withTrace(store, (trace, hop) => go(stepBy(trace, hop, distance))),
    toEnd: (end) =>
      withTrace(store, (trace) => go((end === 'first' ? trace.hops[0] : trace.hops.at(-1))?.n ?? null)),
    toNextSourceChange: () =>
      withTrace(store, (trace, hop) => {
        const next = nextSourceChange(trace, hop);
        go(next);
        store.setState({ wrapped: next !== null && next <= (hop ?? 0) });
      }),
    setPlaying: player,
    toggleBreakpoint: (hop) => {
      const breakpoints = new Set(store.getState().breakpoints);
      if (!breakpoints.delete(hop)) breakpoints.add(hop);
      store.setState({ breakpoints });
    },
  };
}

function withTrace(store: StoreApi<SessionState>, act: (trace: Trace, hop: number | null) => void): void {
  const { answer, hop } = store.getState();
  if (answer) act(answer.simulation.trace, hop);
}

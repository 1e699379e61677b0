// Playing: moves on by itself, and rests at a breakpoint, at a change of the source when asked to, and at the end.
import type { StoreApi } from 'zustand/vanilla';
import { isSourceStop, stepBy } from './navigation.ts';
import type { SessionState } from './state.ts';

/** Milliseconds a hop is shown at speed 1. */
const HOP_TIME = 1300;

/** Returns the play button: true starts (from the beginning when at the end), false stops. */
export function createPlayer(
  store: StoreApi<SessionState>,
  go: (hop: number | null) => void,
): (playing: boolean) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  function tick(): void {
    const { answer, hop, playing } = store.getState();
    const last = answer?.simulation.trace.hops.at(-1)?.n ?? null;
    if (!playing || !answer || hop === last) return store.setState({ playing: false });
    const next = stepBy(answer.simulation.trace, hop, 1);
    go(next);
    if (next === last || rests(store.getState(), next)) store.setState({ playing: false });
    else wait();
  }
  function wait(): void {
    timer = setTimeout(tick, HOP_TIME / store.getState().settings.speed);
  }
  return (playing) => {
    clearTimeout(timer);
    const { answer, hop } = store.getState();
    const trace = answer?.simulation.trace;
    if (!playing || !trace || trace.hops.length < 2) return store.setState({ playing: false });
    if (hop === trace.hops.at(-1)?.n) go(trace.hops[0]?.n ?? null);
    store.setState({ playing: true });
    wait();
  };
}

function rests({ answer, breakpoints, restsOnSource }: SessionState, n: number | null): boolean {
  const hop = answer?.simulation.trace.hops.find((each) => each.n === n);
  return hop !== undefined && (breakpoints.has(hop.n) || (restsOnSource && isSourceStop(hop)));
}

// The one store: what was pasted, the request, where the reader stands, and the last answer. Everything else on
// the screen is derived. Made without React; the engine (a worker in the page) is handed in.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Scenario, ScenarioPod, ScenarioRequest } from '../engine/scenario.ts';
import type { Simulation } from '../engine/trace/simulation.ts';
import type { Trace } from '../engine/trace/trace.ts';
import { keyHop, nextSourceChange, stepBy } from './navigation.ts';
import { withPaste } from './own-case.ts';
import type { Settings } from './settings.ts';

/** An answer and the question it belongs to; it is stale once the scenario is another one. */
export interface Answer {
  readonly scenario: Scenario;
  readonly simulation: Simulation;
}

export interface SessionState {
  readonly scenario: Scenario;
  readonly answer: Answer | null;
  /** What the engine said when it failed on this scenario; the last answer stays. */
  readonly failure: string | null;
  /** The number of the selected hop. */
  readonly hop: number | null;
  /** The hop selected before, from which the packet moves. */
  readonly previousHop: number | null;
  /** Whether the way to the next change of the source led past the end, round to the first one. */
  readonly wrapped: boolean;
  /** Position of the pod whose paste is in front. */
  readonly pod: number;
  readonly playing: boolean;
  readonly settings: Settings;
}

export interface Session {
  readonly store: StoreApi<SessionState>;
  /** Replaces everything by a scenario and asks the engine at once. */
  readonly open: (scenario: Scenario) => void;
  readonly setPaste: (pod: number, paste: string) => void;
  readonly setRequest: (request: ScenarioRequest | null) => void;
  readonly setPod: (pod: number, changes: Partial<Omit<ScenarioPod, 'paste'>>) => void;
  readonly addPod: (name: string) => void;
  readonly removePod: (pod: number) => void;
  readonly showPod: (pod: number) => void;
  readonly select: (hop: number | null) => void;
  readonly step: (distance: number) => void;
  readonly toEnd: (end: 'first' | 'last') => void;
  readonly toNextSourceChange: () => void;
  readonly setPlaying: (playing: boolean) => void;
  readonly set: (settings: Partial<Settings>) => void;
}

export interface Engine {
  readonly simulate: (scenario: Scenario) => Promise<Simulation>;
}

/** Milliseconds. */
const TYPING_PAUSE = 250;
const HOP_TIME = 1300;

export function isStale(state: SessionState): boolean {
  return state.answer?.scenario !== state.scenario;
}

export function createSession(engine: Engine, scenario: Scenario, settings: Settings): Session {
  const store = createStore<SessionState>(() => ({ ...opened(scenario), answer: null, settings }));
  const ask = asker(store, engine);

  function edit(change: (scenario: Scenario) => Scenario): void {
    const { expect: _, ...scenario } = change(store.getState().scenario);
    store.setState({ scenario });
    ask(TYPING_PAUSE);
  }
  function editPods(change: (pods: readonly ScenarioPod[]) => ScenarioPod[]): void {
    edit((scenario) => ({ ...scenario, pods: change(scenario.pods) }));
  }
  function go(hop: number | null): void {
    const { hop: previousHop, answer, scenario } = store.getState();
    if (hop === previousHop) return;
    const pod = answer && podOfHop(scenario, answer.simulation.trace, hop);
    store.setState({ hop, previousHop, wrapped: false, ...(pod === null ? {} : { pod }) });
  }

  const player = createPlayer(store, go);
  ask(0);
  return {
    store,
    open: (scenario) => {
      store.setState(opened(scenario));
      ask(0);
    },
    setPaste: (at, paste) => edit((scenario) => withPaste(scenario, at, paste)),
    setRequest: (request) => edit((scenario) => ({ ...scenario, request })),
    setPod: (at, changes) => editPods((pods) => replaced(pods, at, changes)),
    addPod: (name) => {
      editPods((pods) => [...pods, { name, role: null, addresses: [], paste: '' }]);
      store.setState({ pod: store.getState().scenario.pods.length - 1 });
    },
    removePod: (at) => {
      editPods((pods) => pods.filter((_, i) => i !== at));
      store.setState({ pod: Math.max(0, store.getState().pod - 1) });
    },
    showPod: (pod) => store.setState({ pod }),
    select: (hop) => {
      store.setState({ playing: false });
      go(hop);
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
    set: (changes) => store.setState({ settings: { ...store.getState().settings, ...changes } }),
  };
}

type Opened = Omit<SessionState, 'answer' | 'settings'>;

function opened(scenario: Scenario): Opened {
  return {
    scenario,
    failure: null,
    hop: null,
    previousHop: null,
    wrapped: false,
    pod: startPod(scenario),
    playing: false,
  };
}

/** The pod of the question: the server's, whose application sees the surprising address. */
function startPod(scenario: Scenario): number {
  return Math.max(
    0,
    scenario.pods.findIndex((pod) => pod.role === 'server'),
  );
}

function replaced(pods: readonly ScenarioPod[], at: number, changes: Partial<ScenarioPod>): ScenarioPod[] {
  return pods.map((pod, i) => (i === at ? { ...pod, ...changes } : pod));
}

function withTrace(store: StoreApi<SessionState>, act: (trace: Trace, hop: number | null) => void): void {
  const { answer, hop } = store.getState();
  if (answer) act(answer.simulation.trace, hop);
}

/** Asks the engine after a pause in typing. Only the answer to the newest question is kept. */
function asker(store: StoreApi<SessionState>, engine: Engine): (pause: number) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  async function ask(): Promise<void> {
    const { scenario } = store.getState();
    try {
      const simulation = await engine.simulate(scenario);
      if (store.getState().scenario === scenario) store.setState(answered(store.getState(), simulation));
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      if (store.getState().scenario === scenario) store.setState({ failure, playing: false });
    }
  }
  return (pause) => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), pause);
  };
}

/**
 * Where the reader stands after a new answer: on the hop that answers when that is where the reader was (or
 * nowhere), else on the same hop as long as it exists.
 */
function answered(state: SessionState, simulation: Simulation): Partial<SessionState> {
  const { trace } = simulation;
  const before = state.answer && keyHop(state.answer.simulation.trace);
  const kept = state.hop !== before && trace.hops.some((hop) => hop.n === state.hop) ? state.hop : null;
  const hop = kept ?? keyHop(trace);
  return {
    answer: { scenario: state.scenario, simulation },
    failure: null,
    hop,
    previousHop: null,
    wrapped: false,
    ...(state.hop === null ? { pod: podOfHop(state.scenario, simulation.trace, hop) ?? state.pod } : {}),
  };
}

/** The position of the pod whose paste proves a hop; where none does, of the pod it happens in. */
function podOfHop(scenario: Scenario, trace: Trace, n: number | null): number | null {
  const hop = trace.hops.find((each) => each.n === n);
  const evidence = hop?.evidence.find(({ supplied }) => !supplied);
  const name = evidence?.pod ?? hop?.pod;
  const at = scenario.pods.findIndex((pod) => pod.name === name);
  return at < 0 ? null : at;
}

/** Moves on by itself while playing, and rests at the last hop. */
function createPlayer(
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
    store.setState({ playing: next !== last });
    if (next !== last) wait();
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

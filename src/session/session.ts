// The one store: what was pasted, the request, where the reader stands, and the last answer. Everything else on
// the screen is derived. Made without React; the engine (a worker in the page) is handed in.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Scenario, ScenarioPod, ScenarioRequest } from '../engine/scenario.ts';
import type { Simulation } from '../engine/trace/simulation.ts';
import type { Trace } from '../engine/trace/trace.ts';
import type { Sample } from '../samples/sample.ts';
import { answered, createAsker } from './asker.ts';
import { isHeld } from './held.ts';
import { NO_HISTORY, redone, remembered, undone, type History, type Version } from './history.ts';
import { withPieceMoved, type Piece } from './move-piece.ts';
import { nextSourceChange, podOfHop, stepBy } from './navigation.ts';
import { withNote } from './notes.ts';
import { withPaste } from './own-case.ts';
import { createPlayer } from './player.ts';
import type { Settings } from './settings.ts';
import type { Engine, SessionState } from './state.ts';

export interface Session {
  readonly store: StoreApi<SessionState>;
  /** Replaces everything by a scenario and asks the engine at once; undo brings back what was there. */
  readonly open: (scenario: Scenario, origin?: Sample | null) => void;
  readonly rename: (title: string) => void;
  /** A person's own note at a place of the journey (noteKey); an empty one goes. */
  readonly setNote: (at: string, text: string) => void;
  readonly setPaste: (pod: number, paste: string) => void;
  readonly setRequest: (request: ScenarioRequest | null) => void;
  readonly setPod: (pod: number, changes: Partial<Omit<ScenarioPod, 'paste'>>) => void;
  readonly addPod: (name: string, paste?: string) => void;
  readonly removePod: (pod: number) => void;
  /** Gives a piece of a pod's paste to another pod, which is made if there is none of that name. */
  readonly movePiece: (pod: number, piece: Piece, to: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly showPod: (pod: number) => void;
  readonly select: (hop: number | null) => void;
  readonly hover: (hop: number | null) => void;
  readonly step: (distance: number) => void;
  readonly toEnd: (end: 'first' | 'last') => void;
  readonly toNextSourceChange: () => void;
  readonly setPlaying: (playing: boolean) => void;
  readonly toggleBreakpoint: (hop: number) => void;
  readonly setRestsOnSource: (rests: boolean) => void;
  /** Gives up the question that is being worked on; the last answer stays. */
  readonly cancel: () => void;
  /** Asks once more what failed or was given up. */
  readonly askAgain: () => void;
  readonly set: (settings: Partial<Settings>) => void;
}

/** Milliseconds after a change, and after one that no typing makes: a paste is answered at once. */
const TYPING_PAUSE = 250;
const NO_PAUSE = 0;
/** Characters that one stroke of a key, or of an input method, changes at most. */
const STROKE = 8;
/** Typing in one text without a pause as long as this is one step of undo. */
const UNDO_PAUSE = 1000;

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
  let typing = { pod: -1, at: 0 };

  function show(version: Version, history: History): void {
    store.setState({ ...opened(version), history });
    ask(0);
  }
  function edit(change: (scenario: Scenario) => Scenario, joins = false, pause = TYPING_PAUSE): void {
    const { expect: _, ...scenario } = change(store.getState().scenario);
    const { history, origin } = store.getState();
    store.setState({
      scenario,
      history: joins && history.past.length > 0 ? { ...history, future: [] } : remembered(history, now()),
      origin: origin !== null && scenario.title === origin.scenario.title ? origin : null,
    });
    ask(pause);
  }
  function editPods(change: (pods: readonly ScenarioPod[]) => ScenarioPod[]): void {
    typing = { pod: -1, at: 0 };
    edit((scenario) => ({ ...scenario, pods: change(scenario.pods) }));
  }
  function now(): Version {
    const { scenario, origin } = store.getState();
    return { scenario, origin };
  }
  function go(hop: number | null): void {
    const { hop: previousHop, answer, scenario } = store.getState();
    if (hop === previousHop) return;
    const pod = answer && podOfHop(scenario, answer.simulation.trace, hop);
    store.setState({ hop, previousHop, wrapped: false, ...(pod === null ? {} : { pod }) });
  }
  function travel(way: typeof undone): void {
    typing = { pod: -1, at: 0 };
    const found = way(store.getState().history, now());
    if (found) show(found.to, found.history);
  }

  const player = createPlayer(store, go);
  if (!simulation) ask(0);
  return {
    store,
    open: (scenario, origin = null) => {
      typing = { pod: -1, at: 0 };
      show({ scenario, origin }, remembered(store.getState().history, now()));
    },
    rename: (title) => edit((scenario) => ({ ...scenario, title })),
    setNote: (at, text) => {
      const { scenario, answer } = store.getState();
      const noted = withNote(scenario, at, text);
      // a note changes no answer: what was found out holds for the scenario with it as well
      const isOwn = answer?.scenario === scenario;
      store.setState({ scenario: noted, ...(isOwn ? { answer: { ...answer, scenario: noted } } : {}) });
    },
    setPaste: (at, paste) => {
      const before = store.getState().scenario.pods[at]?.paste ?? '';
      if (before === paste) return;
      const time = Date.now();
      const joins = typing.pod === at && time - typing.at < UNDO_PAUSE;
      typing = { pod: at, at: time };
      const origin = store.getState().origin?.scenario ?? null;
      const isTyped = Math.abs(paste.length - before.length) <= STROKE && !isHeld(paste);
      edit((scenario) => withPaste(scenario, at, paste, origin), joins, isTyped ? TYPING_PAUSE : NO_PAUSE);
      const { pods } = store.getState().scenario;
      if (pods.length <= at) store.setState({ pod: pods.length - 1 });
    },
    setRequest: (request) => edit((scenario) => ({ ...scenario, request })),
    setPod: (at, changes) =>
      editPods((pods) => pods.map((pod, i) => (i === at ? { ...pod, ...changes } : pod))),
    addPod: (name, paste = '') => {
      editPods((pods) => [...pods, { name, role: null, addresses: [], paste }]);
      store.setState({ pod: store.getState().scenario.pods.length - 1 });
    },
    removePod: (at) => {
      editPods((pods) => pods.filter((_, i) => i !== at));
      store.setState({ pod: Math.max(0, store.getState().pod - 1) });
    },
    movePiece: (at, piece, to) => {
      typing = { pod: -1, at: 0 };
      edit((scenario) => withPieceMoved(scenario, at, piece, to));
    },
    undo: () => travel(undone),
    redo: () => travel(redone),
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
    setRestsOnSource: (restsOnSource) => store.setState({ restsOnSource }),
    cancel: () => engine.cancel?.(),
    askAgain: () => {
      store.setState({ failure: null });
      ask(NO_PAUSE);
    },
    set: (changes) => store.setState({ settings: { ...store.getState().settings, ...changes } }),
  };
}

type Opened = Omit<SessionState, 'answer' | 'history' | 'restsOnSource' | 'settings'>;

function opened({ scenario, origin }: Version): Opened {
  return {
    scenario,
    origin,
    failure: null,
    progress: null,
    hop: null,
    previousHop: null,
    hovered: null,
    wrapped: false,
    pod: startPod(scenario),
    playing: false,
    breakpoints: new Set(),
  };
}

/** The pod of the question: the server's, whose application sees the surprising address. */
function startPod(scenario: Scenario): number {
  return Math.max(
    0,
    scenario.pods.findIndex((pod) => pod.role === 'server'),
  );
}

function withTrace(store: StoreApi<SessionState>, act: (trace: Trace, hop: number | null) => void): void {
  const { answer, hop } = store.getState();
  if (answer) act(answer.simulation.trace, hop);
}

// What changes the scenario: each edit is a step of undo and asks the engine again.
import type { StoreApi } from 'zustand/vanilla';
import type { Scenario, ScenarioPod, ScenarioRequest } from '../engine/scenario.ts';
import type { Sample } from '../samples/sample.ts';
import { isHeld } from './held.ts';
import { redone, remembered, undone, type History, type Version } from './history.ts';
import { withPieceMoved, type Piece } from './move-piece.ts';
import { withNote } from './notes.ts';
import { withPaste } from './own-case.ts';
import type { SessionState } from './state.ts';

export interface Edits {
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
}

/** Milliseconds after a change, and after one that no typing makes: a paste is answered at once. */
const TYPING_PAUSE = 250;
export const NO_PAUSE = 0;
/** Characters that one stroke of a key, or of an input method, changes at most. */
const STROKE = 8;
/** Typing in one text without a pause as long as this is one step of undo. */
const UNDO_PAUSE = 1000;

/** `ask` puts the scenario to the engine after so many milliseconds. */
export function createEdits(store: StoreApi<SessionState>, ask: (pause: number) => void): Edits {
  let typing = { pod: -1, at: 0 };

  function show(version: Version, history: History): void {
    store.setState({ ...opened(version), history });
    ask(NO_PAUSE);
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
  function travel(way: typeof undone): void {
    typing = { pod: -1, at: 0 };
    const found = way(store.getState().history, now());
    if (found) show(found.to, found.history);
  }

  return {
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
  };
}

type Opened = Omit<SessionState, 'answer' | 'history' | 'restsOnSource' | 'settings'>;

/** How the screen stands on a scenario that was just opened: at no hop, on the pod of the question. */
export function opened({ scenario, origin }: Version): Opened {
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

// What every part of the screen may use: the session, and the words of the chosen language.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Simulation } from '../engine/trace/simulation.ts';
import type { Hop, Trace } from '../engine/trace/trace.ts';
import type { Words } from '../i18n/words.ts';
import type { Session } from '../session/session.ts';
import type { WorkerEngine } from './shell/worker-engine.ts';
import type { SessionState } from '../session/state.ts';

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('no session around this part of the screen');
  return session;
}

export function useSessionState<T>(select: (state: SessionState) => T): T {
  return useStore(useSession().store, select);
}

export const EngineContext = createContext<WorkerEngine | null>(null);

/** The engine, for what single parts of the screen ask of it. */
export function useEngine(): WorkerEngine {
  const engine = useContext(EngineContext);
  if (!engine) throw new Error('no engine around this part of the screen');
  return engine;
}

export const WordsContext = createContext<Words | null>(null);

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('no words around this part of the screen');
  return words;
}

export function useSimulation(): Simulation | null {
  return useSessionState((state) => state.answer?.simulation ?? null);
}

export function useTrace(): Trace | null {
  return useSimulation()?.trace ?? null;
}

export function useHop(): Hop | null {
  const n = useSessionState((state) => state.hop);
  return useTrace()?.hops.find((hop) => hop.n === n) ?? null;
}

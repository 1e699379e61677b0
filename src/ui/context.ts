// What every part of the screen may use: the session, and the words of the chosen language.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Simulation } from '../engine/trace/simulation.ts';
import type { Hop, Trace } from '../engine/trace/trace.ts';
import { wordsOf, type Words } from '../i18n/words.ts';
import type { Session, SessionState } from '../session/session.ts';

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('no session around this part of the screen');
  return session;
}

export function useSessionState<T>(select: (state: SessionState) => T): T {
  return useStore(useSession().store, select);
}

export function useWords(): Words {
  return wordsOf(useSessionState((state) => state.settings.locale));
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

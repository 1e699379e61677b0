// Whether an answer is awaited for longer than a blink: a shorter wait changes nothing on the screen, so nothing flickers.
import { useEffect, useState } from 'react';
import type { Scenario } from '../engine/scenario.ts';
import { isStale } from '../session/state.ts';
import { useSessionState } from './context.ts';

/** Milliseconds. */
const BLINK = 200;

export function useLongWait(): boolean {
  const scenario = useSessionState((state) => (isStale(state) ? state.scenario : null));
  const [seen, setSeen] = useState<Scenario | null>(null);
  useEffect(() => {
    if (!scenario) return;
    const timer = setTimeout(() => setSeen(scenario), BLINK);
    return () => clearTimeout(timer);
  }, [scenario]);
  return scenario !== null && seen === scenario;
}

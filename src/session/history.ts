// Undo and redo for everything a person changes in a scenario, opening another one included.
import type { Scenario } from '../engine/scenario.ts';
import type { Sample } from '../samples/sample.ts';

/** What undo brings back: the scenario, and the sample it came from. */
export interface Version {
  readonly scenario: Scenario;
  readonly origin: Sample | null;
}

export interface History {
  readonly past: readonly Version[];
  readonly future: readonly Version[];
}

export const NO_HISTORY: History = { past: [], future: [] };

/** How many steps are kept; texts are shared between versions, so a step costs little. */
const DEPTH = 200;

/** The history after the version `from` was left by a change. */
export function remembered({ past }: History, from: Version): History {
  return { past: [...past, from].slice(-DEPTH), future: [] };
}

/** One step back from `now`: the version to show and the history that is left; null when there is none. */
export function undone({ past, future }: History, now: Version): { to: Version; history: History } | null {
  const to = past.at(-1);
  return to ? { to, history: { past: past.slice(0, -1), future: [now, ...future] } } : null;
}

/** One step forth again. */
export function redone({ past, future }: History, now: Version): { to: Version; history: History } | null {
  const [to, ...rest] = future;
  return to ? { to, history: { past: [...past, now], future: rest } } : null;
}

// What the session holds, and what it asks of an engine.
import type { Scenario } from '../engine/scenario.ts';
import type { Simulation } from '../engine/trace/simulation.ts';
import type { Sample } from '../samples/sample.ts';
import type { History } from './history.ts';
import type { Settings } from './settings.ts';

/** An answer and the question it belongs to; it is stale once the scenario is another one. */
export interface Answer {
  readonly scenario: Scenario;
  readonly simulation: Simulation;
}

export interface SessionState {
  readonly scenario: Scenario;
  /** The sample the scenario was opened from, until it has become the person's own case. */
  readonly origin: Sample | null;
  readonly history: History;
  readonly answer: Answer | null;
  /** What the engine said when it failed on this scenario; the last answer stays. */
  readonly failure: string | null;
  /** The part of its large texts that was read, from 0 to 1; null when nothing is being read. */
  readonly progress: number | null;
  /** The number of the selected hop. */
  readonly hop: number | null;
  /** The hop selected before, from which the packet moves. */
  readonly previousHop: number | null;
  /** The hop under the pointer, wherever it is shown: its rows and lines are lit lightly. */
  readonly hovered: number | null;
  /** Whether the way to the next change of the source led past the end, round to the first one. */
  readonly wrapped: boolean;
  /** Position of the pod whose paste is in front. */
  readonly pod: number;
  readonly playing: boolean;
  /** Hops at which playing rests. */
  readonly breakpoints: ReadonlySet<number>;
  /** Whether playing rests wherever the source changes. */
  readonly restsOnSource: boolean;
  readonly settings: Settings;
}

export interface Engine {
  /** `progress` is told the part of large texts that was read, from 0 to 1. */
  readonly simulate: (scenario: Scenario, progress?: (part: number) => void) => Promise<Simulation>;
  /** Stops the work at hand; what was asked fails with `CANCELLED`. */
  readonly cancel?: () => void;
}

/** The failure of a question that a person gave up. */
export const CANCELLED = 'cancelled';

export function isStale(state: SessionState): boolean {
  return state.answer?.scenario !== state.scenario;
}

// The engine off the main thread: a scenario in, a simulation out; the copy of it that is shared; the rows of a log.
import { expose } from 'comlink';
import type { Scenario, ScenarioPod, ScenarioRequest } from './engine/scenario.ts';
import { openLog as readLog, type LogRow, type LogTable, type OpenLog } from './engine/trace/log-table.ts';
import { compare } from './engine/compare/compare.ts';
import { applyRemedy, remediesFor, type Applied } from './engine/remedy/apply.ts';
import type { Remedy } from './engine/remedy/remedy.ts';
import { simulate } from './engine/trace/simulate.ts';
import type { Simulation } from './engine/trace/simulation.ts';
import { sharedCopy } from './permalink/shared-copy.ts';

let log: OpenLog | null = null;

/** Opens the access log of a pod; the two calls after it speak of that log. */
function openLog(pod: ScenarioPod): LogTable {
  log = readLog(pod);
  return log.table;
}

function logRows(start: number, end: number): readonly LogRow[] {
  return log?.rows(start, end) ?? [];
}

function logRequest(n: number): ScenarioRequest | null {
  return log?.request(n) ?? null;
}

/** A remedy tried out: what it changes, and the answer after it; null when it changes nothing here. */
export interface Tried extends Applied {
  readonly simulation: Simulation;
}

function tryRemedy(scenario: Scenario, remedy: Remedy): Tried | null {
  const applied = applyRemedy(scenario, remedy);
  return applied && { ...applied, simulation: simulate(applied.scenario) };
}

const calls = { compare, logRequest, logRows, openLog, sharedCopy, simulate, remediesFor, tryRemedy };

/** What the page may ask of the worker. */
export type EngineCalls = typeof calls;

expose(calls);

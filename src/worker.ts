// The engine off the main thread: a scenario in, a simulation out.
import { expose } from 'comlink';
import { simulate } from './engine/trace/simulate.ts';

const calls = { simulate };

/** What the page may ask of the worker. */
export type EngineCalls = typeof calls;

expose(calls);

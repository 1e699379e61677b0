// The engine off the main thread: a scenario in, a simulation out.
import { expose } from 'comlink';
import { simulate } from './engine/trace/simulate.ts';

expose({ simulate });

// The engine in a worker, as the session wants it. A worker that crashes, hangs or is given up is replaced by a new
// one, and the question it died of is answered with an error; the page goes on.
import { wrap, type Remote } from 'comlink';
import type { EngineCalls } from '../../worker.ts';
import { CANCELLED, type Engine } from '../../session/state.ts';
import { startWorker } from './start-worker.ts';

/** Milliseconds after which an answer is given up. */
const PATIENCE = 20_000;

interface Running {
  readonly worker: Worker;
  readonly remote: Remote<EngineCalls>;
  /** Ends every question this worker was asked. */
  readonly fail: Set<(reason: string) => void>;
  /** It died while nobody was asking. */
  broken: boolean;
}

function start(): Running {
  const worker = startWorker();
  const fail = new Set<(reason: string) => void>();
  const started: Running = { worker, remote: wrap<EngineCalls>(worker), fail, broken: false };
  worker.addEventListener('error', (event) => {
    started.broken = true;
    for (const each of fail) each(event.message);
  });
  return started;
}

/** Whatever the worker can be asked: the session's questions, and those of single parts of the screen. */
export interface WorkerEngine extends Engine {
  readonly ask: <T>(question: (remote: Remote<EngineCalls>) => Promise<T>) => Promise<T>;
  /** Has a worker ready before there is a question. */
  readonly warm: () => void;
}

export function workerEngine(): WorkerEngine {
  let running: Running | null = null;
  function ready(): Running {
    if (!running || running.broken) running = start();
    return running;
  }
  function replace(dead: Running, reason: string): void {
    if (running !== dead) return;
    dead.worker.terminate();
    running = start();
    for (const fail of dead.fail) fail(reason);
  }
  function ask<T>(question: (remote: Remote<EngineCalls>) => Promise<T>): Promise<T> {
    const asked = ready();
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        asked.fail.delete(fail);
      };
      const fail = (reason: string): void => {
        settle();
        replace(asked, reason);
        reject(new Error(reason));
      };
      const timer = setTimeout(() => fail(`no answer after ${PATIENCE / 1000} s`), PATIENCE);
      asked.fail.add(fail);
      question(asked.remote)
        .then(resolve, (error: unknown) => reject(error instanceof Error ? error : new Error(String(error))))
        .finally(settle);
    });
  }
  return {
    ask,
    simulate: (scenario) => ask((remote) => remote.simulate(scenario)),
    warm: () => void ready(),
    cancel: () => running && replace(running, CANCELLED),
  };
}

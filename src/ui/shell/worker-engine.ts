// The engine in a worker, as the session wants it. A worker that crashes, hangs or is given up is replaced by a new
// one, and the question it died of is answered with an error; the page goes on.
import { proxy, wrap, type Remote } from 'comlink';
import type { EngineCalls } from '../../worker.ts';
import type { Scenario } from '../../engine/scenario.ts';
import { createHolding, heldIn, type Holding } from '../../session/held.ts';
import { CANCELLED, type Engine } from '../../session/state.ts';
import { startWorker } from './start-worker.ts';

/** Milliseconds after which an answer is given up, and an answer that rests on large texts. */
const PATIENCE = 20_000;
const LONG_PATIENCE = 180_000;

interface Running {
  readonly worker: Worker;
  readonly remote: Remote<EngineCalls>;
  /** Ends every question this worker was asked. */
  readonly fail: Set<(reason: string) => void>;
  /** The held texts that it was given. */
  readonly given: Set<string>;
  /** It died while nobody was asking. */
  broken: boolean;
}

function start(): Running {
  const worker = startWorker();
  const fail = new Set<(reason: string) => void>();
  const started: Running = {
    worker,
    remote: wrap<EngineCalls>(worker),
    fail,
    given: new Set(),
    broken: false,
  };
  worker.addEventListener('error', (event) => {
    started.broken = true;
    for (const each of fail) each(event.message);
  });
  return started;
}

/** Whatever the worker can be asked: the session's questions, and those of single parts of the screen. */
export interface WorkerEngine extends Engine {
  readonly ask: <T>(question: (remote: Remote<EngineCalls>) => Promise<T>) => Promise<T>;
  /** The texts that are too large for the page. */
  readonly holding: Holding;
  /** The scenario with those texts in it, for what leaves the page as a file. */
  readonly whole: (scenario: Scenario) => Promise<Scenario>;
  /** Has a worker ready, and practised on this, before there is a question. */
  readonly warm: (scenario: Scenario) => void;
}

/** Gives a worker the texts that it does not have yet; they are files, so that nothing is copied. */
export function giveTexts(
  remote: Remote<EngineCalls>,
  holding: Holding,
  given: Set<string> = new Set<string>(),
): void {
  for (const [token, text] of holding.all()) {
    if (given.has(token)) continue;
    given.add(token);
    void remote.hold(token, text);
  }
}

export function workerEngine(): WorkerEngine {
  const holding = createHolding();
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
    giveTexts(asked.remote, holding, asked.given);
    const patience = holding.all().size > 0 ? LONG_PATIENCE : PATIENCE;
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
      const timer = setTimeout(() => fail(`no answer after ${patience / 1000} s`), patience);
      asked.fail.add(fail);
      question(asked.remote)
        .then(resolve, (error: unknown) => reject(error instanceof Error ? error : new Error(String(error))))
        .finally(settle);
    });
  }
  return {
    ask,
    holding,
    simulate: (scenario, progress) => ask((remote) => remote.simulate(scenario, progress && proxy(progress))),
    whole: (scenario) =>
      heldIn(scenario).length === 0 ? Promise.resolve(scenario) : ask((remote) => remote.whole(scenario)),
    warm: (scenario) => void ask((remote) => remote.practise(scenario)).catch(() => undefined),
    cancel: () => running && replace(running, CANCELLED),
  };
}

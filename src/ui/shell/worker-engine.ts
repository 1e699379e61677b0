// The engine in a worker, as the session wants it. A worker that crashes or hangs is replaced by a new one,
// and the question it died of is answered with an error; the page goes on.
import { wrap, type Remote } from 'comlink';
import type { Scenario } from '../../engine/scenario.ts';
import type { Simulation } from '../../engine/trace/simulation.ts';
import type { Engine } from '../../session/session.ts';

interface Exposed {
  readonly simulate: (scenario: Scenario) => Simulation;
}

/** Milliseconds after which an answer is given up. */
const PATIENCE = 20_000;

interface Running {
  readonly worker: Worker;
  readonly remote: Remote<Exposed>;
}

function start(): Running {
  const worker = new Worker(new URL('../../worker.ts', import.meta.url), { type: 'module' });
  return { worker, remote: wrap<Exposed>(worker) };
}

export function workerEngine(): Engine {
  let running = start();
  function replace(): void {
    running.worker.terminate();
    running = start();
  }
  return {
    simulate: (scenario) =>
      new Promise((resolve, reject) => {
        const { worker, remote } = running;
        const fail = (reason: string): void => {
          clearTimeout(timer);
          if (running.worker === worker) replace();
          reject(new Error(reason));
        };
        const timer = setTimeout(() => fail(`no answer after ${PATIENCE / 1000} s`), PATIENCE);
        worker.addEventListener('error', (event) => fail(event.message), { once: true });
        remote.simulate(scenario).then(
          (simulation) => {
            clearTimeout(timer);
            resolve(simulation);
          },
          (error: unknown) => {
            clearTimeout(timer);
            reject(error instanceof Error ? error : new Error(String(error)));
          },
        );
      }),
  };
}

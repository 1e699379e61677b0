// Makes the copy that is shared, in a worker of its own: the page stays awake, and the engine's worker free.
import { wrap } from 'comlink';
import type { Scenario } from '../../engine/scenario.ts';
import type { SharedCopy, Wanted } from '../../permalink/shared-copy.ts';
import type { EngineCalls } from '../../worker.ts';
import type { Holding } from '../../session/held.ts';
import { startWorker } from '../shell/start-worker.ts';
import { giveTexts } from '../shell/worker-engine.ts';

/** The copy; when `signal` aborts, the work ends and the promise stays open. */
export function copyInWorker(
  scenario: Scenario,
  holding: Holding,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<SharedCopy> {
  const worker = startWorker();
  const end = () => worker.terminate();
  signal.addEventListener('abort', end);
  return new Promise<SharedCopy>((resolve, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(event.message)));
    const remote = wrap<EngineCalls>(worker);
    giveTexts(remote, holding);
    remote.sharedCopy(scenario, wanted).then(resolve, reject);
  }).finally(end);
}

// The engine's worker, from inside the page: in place of start-worker.ts where the page is one file.
import EngineWorker from '../../worker.ts?worker&inline';

export function startWorker(): Worker {
  return new EngineWorker();
}

// The engine's worker, from inside the page: in place of start-worker.ts where the page is one file.
// oxlint-disable-next-line import/default -- vite makes the export
import EngineWorker from '../../worker.ts?worker&inline';

export function startWorker(): Worker {
  return new EngineWorker();
}

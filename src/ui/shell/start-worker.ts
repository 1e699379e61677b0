// The engine's worker, from its own file.
export function startWorker(): Worker {
  return new Worker(new URL('../../worker.ts', import.meta.url), { type: 'module' });
}

// @ts-check
// npm run fuzz [-- --seed N --count N --workers N | --seed N --only N]: mutated inputs through parsers, walk, picture, link
// and copy. Each fault is printed once, shrunk, with the numbers that make it again; exit code 1 when there is one.
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { bundleOf } from './bundle.mjs';

/** Milliseconds without a next input after which a worker hangs for good, and is ended. */
const PATIENCE = 20_000;

/** Inputs that a worker takes at a time. */
const BATCH = 250;

/**
 * @typedef {{ bundle: string, seed: number, count: number, next: Int32Array, at: Int32Array, place: number }} Work
 * @typedef {{ n: number, way: string, text: string, cause: string, detail: string }} Found
 */

/** @param {Work} work */
async function runWorker({ bundle, seed, count, next, at, place }) {
  const { parentPort } = await import('node:worker_threads');
  const { causeOf, faultsOf, inputOf, shrunk } = await import(pathToFileURL(bundle).href);
  /** @type {Map<string, number>} */
  const known = new Map();
  for (let from = Atomics.add(next, 0, BATCH); from < count; from = Atomics.add(next, 0, BATCH))
    for (let n = from; n < Math.min(from + BATCH, count); n += 1) {
      Atomics.store(at, place, n);
      const input = inputOf(seed, n);
      for (const fault of faultsOf(input)) {
        const cause = causeOf(fault);
        const times = known.get(cause) ?? 0;
        known.set(cause, times + 1);
        const text = times === 0 ? shrunk(input, fault).text : '';
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread, not a window
        parentPort?.postMessage({ n, way: input.way, text, cause, detail: fault.detail });
      }
    }
  Atomics.store(at, place, -1);
}

/**
 * Runs all inputs; calls back for each fault, and every ten seconds.
 * @param {Work & { workers: number }} work
 * @param {(found: Found) => void} onFault
 * @param {(done: number) => void} onProgress
 */
async function runAll({ workers, ...work }, onFault, onProgress) {
  /** @param {number} place */
  const start = (place) =>
    new Promise((resolve) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: { ...work, place } });
      let seen = { n: -2, since: Date.now() };
      const watch = setInterval(() => {
        const n = Atomics.load(work.at, place);
        if (n !== seen.n) seen = { n, since: Date.now() };
        else if (n >= 0 && Date.now() - seen.since > PATIENCE) end(n, 'hang', `no end after ${PATIENCE} ms`);
      }, 500);
      /** @param {number} n @param {string} cause @param {string} detail */
      function end(n, cause, detail) {
        onFault({ n, way: '', text: '', cause, detail });
        void worker.terminate();
      }
      worker.on('message', onFault);
      worker.on('error', (error) => end(Atomics.load(work.at, place), 'crash', String(error)));
      worker.on('exit', () => {
        clearInterval(watch);
        resolve(Atomics.load(work.at, place));
      });
    });
  const told = setInterval(() => onProgress(Math.min(Atomics.load(work.next, 0), work.count)), 10_000);
  await Promise.all(
    Array.from({ length: workers }, async (_, place) => {
      while ((await start(place)) >= 0); // a worker that died of an input is replaced, and goes on behind it
    }),
  );
  clearInterval(told);
}

async function main() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '1000000' },
      workers: { type: 'string', default: String(availableParallelism()) },
      only: { type: 'string' },
      bundle: { type: 'string' },
    },
  });
  const [seed, count] = [Number(values.seed), Number(values.count)];
  const bundle = values.bundle ?? (await bundleOf('src/fuzz/fuzz.ts'));
  if (values.only !== undefined) {
    const { faultsOf, inputOf } = await import(pathToFileURL(bundle).href);
    const input = inputOf(seed, Number(values.only));
    console.log(`${input.way}\n${JSON.stringify(input.text)}`);
    for (const { kind, detail } of faultsOf(input)) console.log(`${kind}: ${detail}`);
    return;
  }
  const started = Date.now();
  /** @type {Map<string, number>} */
  const causes = new Map();
  const said = (/** @type {number} */ done) => {
    const seconds = (Date.now() - started) / 1000;
    const faults = [...causes.values()].reduce((a, b) => a + b, 0);
    return `${done} inputs of seed ${seed} in ${Math.round(seconds)} s, ${Math.round(done / seconds)} a second: ${faults} faults of ${causes.size} causes`;
  };
  const workers = Number(values.workers);
  const shared = () => new Int32Array(new SharedArrayBuffer(4 * workers));
  await runAll(
    { bundle, seed, count, next: shared(), at: shared().fill(-1), place: 0, workers },
    ({ n, way, text, cause, detail }) => {
      const times = causes.get(cause) ?? 0;
      causes.set(cause, times + 1);
      if (times > 0) return;
      const lines = detail.split('\n').slice(0, 4).join('\n    ');
      console.log(`--seed ${seed} --only ${n}  ${way}: ${cause}\n    ${lines}\n    ${JSON.stringify(text)}`);
    },
    (done) => console.error(said(done)),
  );
  for (const [cause, times] of causes) console.log(`${times} × ${cause}`);
  console.log(said(count));
  process.exitCode = causes.size > 0 ? 1 : 0;
}

await (isMainThread ? main() : runWorker(workerData));

// @ts-check
// npm run fuzz [-- --seed N --count N]: mutated pastes through the whole engine. Faults are printed as they are found,
// with the number that `--seed` and it make again; exit code 1 when there is one.
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleOf } from './bundle.mjs';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '20000' } },
});
const [seed, count] = [Number(values.seed), Number(values.count)];

const { fuzz } = await import(pathToFileURL(await bundleOf('src/fuzz.ts')).href);

const BATCH = 1000;
const kinds = new Map();
const started = Date.now();
for (let done = 0; done < count; done += BATCH) {
  const size = Math.min(BATCH, count - done);
  fuzz(
    seed + done / BATCH,
    size,
    (/** @type {{ kind: string, detail: string, paste: string }} */ fault, /** @type {number} */ n) => {
      const place = fault.detail.split('\n').slice(0, 3).join(' | ');
      const known = kinds.get(`${fault.kind} ${place}`) ?? 0;
      kinds.set(`${fault.kind} ${place}`, known + 1);
      if (known === 0)
        console.log(
          `${fault.kind}  --seed ${seed + done / BATCH} number ${n}  ${place}\n${JSON.stringify(fault.paste).slice(0, 2000)}`,
        );
    },
  );
  console.error(
    `${done + size} of ${count} in ${Math.round((Date.now() - started) / 1000)} s, ${[...kinds.values()].reduce((a, b) => a + b, 0)} faults`,
  );
}
process.exitCode = kinds.size > 0 ? 1 : 0;

// @ts-check
// npm run bench [-- --rows rules,misses --sizes 1000,2000 --runs 5 --seed 7 --json FILE]: prints a table, writes JSON.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleOf } from '../scripts/bundle.mjs';
import { root } from '../scripts/install.mjs';
import { browserRows } from './browser/rows.mjs';
import { runInBrowser } from './browser/run.mjs';
import { shown, verdict } from './goals.mjs';
import { exponent, growthRows } from './growth.mjs';
import { measureRow, RUNS } from './measure-row.mjs';
import { rows } from './rows.mjs';

/** @typedef {import('./rows.mjs').Row} Row */
/** @typedef {import('./goals.mjs').Result} Result */

/** @param {Row} row
 *  @param {Result[]} results
 *  @param {Result | null} tiny */
function growth({ mostGrowth }, results, tiny) {
  const [time, memory] = [exponent(results, tiny, 'ms'), exponent(results, tiny, 'megabytes')];
  if (time === null || memory === null) return '';
  const told = `; grows with exponent ${time.toFixed(2)} in time, ${memory.toFixed(2)} in memory`;
  return mostGrowth === undefined
    ? told
    : `${told}: ${verdict(Math.max(time, memory), mostGrowth, 'exponent')}`;
}

/**
 * @param {Row} row
 * @param {Result[]} results
 * @param {Result | null} tiny
 */
function printRow(row, results, tiny) {
  console.log(`\n${row.name}: ${row.what}${growth(row, results, tiny)}`);
  if (tiny) console.log(`  next to nothing: ${shown(tiny.ours)}`);
  for (const { size, ours, anchors, goals } of results) {
    console.log(`  ${size.toLocaleString('en')} ${row.unit}: ${shown(ours)}`);
    for (const [name, anchor] of Object.entries(anchors)) {
      const isRatio = typeof ours !== 'string' && typeof anchor !== 'string';
      const ratio = isRatio ? `  ratio ${(ours.ms / anchor.ms).toPrecision(3)}` : '';
      console.log(`    ${name}: ${shown(anchor)}${ratio}`);
    }
    for (const goal of goals) console.log(`    ${goal}`);
  }
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    sizes: { type: 'string' },
    runs: { type: 'string' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string', default: join(root, 'node_modules', '.cache', 'sidetrace', 'bench.json') },
  },
});
const wanted = values.rows?.split(',');
/** @param {{ name: string }} row */
const isWanted = ({ name }) => !wanted || wanted.includes(name) || wanted.includes(name.split(':')[0] ?? '');
const measurable = [...rows, ...growthRows];
const chosen = measurable.filter(isWanted);
const inBrowser = browserRows.filter(isWanted);
if (chosen.length + inBrowser.length === 0)
  throw new Error(
    `no such row; there are ${[...measurable, ...browserRows].map(({ name }) => name).join(', ')}`,
  );
const folder = mkdtempSync(join(tmpdir(), 'sidetrace-bench-'));
const setting = {
  bundle: await bundleOf('bench/subjects.ts'),
  folder,
  runs: values.runs === undefined ? undefined : Number(values.runs),
  seed: Number(values.seed),
};
console.log(
  `${cpus().length} cores, ${cpus()[0]?.model}, Node ${process.version}; medians of ${setting.runs ?? `${RUNS}, growth measured once`}, seed ${setting.seed}`,
);
const results = chosen.flatMap((row) => {
  const { tiny, results } = measureRow(row, values.sizes?.split(',').map(Number) ?? row.sizes, setting);
  printRow(row, results, tiny);
  return tiny ? [tiny, ...results] : results;
});
rmSync(folder, { recursive: true });
const browser = await runInBrowser(inBrowser, { ...setting, runs: setting.runs ?? RUNS });
mkdirSync(dirname(values.json), { recursive: true });
writeFileSync(
  values.json,
  JSON.stringify({ version: 1, ...setting, folder: undefined, bundle: undefined, results, browser }, null, 2),
);
console.log(`\nWritten to ${values.json}`);

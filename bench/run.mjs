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
import { exponent, growsTooFast, growthRows } from './growth.mjs';
import { rows } from './rows.mjs';
import { runAnchor, runSubject } from './run-once.mjs';

/** @typedef {import('./run-once.mjs').Measured} Measured */
/** @typedef {import('./rows.mjs').Row} Row */
/** @typedef {import('./run-once.mjs').Recorded} Recorded */
/**
 * @typedef {object} Result
 * @property {string} row
 * @property {number} size
 * @property {Measured | string} ours or why it is missing
 * @property {Record<string, Measured | Recorded | string>} anchors
 * @property {string[]} goals each with what was reached
 */

/**
 * The median run; the first failure when there is one.
 * @param {(Measured | string)[]} measured
 */
function median(measured) {
  const failed = measured.find((one) => typeof one === 'string');
  if (failed) return failed;
  const sorted = measured.filter((one) => typeof one !== 'string').toSorted((a, b) => a.ms - b.ms);
  return sorted[Math.floor(sorted.length / 2)] ?? 'not run';
}

/**
 * @param {Row['goals'][number]} goal
 * @param {Result} result
 */
function reached({ of, anchor, most }, { ours, anchors }) {
  if (typeof ours === 'string') return `? ${ours}`;
  if (of === 'ms' || of === 'megabytes') return verdict(ours[of], most, of);
  if (of === 'other answers') return verdict(otherAnswers(ours, Object.values(anchors)), most, of);
  const wanted = Object.entries(anchors).filter(([name]) => anchor === undefined || name === anchor);
  const field = of === 'length' ? 'length' : 'ms';
  const values = wanted.flatMap(([, one]) => (typeof one === 'string' ? [] : (one[field] ?? [])));
  if (values.length === 0) return `? ${wanted.map(([name, one]) => `${name}: ${shown(one)}`).join('; ')}`;
  const name = `${field} of ${anchor ?? 'the fastest'}`;
  return verdict((ours[field] ?? Number.NaN) / Math.min(...values), most, name);
}

/**
 * How many anchors found something else, or nothing that can be compared.
 * @param {Measured} ours
 * @param {Result['anchors'][string][]} anchors
 */
function otherAnswers({ answer }, anchors) {
  return anchors.filter((one) => typeof one === 'string' || !('answer' in one) || one.answer !== answer)
    .length;
}

/**
 * @param {number} value
 * @param {number} most
 * @param {string} unit
 */
function verdict(value, most, unit) {
  return `${value <= most ? 'met' : 'MISSED'}: ${value.toPrecision(3)} (at most ${most}) ${unit}`;
}

/**
 * @param {string} bundle
 * @param {ReturnType<Row['anchors']>[string]} anchor
 * @param {string} file
 */
function measureAnchor(bundle, anchor, file) {
  if ('ms' in anchor) return 'recorded';
  return 'subject' in anchor ? runSubject(bundle, anchor, file) : runAnchor(anchor);
}

/** So many runs where neither the command line nor the row says. */
const RUNS = 3;

/** What took so long is not measured again: it varies little, and somebody waits. */
const LONG_MS = 10_000;

/**
 * Measures in turns, so that what else the machine does falls on all alike; the medians.
 * @param {readonly (() => Measured | string)[]} measurers
 * @param {number} runs
 */
function inTurns(measurers, runs) {
  const measured = measurers.map((measure) => [measure()]);
  for (let run = 1; run < runs; run += 1)
    for (const [i, measure] of measurers.entries()) {
      const [first] = measured[i] ?? [];
      if (typeof first === 'object' && first.ms < LONG_MS) measured[i]?.push(measure());
    }
  return measured.map(median);
}

/**
 * @typedef {object} Setting
 * @property {string} bundle
 * @property {string} folder
 * @property {number | undefined} runs
 * @property {number} seed
 */

/**
 * @param {Row} row
 * @param {number} size
 * @param {Setting} setting
 * @returns {Result}
 */
function measureSize(row, size, { bundle, folder, runs = row.runs ?? RUNS, seed }) {
  const file = join(folder, `${row.subject}-${size}`);
  row.write(file, size, seed);
  const anchors = Object.entries(row.anchors(file, size));
  const live = anchors.flatMap(([name, anchor]) => ('ms' in anchor ? [] : [{ name, anchor }]));
  const [ours = 'not run', ...others] = inTurns(
    [
      () => runSubject(bundle, row, file),
      ...live.map(
        ({ anchor }) =>
          () =>
            measureAnchor(bundle, anchor, file),
      ),
    ],
    runs,
  );
  rmSync(file);
  const measured = new Map(live.map(({ name }, i) => [name, others[i] ?? 'not run']));
  /** @type {Result} */
  const result = {
    row: row.name,
    size,
    ours,
    anchors: Object.fromEntries(
      anchors.map(([name, anchor]) => [name, 'ms' in anchor ? anchor : (measured.get(name) ?? 'not run')]),
    ),
    goals: [],
  };
  const goals = row.goals.filter((goal) => goal.size === size).map((goal) => reached(goal, result));
  return { ...result, goals };
}

/** @param {Row} row
 *  @param {readonly number[]} sizes
 *  @param {Setting} setting */
function measureSizes(row, sizes, setting) {
  const tiny = row.tiny === undefined ? null : measureSize(row, row.tiny, setting);
  return { tiny, results: sizes.map((size) => measureSize(row, size, setting)) };
}

/** A row that was measured once and misses is measured again before it is said to.
 *  @param {Row} row
 *  @param {readonly number[]} sizes
 *  @param {Setting} setting */
function measureRow(row, sizes, setting) {
  const measured = measureSizes(row, sizes, setting);
  const isDoubtful = row.runs === 1 && growsTooFast(row, measured.results, measured.tiny);
  return isDoubtful ? measureSizes(row, sizes, { ...setting, runs: RUNS }) : measured;
}

/** @param {Measured | Recorded | string} one */
function shown(one) {
  if (typeof one === 'string') return one;
  const ms = `${one.ms.toPrecision(3)} ms`;
  const memory = 'megabytes' in one ? `, ${Math.round(one.megabytes)} MB` : '';
  return `${ms}${memory}${one.length === undefined ? '' : `, ${one.length} characters`}`;
}

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

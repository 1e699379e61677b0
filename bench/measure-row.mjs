// @ts-check
// A row -> what was measured of it: each size, ours and the anchors in turn, medians.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { reached } from './goals.mjs';
import { growsTooFast } from './growth.mjs';
import { runAnchor, runSubject } from './run-once.mjs';

/** @typedef {import('./run-once.mjs').Measured} Measured */
/** @typedef {import('./rows.mjs').Row} Row */
/** @typedef {import('./goals.mjs').Result} Result */

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
 * @param {string} bundle
 * @param {import('./run-once.mjs').Anchor | import('./run-once.mjs').OfOurs} anchor
 * @param {string} file
 */
function measureAnchor(bundle, anchor, file) {
  return 'subject' in anchor ? runSubject(bundle, anchor, file) : runAnchor(anchor);
}

/** So many runs where neither the command line nor the row says. */
export const RUNS = 3;

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
export function measureRow(row, sizes, setting) {
  const measured = measureSizes(row, sizes, setting);
  const isDoubtful = row.runs === 1 && growsTooFast(row, measured.results, measured.tiny);
  return isDoubtful ? measureSizes(row, sizes, { ...setting, runs: RUNS }) : measured;
}

// @ts-check
// How cost grows with size: exponents, and a row for each shape of bench/generate/awkward.mjs, from paste to answer.
import { writeFileSync } from 'node:fs';
import { awkward, awkwardPaste } from './generate/awkward.mjs';

/** @typedef {import('./rows.mjs').Row} Row */

/** @typedef {import('./run-once.mjs').Measured} Measured */
/** @typedef {{ size: number, ours: Measured | string }} Sized */

/** Below that, differences are the machine's, of milliseconds and megabytes. */
const NOISE = { ms: 30, megabytes: 16 };

/**
 * How time or memory grows between the two largest sizes: 1 is linear, 2 quadratic; null where it was not measured. What a
 * tiny input costs is taken off first: compiling and Node itself would hide what grows.
 * @param {readonly Sized[]} results by size
 * @param {Sized | null} tiny
 * @param {'ms' | 'megabytes'} of
 */
export function exponent(results, tiny, of) {
  const [before, last] = results.slice(-2);
  if (!before || !last || typeof before.ours === 'string' || typeof last.ours === 'string') return null;
  const floor = tiny && typeof tiny.ours !== 'string' ? tiny.ours[of] : 0;
  const [less, more] = [before.ours[of], last.ours[of]].map((value) => Math.max(value - floor, NOISE[of]));
  return Math.log((more ?? 1) / (less ?? 1)) / Math.log(last.size / before.size);
}

/** Whether time or memory grows faster than the row may.
 *  @param {Row} row
 *  @param {readonly Sized[]} results
 *  @param {Sized | null} tiny */
export function growsTooFast({ mostGrowth = Infinity }, results, tiny) {
  return Math.max(exponent(results, tiny, 'ms') ?? 0, exponent(results, tiny, 'megabytes') ?? 0) > mostGrowth;
}

/** The size at which an answer costs what it costs whatever the paste. */
const TINY = 8;

/** Twice the size takes at most twice the time and memory, and a little for what the machine does beside. */
const MOST = 1.1;

/** @type {readonly Row[]} */
export const growthRows = Object.entries(awkward).map(([name, [size]]) => ({
  name: `growth: ${name}`,
  what: 'from a paste to its answer, cold',
  unit: 'lines or entries',
  sizes: [size, 2 * size, 4 * size],
  tiny: TINY,
  runs: 1,
  subject: 'answer',
  write: (file, n, seed) => writeFileSync(file, awkwardPaste(name, n, seed)),
  anchors: () => ({}),
  goals: [],
  mostGrowth: MOST,
}));

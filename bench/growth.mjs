// @ts-check
// How the cost of an answer grows with what was pasted: a row for each shape of bench/generate/awkward.mjs.
import { writeFileSync } from 'node:fs';
import { awkward, awkwardPaste } from './generate/awkward.mjs';

/** @typedef {import('./rows.mjs').Row} Row */

/** Twice the size takes at most twice the time and memory, and a little for what the machine does beside. */
const MOST = 1.1;

/** @type {readonly Row[]} */
export const growthRows = Object.entries(awkward).map(([name, [size]]) => ({
  name: `growth: ${name}`,
  what: 'from a paste to its answer, cold',
  unit: 'lines or entries',
  sizes: [size, 2 * size, 4 * size],
  subject: 'answer',
  write: (file, n, seed) => writeFileSync(file, awkwardPaste(name, n, seed)),
  anchors: () => ({}),
  goals: [],
  mostGrowth: MOST,
}));

// @ts-check
// Measures rows in the browser and prints them; medians of several runs, ours and the anchor's in turn.
import { openPages } from './pages.mjs';

/** @typedef {import('./rows.mjs').BrowserRow} BrowserRow */
/** @typedef {import('./rows.mjs').Figures} Figures */

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** @param {Figures[]} runs */
function medians(runs) {
  const names = Object.keys(runs[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, median(runs.map((run) => run[name] ?? Number.NaN))]));
}

/**
 * @param {BrowserRow['goals'][string]} goal
 * @param {number} ours
 * @param {number} anchor
 */
function verdict({ most, least, ratio }, ours, anchor) {
  const met =
    (most === undefined || ours <= most) &&
    (least === undefined || Math.round(ours) >= least) &&
    (ratio === undefined || ours <= anchor * ratio);
  const bound = most ? `at most ${most}` : least ? `at least ${least}` : `at most ${ratio} of the anchor`;
  return `${met ? 'met' : 'MISSED'} (${bound})`;
}

/**
 * @param {BrowserRow} row
 * @param {import('./pages.mjs').Pages} pages
 * @param {{ runs: number, seed: number }} setting
 */
async function measureRow(row, pages, { runs, seed }) {
  const [ours, anchors] = /** @type {[Figures[], Figures[]]} */ ([[], []]);
  for (let run = 0; run < runs; run++) {
    ours.push(await row.ours(pages, seed));
    if (row.anchor) anchors.push(await row.anchor(pages));
  }
  const anchor = medians(anchors);
  const figures = Object.entries(medians(ours)).map(([figure, value]) => {
    const goal = row.goals[figure];
    const beside = anchor[figure] || null; // an anchor that has no such thing is none
    return {
      figure,
      ours: value,
      anchor: beside,
      ratio: beside === null ? null : value / beside,
      goal: goal ? verdict(goal, value, beside ?? Number.NaN) : null,
    };
  });
  return { row: row.name, what: row.what, figures };
}

/** @param {Awaited<ReturnType<typeof measureRow>>} measured */
function print({ row, what, figures }) {
  console.log(`\n${row}: ${what}`);
  for (const { figure, ours, anchor, ratio, goal } of figures) {
    const beside = anchor === null ? '' : `; anchor ${anchor.toPrecision(3)}, ratio ${ratio?.toPrecision(3)}`;
    console.log(`  ${figure}: ${ours.toPrecision(3)}${beside}${goal ? `  ${goal}` : ''}`);
  }
}

/**
 * @param {readonly BrowserRow[]} rows
 * @param {{ runs: number, seed: number }} setting
 */
export async function runInBrowser(rows, setting) {
  if (rows.length === 0) return [];
  const pages = await openPages();
  const results = [];
  for (const row of rows) {
    const measured = await measureRow(row, pages, setting);
    print(measured);
    results.push(measured);
  }
  await pages.close();
  return results;
}

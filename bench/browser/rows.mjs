// @ts-check
// The browser's rows: what is measured, beside what, and what is to be reached.
import { dropDump } from './drop.mjs';
import { firstLoad } from './first-load.mjs';
import { pasteToAnswer } from './paste.mjs';
import { playLargest, playMinimal } from './play.mjs';

/** @typedef {import('./pages.mjs').Pages} Pages */
/** @typedef {Record<string, number>} Figures */
/**
 * @typedef {object} BrowserRow
 * @property {string} name
 * @property {string} what
 * @property {(pages: Pages, seed: number) => Promise<Figures>} ours
 * @property {(pages: Pages) => Promise<Figures>} [anchor]
 * @property {Record<string, { most?: number, least?: number, ratio?: number }>} goals by figure
 */

/** @type {readonly BrowserRow[]} */
export const browserRows = [
  {
    name: 'paste',
    what: 'the worked example, from the clipboard into the empty editor',
    ours: pasteToAnswer,
    goals: { 'answer on screen, ms': { most: 100 }, 'longest task, ms': { most: 50 } },
  },
  {
    name: 'drop',
    what: 'a config_dump of 50 MB dropped on the page',
    ours: dropDump,
    goals: {
      'first progress, ms': { most: 100 },
      'answer, ms': { most: 1500 },
      'longest task, ms': { most: 50 },
    },
  },
  {
    name: 'play',
    what: 'the largest journey of the gallery, beside a minimal React Flow app of 40 nodes',
    ours: playLargest,
    anchor: playMinimal,
    goals: { 'frames a second': { least: 60 }, 'main-thread load, %': { ratio: 1.5 } },
  },
  {
    name: 'first load',
    what: 'a phone on a slow network, beside a minimal React Flow app',
    ours: ({ browser, app }) => firstLoad(browser, app),
    anchor: ({ browser, minimal }) => firstLoad(browser, minimal),
    goals: { 'LCP, ms': { ratio: 1.15 }, 'TBT, ms': { ratio: 1.15 }, 'transferred, kB': { ratio: 1.15 } },
  },
];

// @ts-check
// A large dump dropped on the page: first progress, answer, and how long the page could not move in between.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configDump } from '../generate/config-dump.mjs';
import { freshPage, longestTask, openApp } from './pages.mjs';
import { answerAfter } from './paste.mjs';

const MEGABYTES = 50;

/**
 * @param {import('./pages.mjs').Pages} pages
 * @param {number} seed
 */
export async function dropDump({ browser, app, folder }, seed) {
  const file = join(folder, `dump-${seed}.json`);
  writeFileSync(file, configDump(MEGABYTES, seed));
  const page = await freshPage(browser);
  await openApp(page, app);
  const answered = page.evaluate(answerAfter, 'drop');
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of /** @type {const} */ (['dragEnter', 'dragOver', 'drop']))
    await cdp.send('Input.dispatchDragEvent', { type, x: 300, y: 400, data });
  const { from, seen, to } = await answered;
  await page.waitForTimeout(3000);
  const longest = await longestTask(page, from);
  await page.context().close();
  return { 'first progress, ms': seen - from, 'answer, ms': to - from, 'longest task, ms': longest };
}

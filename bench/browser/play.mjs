// @ts-check
// Playing the largest journey of the gallery: frames a second, and the share of the time the main thread is busy.
import { bundleOf } from '../../scripts/bundle.mjs';
import { freshPage, openApp } from './pages.mjs';

const SECONDS = 10;

/**
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<Record<string, number>>}
 */
async function watched(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const busy = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  };
  const before = await busy();
  const frames = await page.evaluate(countFrames, SECONDS);
  const load = (await busy()) - before;
  await page.context().close();
  return { 'frames a second': frames / SECONDS, 'main-thread load, %': (load / SECONDS) * 100 };
}

/**
 * In the page.
 * @param {number} seconds
 * @returns {Promise<number>}
 */
function countFrames(seconds) {
  return new Promise((resolve) => {
    let count = 0;
    let end = Infinity;
    const next = (/** @type {number} */ now) => {
      if (end === Infinity) end = now + seconds * 1000;
      else count += 1;
      if (now < end) requestAnimationFrame(next);
      else resolve(count);
    };
    requestAnimationFrame(next);
  });
}

/** @param {import('./pages.mjs').Pages} pages */
export async function playLargest({ browser, app }) {
  const { largestJourney } = await import(await bundleOf('bench/largest-journey.ts'));
  const page = await freshPage(browser);
  await openApp(page, `${app}#g/${largestJourney().id}`);
  await page.locator('body').press('Home');
  await page.waitForTimeout(1500);
  await page.locator('body').press('Space');
  return watched(page);
}

/** @param {import('./pages.mjs').Pages} pages */
export async function playMinimal({ browser, minimal }) {
  const page = await freshPage(browser);
  await page.goto(minimal);
  await page.locator('.react-flow__node').first().waitFor();
  await page.waitForTimeout(1500);
  return watched(page);
}

// @ts-check
// A first visit with a phone: largest contentful paint, blocking time, bytes. The network and the processor are slowed
// down as Lighthouse's mobile setting does when it throttles for real.
// https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md
import { freshPage, tasksOf } from './pages.mjs';

const PHONE = {
  viewport: { width: 412, height: 823 },
  deviceScaleFactor: 1.75,
  isMobile: true,
  hasTouch: true,
};
const NETWORK = {
  offline: false,
  latency: 150 * 3.75, // milliseconds: DevTools delays requests, not packets
  downloadThroughput: (1638.4 * 0.9 * 1024) / 8, // bytes a second
  uploadThroughput: (750 * 0.9 * 1024) / 8,
};
const SLOWDOWN = 4;
/** Milliseconds without a request after which a page has loaded. */
const REST = 4000;

/**
 * @param {import('./pages.mjs').Browser} browser
 * @param {string} address
 */
export async function firstLoad(browser, address) {
  const page = await freshPage(browser, PHONE);
  await page.addInitScript(notePaints);
  const cdp = await page.context().newCDPSession(page);
  let last = Date.now();
  cdp.on('Network.loadingFinished', () => (last = Date.now()));
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', NETWORK);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  await page.goto(address);
  while (Date.now() - last < REST) await page.waitForTimeout(250);
  const paints = await paintsOf(page);
  const files = await filesOf(page);
  const sizeOf = (/** @type {boolean} */ behind) =>
    files.filter(({ name }) => name.includes('worker') === behind).reduce((sum, { size }) => sum + size, 0);
  const tasks = (await tasksOf(page)).filter(({ start, duration }) => start + duration > paints.first);
  await page.context().close();
  return {
    'LCP, ms': paints.largest,
    'TBT, ms': tasks.reduce((sum, { duration }) => sum + duration - 50, 0),
    'transferred, kB': sizeOf(false) / 1000,
    'the engine, fetched at rest, kB': sizeOf(true) / 1000,
  };
}

/**
 * What the page fetched, itself included, in bytes on the wire.
 * @param {import('./pages.mjs').Page} page
 * @returns {Promise<{ name: string, size: number }[]>}
 */
function filesOf(page) {
  return page.evaluate(`['navigation', 'resource'].flatMap((kind) =>
    performance.getEntriesByType(kind).map(({ name, transferSize }) => ({ name, size: transferSize })))`);
}

/**
 * @param {import('./pages.mjs').Page} page
 * @returns {Promise<{ first: number, largest: number }>} milliseconds
 */
function paintsOf(page) {
  return page.evaluate('globalThis.paints');
}

/** In the page. */
function notePaints() {
  const paints = { first: 0, largest: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (entry.name === 'first-contentful-paint') paints.first = entry.startTime;
  }).observe({ type: 'paint', buffered: true });
  new PerformanceObserver((list) => {
    paints.largest = list.getEntries().at(-1)?.startTime ?? 0;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  Object.assign(globalThis, { paints });
}

// @ts-check
// Builds the app and the minimal one beside it, serves both, and opens them in Chromium.
import react from '@vitejs/plugin-react';
import { chromium } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { launchOptions } from '../../scripts/browser.mjs';
import { root } from '../../scripts/install.mjs';

/** @typedef {import('@playwright/test').Browser} Browser */
/** @typedef {import('@playwright/test').Page} Page */
/**
 * @typedef {object} Pages
 * @property {Browser} browser
 * @property {string} app the address of the built app
 * @property {string} minimal the address of the minimal one
 * @property {string} folder for files of the measurements
 * @property {() => Promise<void>} close
 */

/**
 * @param {import('vite').InlineConfig} config
 * @param {string} outDir
 */
async function served(config, outDir) {
  const whole = { ...config, logLevel: /** @type {const} */ ('error') };
  await build({ ...whole, build: { outDir, emptyOutDir: true } });
  const server = await preview({ ...whole, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error('vite preview tells no address');
  return { address, close: () => server.close() };
}

/** @returns {Promise<Pages>} */
export async function openPages() {
  const folder = mkdtempSync(join(tmpdir(), 'sidetrace-bench-pages-'));
  const app = await served({ root }, join(folder, 'app'));
  const minimal = await served(
    { root: join(root, 'bench', 'minimal'), configFile: false, base: './', plugins: [react()] },
    join(folder, 'minimal'),
  );
  const browser = await chromium.launch(await launchOptions());
  return {
    browser,
    app: app.address,
    minimal: minimal.address,
    folder,
    close: async () => {
      await browser.close();
      await Promise.all([app.close(), minimal.close()]);
      rmSync(folder, { recursive: true });
    },
  };
}

/**
 * A page of a browser that has never been here, and that notes its long tasks.
 * @param {Browser} browser
 * @param {import('@playwright/test').BrowserContextOptions} [options]
 */
export async function freshPage(browser, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    serviceWorkers: 'block', // what it fetches for later visits is no part of a first load
    ...options,
  });
  const page = await context.newPage();
  await page.addInitScript(noteTasks);
  return page;
}

/** In the page: the tasks of 50 ms or more. */
function noteTasks() {
  /** @type {{ start: number, duration: number }[]} */
  const tasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime: start, duration } of list.getEntries()) tasks.push({ start, duration });
  }).observe({ type: 'longtask', buffered: true });
  Object.assign(globalThis, { longTasks: tasks });
}

/**
 * The longest task since a moment of the page's clock; 0 when none took 50 ms.
 * @param {Page} page
 * @param {number} since
 */
export async function longestTask(page, since) {
  const tasks = await tasksOf(page);
  return Math.max(
    0,
    ...tasks.filter(({ start, duration }) => start + duration > since).map((task) => task.duration),
  );
}

/**
 * @param {Page} page
 * @returns {Promise<{ start: number, duration: number }[]>}
 */
export function tasksOf(page) {
  return page.evaluate('globalThis.longTasks');
}

/**
 * Opens the app and waits until the answer is there and the page has nothing left to load.
 * @param {Page} page
 * @param {string} address
 */
export async function openApp(page, address) {
  await page.goto(address);
  await page.locator('[data-testid="headline"][data-stale="false"]').waitFor();
  await page.locator('.cm-content').waitFor();
  await page.waitForTimeout(1500);
}

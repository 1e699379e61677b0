// @ts-check
// Finds a Chromium for the e2e tests, or gets one: CHROMIUM_PATH, Playwright's own, a system one; else
// `npx playwright install chromium`, else `apt-get install chromium`. Says in one line which it is.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

// Chromium's own calls home would only be noise (and refused) in a test.
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** @typedef {{ name: string, options: import('@playwright/test').LaunchOptions }} Browser */

/**
 * The browsers that may be here, best first. An empty options object means Playwright's own.
 * @returns {Browser[]}
 */
function candidates() {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return [{ name: `CHROMIUM_PATH ${named}`, options: { executablePath: named, args: QUIET } }];
  return [
    { name: "Playwright's own Chromium", options: { args: QUIET } },
    ...SYSTEM.filter((path) => existsSync(path)).map((path) => ({
      name: path,
      options: { executablePath: path, args: QUIET },
    })),
  ];
}

/** @param {Browser} browser */
async function starts(browser) {
  try {
    await (await chromium.launch(browser.options)).close();
    return true;
  } catch {
    return false;
  }
}

/** @returns {Promise<Browser | null>} */
async function findBrowser() {
  for (const browser of candidates()) if (await starts(browser)) return browser;
  return null;
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, ...args) {
  const shell = process.platform === 'win32';
  return spawnSync(command, args, { stdio: 'ignore', timeout: 600_000, shell }).status === 0;
}

/** Each way to get one, tried in order until a browser starts. */
const WAYS = [
  () => run('npx', 'playwright', 'install', 'chromium'),
  () => run('npx', 'playwright', 'install', '--with-deps', 'chromium'),
  () => run('apt-get', 'update') && run('apt-get', 'install', '-y', 'chromium'),
  () => run('sudo', '-n', 'apt-get', 'install', '-y', 'chromium'),
];

async function getBrowser() {
  if (process.env['CHROMIUM_PATH']) return null;
  for (const way of WAYS) {
    way();
    const browser = await findBrowser();
    if (browser) return browser;
  }
  return null;
}

/** The launch options of a browser that starts here; throws when there is none. For playwright.config.ts. */
export async function launchOptions() {
  const browser = await findBrowser();
  if (!browser) throw new Error('No Chromium starts. Run: node scripts/browser.mjs');
  return browser.options;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const browser = (await findBrowser()) ?? (await getBrowser());
  console.log(
    browser
      ? `Browser for the e2e tests: ${browser.name}`
      : process.env['CHROMIUM_PATH']
        ? `CHROMIUM_PATH=${process.env['CHROMIUM_PATH']} does not start. Unset it, or name a Chromium that does.`
        : 'No Chromium starts here. Run "npx playwright install --with-deps chromium" or "apt-get install chromium", or set CHROMIUM_PATH.',
  );
  process.exitCode = browser ? 0 : 1;
}

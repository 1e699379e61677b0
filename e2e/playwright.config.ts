// A real Chromium against the built app.
import { defineConfig, devices } from '@playwright/test';
import { launchOptions } from '../scripts/browser.mjs';

const port = Number(process.env['E2E_PORT'] ?? 4173);

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: true,
  workers: 2,
  timeout: 90_000, // no test measures time; a loaded machine must not fail one
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env['CI']),
  retries: process.env['CI'] ? 1 : 0, // a starved machine may fail one once; the report names it
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    locale: 'en-US',
    colorScheme: 'light',
    trace: 'retain-on-failure',
    serviceWorkers: 'block', // one that answers from what it kept would hide what a test does to the network

    launchOptions: await launchOptions(),
  },
  projects: [
    { name: 'chromium', use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } } },
  ],
  webServer: {
    command: `npx vite preview --host 127.0.0.1 --port ${port} --strictPort`,
    cwd: '..',
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});

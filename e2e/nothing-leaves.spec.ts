import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './page.ts';

const ANSWER = 'Your app sees 127.0.0.6, not 10.20.0.78.';

/** What would carry a paste away, if the page were made to. */
const WAYS_OUT = [
  'fetch("/x?paste")',
  'new Promise((done, fail) => { const r = new XMLHttpRequest(); r.onload = done; r.onerror = fail; r.open("GET", "/x"); r.send(); })',
  'new Promise((done, fail) => { const s = new EventSource("/x"); s.onopen = done; s.onerror = fail; })',
  'new Promise((done, fail) => { addEventListener("securitypolicyviolation", fail, { once: true }); setTimeout(done, 5000); navigator.sendBeacon("https://example.org/x", "paste"); })',
  'new Promise((done, fail) => { const s = document.createElement("script"); s.textContent = "window.leaked = 1"; document.body.append(s); window.leaked ? done() : fail(); })',
];

test('the page can ask nobody for anything', async ({ page }) => {
  await page.goto('/');
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).toContain("connect-src 'none'");
  expect(policy?.match(/script-src [^;]*/)?.[0]).toBe("script-src 'self'");
  for (const way of WAYS_OUT) {
    // As the page's own script would: a text evaluated by the debugger is not held up as eval is.
    const refused: unknown = await page.evaluate(`(${way}).then(() => false, () => true)`);
    expect(refused, way).toBe(true);
  }
});

test('after loading, it asks for nothing but its own files', async ({ app }) => {
  const asked: string[] = [];
  app.page.on('request', (request) => asked.push(request.url()));
  await app.open();
  await app.paste('-A PREROUTING -s 10.9.8.7/32 -p tcp -j REDIRECT --to-ports 15006');
  await app.press('Home', 'ArrowRight', '?');
  await app.page.keyboard.press('Escape');
  await app.page.getByRole('button', { name: 'Share' }).click();
  await app.page.keyboard.press('Escape');
  const own = /^http:\/\/127\.0\.0\.1:\d+\/(?:assets\/[\w.-]+\.(?:js|css)|icon\.svg|manifest\.webmanifest)?$/;
  expect(asked.filter((url) => !own.test(url) && !/^(?:data|blob):/.test(url))).toEqual([]);
  expect(asked.join()).not.toContain('10.9.8.7');
});

test.describe('without a network', () => {
  test.use({ serviceWorkers: 'allow' });
  test('the page still loads, once it was seen', async ({ page, context }) => {
    await page.goto('/');
    await expect(page.getByTestId('headline')).toContainText(ANSWER);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByTestId('headline')).toContainText(ANSWER);
    await page.goto('/?l=zh#g/bookinfo');
    await expect(page.getByRole('tab', { name: 'reviews' })).toBeVisible();
  });
});

test('as one file it works from a disk', async ({ page }) => {
  test.setTimeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'sidetrace-single-'));
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const build = [
    'node_modules/vite/bin/vite.js',
    'build',
    '-c',
    'vite.single.config.ts',
    '--logLevel',
    'error',
  ];
  expect(spawnSync(process.execPath, [...build, '--outDir', folder], { stdio: 'inherit' }).status).toBe(0);
  await page.goto(`file://${join(folder, 'index.html')}`);
  await expect(page.getByTestId('headline')).toContainText(ANSWER);
  expect(readdirSync(folder)).toEqual(['index.html']);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Link' })).toHaveValue(/^file:.*#g\//);
  expect(asked.filter((url) => !/^(?:file|data|blob):/.test(url))).toEqual([]);
  rmSync(folder, { recursive: true });
});

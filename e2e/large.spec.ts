import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configDump } from '../bench/generate/config-dump.mjs';
import { expect, test, type App } from './page.ts';

// Nobody measures time here: a loaded machine must not fail it. `npm run bench` does.
test.describe.configure({ timeout: 240_000 });
const PATIENT = { timeout: 120_000 };

const folder = mkdtempSync(join(tmpdir(), 'sidetrace-large-'));
test.afterAll(() => rmSync(folder, { recursive: true }));

/** As a hand would: files of the disk, dropped on the editor. */
async function drop(app: App, ...files: readonly string[]): Promise<void> {
  const cdp = await app.page.context().newCDPSession(app.page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await cdp.send('Input.dispatchDragEvent', { type, x: 200, y: 400, data });
}

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const DUMP = written('dump.json', configDump(50, 11));

test('a dump of 50 MB is read beside the page, shows its progress and is answered', async ({ app }) => {
  await app.open();
  const seen = app.page.locator('progress').waitFor();
  await drop(app, DUMP);
  await seen;
  await expect(app.page.getByText(/listeners: \d{4}/)).toBeVisible(PATIENT);
  await app.answered();
  await expect(app.headline).toContainText('127.0.0.6');
  const text = app.page.getByRole('region', { name: /Text of pod/ });
  await expect(text).toContainText('"configs"');
  await app.page.getByRole('searchbox').fill('ListenersConfigDump');
  await app.page.keyboard.press('Enter');
  await expect(text).toContainText('admin.v3.ListenersConfigDump');
  await app.page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(app.headline).toContainText('Your app sees 127.0.0.6, not 10.20.0.78.');
});

test('work on a large text is given up when asked, and a refresh finds the text again', async ({ app }) => {
  await app.open();
  await drop(app, DUMP);
  await app.page.getByRole('button', { name: 'Cancel' }).click();
  await expect(app.page.getByRole('alert')).toContainText('Given up');
  await app.page.waitForTimeout(1500); // the draft is written after a pause
  await app.page.reload();
  await expect(app.page.getByText(/listeners: \d{4}/)).toBeVisible(PATIENT);
});

function line(n: number): string {
  return `[2026-11-20T08:00:00.000Z] "GET /item/${n} HTTP/1.1" 200 - via_upstream - "-" 0 95 4 3 "-" "curl/8" "id-${n}" "web:8080" "10.0.0.7:8080" inbound|8080|| 127.0.0.6:40000 10.0.0.7:8080 10.0.0.9:50000 - default`;
}

test('a log of 100,000 lines scrolls to its end as a table', async ({ app }) => {
  const log = Array.from({ length: 100_000 }, (_, n) => line(n)).join('\n');
  await app.open();
  await drop(app, written('access.log', log));
  await app.page.getByText(/access log: 100,?000 lines/).click();
  await app.page.getByRole('button', { name: 'As a table' }).click();
  const rows = app.page.getByRole('region', { name: 'Lines of the log' });
  await expect(rows).toContainText('/item/0');
  await rows.evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
  await expect(rows).toContainText('/item/99999');
  await app.page.getByRole('searchbox', { name: 'Find in the lines' }).fill('id-4711"');
  await app.page.keyboard.press('Enter');
  await expect(rows).toContainText('/item/4711');
});

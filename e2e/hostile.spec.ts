import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Download } from '@playwright/test';
import { bundleOf } from '../scripts/bundle.mjs';
import type { Scenario } from '../src/engine/scenario.ts';
import { expect, test, type App } from './page.ts';

/** The program's own writer of links. */
async function linkOf(scenario: Scenario): Promise<string> {
  const module = pathToFileURL(await bundleOf('src/permalink/fragment.ts')).href;
  const program: typeof import('../src/permalink/fragment.ts') = await import(module);
  return program.encodeScenario(scenario);
}

const SCRIPT = `"><img src=x onerror="window.owned=1"><script>window.owned=1</script>'\`\${window.owned=1}`;

/** Scripts, direction marks, NUL, names of prototypes and a cycle of chains, wherever something may stand. */
const PASTE = `*nat
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:__proto__ - [0:0]
:constructor - [0:0]
:toString - [0:0]
-A PREROUTING -p tcp -j __proto__
-A __proto__ -m comment --comment "${SCRIPT.replaceAll('"', "'")}" -j constructor
-A constructor -s 10.0.0.1/32 -j toString
-A constructor -p tcp -m comment --comment "safe\u202Eelif\u2066" -j REDIRECT --to-ports 15006
-A toString -j constructor
COMMIT
[{"name":"<img src=x onerror=window.owned=1>","type":"STATIC","__proto__":{"polluted":true}}]
`;

const HOSTILE: Scenario = {
  version: 1,
  title: SCRIPT,
  request: {
    from: '10.0.0.9:1',
    to: '10.0.0.2:80',
    protocol: 'http',
    host: SCRIPT,
    path: `/${SCRIPT}`,
    method: SCRIPT,
    headers: { constructor: SCRIPT, toString: SCRIPT },
    sni: null,
    alpn: [SCRIPT],
    uid: 1,
    gid: 1,
  },
  pods: [{ name: SCRIPT, role: 'server', addresses: ['10.0.0.2', SCRIPT], paste: PASTE }],
};

async function expectHarmless({ page }: App): Promise<void> {
  expect(await page.evaluate('window.owned')).toBeUndefined();
  expect(await page.evaluate('({}).polluted')).toBeUndefined();
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
}

/** The case as it is, saved as a page. */
async function savedPage({ page }: App): Promise<Download> {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Share this case' });
  await dialog.getByRole('checkbox', { name: /pseudonyms/ }).uncheck();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save .html' }).click();
  return download;
}

test('a stranger’s link runs nothing, and shows what it hides', async ({ app }) => {
  await app.open(`/${await linkOf(HOSTILE)}`);
  await expect(app.currentRow).toBeVisible();
  await app.press('End', 'Home', 'ArrowRight', 'ArrowRight', 'ArrowRight');
  await expectHarmless(app);
  await expect(app.page.getByText('safe⟨U+202E⟩elif⟨U+2066⟩').first()).toBeVisible();
  await expect(app.page.locator('body')).not.toContainText('safe\u202Eelif');
});

test('so does a stranger’s paste, and what is made of it', async ({ app }) => {
  await app.open();
  await app.paste(PASTE);
  await expectHarmless(app);
  const download = await savedPage(app);
  const saved = join(mkdtempSync(join(tmpdir(), 'sidetrace-saved-')), 'saved.html');
  await download.saveAs(saved);
  await app.page.goto('about:blank');
  const page = await app.page.context().newPage();
  await page.goto(`file://${saved}`);
  expect(await page.evaluate('window.owned')).toBeUndefined();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('a saved page that is dropped opens as the case it shows', async ({ app }) => {
  await app.open(`/${await linkOf(HOSTILE)}`);
  const download = await savedPage(app);
  const stream = await download.createReadStream();
  const html = (await stream.toArray()).map(String).join('');
  await app.page.goto('about:blank');
  await app.open();
  const transfer = await app.page.evaluateHandle((text) => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([text], 'sidetrace.html', { type: 'text/html' }));
    return dropped;
  }, html);
  await app.page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(app.page.getByRole('textbox', { name: 'Name of this case' })).toHaveValue(SCRIPT);
  expect(await app.text()).toContain('-A PREROUTING -p tcp -j __proto__');
  await expectHarmless(app);
});

test('a link that is a bomb, and one of garbage, are refused in words', async ({ app }) => {
  const bomb = await linkOf({
    ...HOSTILE,
    request: null,
    pods: [{ name: 'a', role: null, addresses: [], paste: 'a'.repeat(17_000_000) }],
  });
  await app.open(`/${bomb}`);
  await expect(app.page.getByText('What this link holds is too large to open.')).toBeVisible();
  await app.page.goto('about:blank');
  await app.open(`/#s1.d1.00000000.${'A'.repeat(300_000)}`);
  await expect(app.page.getByText(/of this link was changed on its way/)).toBeVisible();
  await expect(app.headline).toContainText('127.0.0.6');
});

import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type App } from './page.ts';

const RULES = `$ kubectl exec -n payments vault-0 -- iptables-save
*nat
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:ACME_IN - [0:0]
-A PREROUTING -s 10.1.2.0/24 -p tcp -j ACME_IN
-A ACME_IN -p tcp -j REDIRECT --to-ports 15006
COMMIT
`;

async function share(app: App) {
  await app.page.getByRole('button', { name: 'Share', exact: true }).click();
  return app.page.getByRole('dialog', { name: 'Share this case' });
}

test('a link holds the case under other names, and opens it', async ({ app }) => {
  await app.open();
  await app.paste(RULES);
  const answer = await app.headline.getByRole('heading').innerText();
  const dialog = await share(app);
  await expect(dialog.getByRole('checkbox', { name: /pseudonyms/ })).toBeChecked();
  await expect(dialog.getByText('The copy gives the same answer.')).toBeVisible();
  await expect(dialog).toContainText('10.1.2.0/24');
  const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
  expect(link).toContain('#s1.d2.');
  expect(new URL(app.page.url()).hash).toBe('');
  await app.page.goto('about:blank');
  await app.open(link);
  await expect(app.headline.getByRole('heading')).toHaveText(answer);
  const text = await app.text();
  expect(text).toContain('REDIRECT --to-ports 15006');
  expect(text).not.toMatch(/ACME|payments|vault|10\.1\.2\./);
});

test('without pseudonyms it is the case to the letter', async ({ app }) => {
  await app.open();
  await app.paste(RULES);
  const dialog = await share(app);
  await dialog.getByRole('checkbox', { name: /pseudonyms/ }).uncheck();
  await expect(dialog).toContainText('Everything, as it was pasted.');
  const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
  await app.page.goto('about:blank');
  await app.open(link);
  expect((await app.text()).trimEnd()).toBe(RULES.trimEnd());
});

test('a link that was cut off says how much is missing, and shows the first sample', async ({ app }) => {
  await app.open();
  await app.paste(RULES);
  const dialog = await share(app);
  const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
  await app.page.goto('about:blank');
  await app.open(link.slice(0, -40));
  await expect(app.page.getByText(/This link was cut off: (?:39|40) of its \d+ characters/)).toBeVisible();
  await expect(app.headline).toContainText('127.0.0.6');
});

test('takes along Markdown, files and a code', async ({ app, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.open('/#g/bookinfo');
  const dialog = await share(app);
  await expect(dialog.getByRole('textbox', { name: 'Link' })).toHaveValue(/#g\/bookinfo$/);
  await dialog.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect(dialog.getByText('Copied.')).toBeVisible();
  const markdown = await app.page.evaluate(() => navigator.clipboard.readText());
  expect(markdown).toMatch(/127\.0\.0\.6[^]*\]\(http[^)]*#g\/bookinfo\)/);
  await dialog.getByRole('button', { name: 'QR code' }).click();
  await expect(dialog.locator('svg', { hasText: 'QR code of the link' })).toBeVisible();
  const download = app.page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save .html' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.html$/);
});

for (const [language, share, title] of [
  ['en', 'Share', 'Share this case'],
  ['zh', '分享', '分享这个场景'],
] as const)
  test(`no accessibility violation in the share dialog: ${language}`, async ({ app }) => {
    await app.open(`/?l=${language}`);
    await app.paste(RULES);
    await app.page.getByRole('button', { name: share, exact: true }).click();
    await expect(app.page.getByRole('dialog', { name: title }).getByRole('listitem').first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page: app.page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
  });

test('what is exported bears other names too, unless it is asked otherwise', async ({ app }) => {
  await app.open();
  await app.paste(RULES);
  await app.page.getByRole('button', { name: 'Export' }).click();
  const dialog = app.page.getByRole('dialog', { name: 'Export' });
  const exported = async (): Promise<string> => {
    const button = dialog.getByRole('button', { name: 'Save .json' }).last();
    const [file] = await Promise.all([app.page.waitForEvent('download'), button.click()]);
    return readFileSync(await file.path(), 'utf8');
  };
  expect(await exported()).not.toMatch(/ACME|10\.1\.2\./);
  await dialog.getByRole('checkbox', { name: /pseudonyms/ }).uncheck();
  expect(await exported()).toContain('ACME_IN');
});

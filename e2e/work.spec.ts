import { readFileSync } from 'node:fs';
import { expect, test } from './page.ts';

const RULES = `*nat
:PREROUTING ACCEPT [0:0]
:MESH_IN - [0:0]
-A PREROUTING -p tcp -j MESH_IN
-A MESH_IN -p tcp -j REDIRECT --to-ports 15006
COMMIT
`;

test('a refresh loses nothing, and undo goes back', async ({ app }) => {
  await app.open();
  await app.paste(RULES);
  await expect(app.row('MESH_IN #1')).toBeVisible();
  await app.page.waitForTimeout(600); // the draft is written after a pause in typing
  await app.page.reload();
  await expect(app.editor).toContainText('MESH_IN');
  await app.answered();
  await app.page.goto('about:blank');
  await app.open('/#g/bookinfo');
  await app.page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(app.editor).toContainText('MESH_IN');
  await app.page.getByRole('button', { name: 'Redo', exact: true }).click();
  await expect(app.podTabs).toHaveCount(3);
});

test('a case of one’s own is saved under a name, found again, and written to a file', async ({ app }) => {
  await app.open();
  await app.paste(RULES);
  await app.press('Escape');
  await app.page.getByRole('button', { name: 'Gallery' }).click();
  const gallery = app.page.getByRole('dialog', { name: 'Gallery' });
  await gallery.getByRole('textbox', { name: 'Name of this case' }).fill('Friday’s outage');
  await gallery.getByRole('button', { name: 'Save what is open' }).click();
  await expect(app.page.getByRole('button', { name: 'Friday’s outage' })).toBeVisible();
  const [file] = await Promise.all([
    app.page.waitForEvent('download'),
    app.page.getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('Friday’s-outage.json');
  const scenario: unknown = JSON.parse(readFileSync(await file.path(), 'utf8'));
  expect(scenario).toMatchObject({ version: 1, title: 'Friday’s outage', pods: [{ paste: RULES }] });
  await app.page.getByRole('button', { name: /Bookinfo/ }).click();
  await app.answered();
  await app.page.getByRole('button', { name: 'Gallery' }).click();
  await app.page.getByRole('button', { name: 'Friday’s outage' }).click();
  await expect(app.editor).toContainText('MESH_IN');
});

test('the gallery is searched by what a person remembers', async ({ app }) => {
  await app.open();
  await app.press('g');
  const field = app.page.getByRole('searchbox', { name: 'Search the worked cases' });
  await field.fill('zebra crossing');
  await expect(app.page.getByText('No worked case speaks of')).toBeVisible();
  await field.fill('productpage ratings');
  await expect(app.page.getByRole('button', { name: /Bookinfo/ })).toBeVisible();
});

test('files dropped anywhere are read', async ({ app }) => {
  await app.open();
  const data = await app.page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'rules.txt', { type: 'text/plain' }));
    return transfer;
  }, RULES);
  await app.page.dispatchEvent('body', 'dragover', { dataTransfer: data });
  await expect(app.page.getByText('Drop files or a folder here')).toBeVisible();
  await app.page.dispatchEvent('body', 'drop', { dataTransfer: data });
  await expect(app.editor).toContainText('MESH_IN');
  await expect(app.podTabs).toHaveText(['pod']);
});

test('a chip tells what a piece is, and gives it to another pod', async ({ app }) => {
  await app.open();
  await app.page.locator('[data-kind="access-log"] summary').click();
  await expect(app.page.getByText('lines 2 to 4')).toBeVisible();
  await app.page.getByRole('combobox', { name: 'Give it to' }).first().selectOption('new pod');
  await expect(app.podTabs).toHaveText(['simple-server', 'new pod']);
});

test('a line of the log becomes the request', async ({ app }) => {
  await app.open();
  await app.page.locator('[data-kind="access-log"] summary').click();
  await app.page.getByRole('button', { name: 'As a table' }).click();
  const dialog = app.page.getByRole('dialog');
  await dialog.getByRole('button', { name: '3', exact: true }).click();
  await expect(dialog.getByLabel('The five addresses of this line')).toContainText('127.0.0.6');
  await dialog.getByRole('button', { name: 'Follow this request' }).click();
  await expect(dialog).toHaveCount(0);
  await app.answered();
  await app.page.getByText('Request', { exact: true }).click();
  await expect(app.page.getByText('Take it from the paste again')).toBeVisible();
});

test('a remedy is tried out, kept, and undone', async ({ app }) => {
  await app.open();
  await app.page.getByRole('button', { name: 'What if' }).click();
  await app.page.getByRole('button', { name: /^TPROXY/ }).click();
  await expect(app.page.getByRole('region', { name: 'After' })).toContainText('10.20.0.78');
  await app.page.getByRole('button', { name: 'Open the changed case' }).click();
  await expect(app.headline).toContainText('sees its client’s own address');
  await app.page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(app.headline).toContainText('Your app sees 127.0.0.6');
});

test('pictures, diagrams and reports are made in the page', async ({ app }) => {
  await app.open();
  await app.page.getByRole('button', { name: 'Export' }).click();
  const starts = { '.svg': '<svg', '.mmd': 'sequenceDiagram', '.md': '## Your app sees 127.0.0.6' };
  for (const [ending, start] of Object.entries(starts)) {
    const [file] = await Promise.all([
      app.page.waitForEvent('download'),
      app.page
        .getByRole('button', { name: `Save ${ending}`, exact: true })
        .first()
        .click(),
    ]);
    expect(readFileSync(await file.path(), 'utf8').startsWith(start), ending).toBe(true);
  }
  const [picture] = await Promise.all([
    app.page.waitForEvent('download'),
    app.page.getByRole('button', { name: 'Save .png' }).click(),
  ]);
  const bytes = readFileSync(await picture.path());
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(bytes.length).toBeGreaterThan(20_000);
});

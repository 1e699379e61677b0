// What a teacher shows: flags that change the rules under one's eyes, the map of netfilter, ways side by side.
import { expect, test } from './page.ts';

test('a flag of istio-init is changed: rules and path follow', async ({ app }) => {
  await app.page.goto('/?l=en#g/init-arguments');
  await app.answered();
  await expect(app.headline).toContainText('127.0.0.6');
  await app.page.getByText('Flags of istio-init').click();
  await app.page.getByRole('combobox', { name: /^-m/ }).selectOption('TPROXY');
  await expect(app.page.locator('details pre')).toContainText('-j TPROXY --on-port 15006');
  await app.page.getByRole('textbox', { name: /^-b/ }).fill('');
  await app.page.keyboard.press('Enter');
  await expect(app.headline).toContainText('sees its client’s own address');
  await expect(app.page.locator('details pre')).not.toContainText('-j TPROXY');
});

test('the map shows the chain of the current hop', async ({ app }) => {
  await app.page.goto('/?l=en&hop=6#g/tproxy-keeps-client');
  await app.answered();
  await app.page.getByRole('tab', { name: 'Map' }).click();
  await expect(app.page.getByRole('button', { name: 'ISTIO_TPROXY', exact: true })).toHaveAttribute(
    'aria-current',
    'step',
  );
});

test('ways to carry the client’s address stand in one table, each with its trace', async ({ app }) => {
  await app.page.goto('/?l=en#g/carry-toa');
  await app.answered();
  await app.page.getByRole('button', { name: 'All ways side by side' }).click();
  const row = (name: string) => app.page.getByRole('row', { name: new RegExp(`^${name}`) });
  await expect(row('TOA')).toContainText('in a TCP option: 106.52.131.116:6093');
  await expect(row('Transparent proxy')).toContainText('returns to the client the way it came');
  await row('DNAT').getByRole('button').click();
  await app.answered();
  await expect(app.headline).toContainText('106.52.131.116');
});

test('two cases are compared, and a request is followed through both', async ({ app }) => {
  await app.page.goto('/?l=en#g/httpbin-redirect');
  await app.answered();
  await app.page.getByRole('button', { name: 'Compare', exact: true }).click();
  const dialog = app.page.getByRole('dialog');
  await dialog
    .getByRole('combobox')
    .selectOption('httpbin east-west, TPROXY: /ip answers the caller’s address');
  await dialog.getByRole('button', { name: /^http 172\.17\.0\.58/ }).click();
  await expect(dialog.getByRole('region', { name: 'Here', exact: true })).toContainText('127.0.0.6');
  await expect(dialog.getByRole('region', { name: 'There', exact: true })).toContainText('172.17.0.58');
});

test('another pod is pasted beside the one that is open', async ({ app }) => {
  await app.page.goto('/?l=en#g/redirect-127-0-0-6');
  await app.answered();
  await app.page.getByRole('button', { name: 'Compare', exact: true }).click();
  const dialog = app.page.getByRole('dialog');
  await dialog.getByRole('combobox').selectOption('another paste …');
  await dialog.getByRole('textbox').fill('*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n');
  await expect(dialog).toContainText(/requests? ends? differently/);
  await expect(dialog).toContainText('a probe, in neither paste');
  await app.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(app.headline).toContainText('127.0.0.6'); // what is open stays
});

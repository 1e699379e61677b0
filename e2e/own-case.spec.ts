import { expect, test } from './page.ts';

const CATCH_ALL = `*nat
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:CAUGHT - [0:0]
-A PREROUTING -p tcp -j CAUGHT
-A CAUGHT -p tcp -j REDIRECT --to-ports 15006
COMMIT
`;

test('a paste over the sample is a case of its own, as from the gallery', async ({ app }) => {
  await app.open();
  await app.paste(CATCH_ALL);
  await expect(app.podTabs).toHaveText(['pod']);
  await expect(app.page.getByRole('banner')).not.toContainText('127.0.0.6');
  const answer = await app.headline.innerText();
  await app.page.getByRole('button', { name: 'Gallery' }).click();
  await app.page.getByRole('button', { name: /own paste/ }).click();
  await app.answered();
  await app.paste(CATCH_ALL);
  await expect(app.headline).toHaveText(answer, { useInnerText: true });
});

test('an answer that rests on defaults is conditional, and names no client of its own', async ({ app }) => {
  await app.open();
  await app.paste(CATCH_ALL);
  const title = app.headline.getByRole('heading');
  await expect(title).toHaveText(
    'With Istio’s defaults, your app would see 127.0.0.6, not the client’s own address.',
  );
  await expect(app.headline).toContainText('198.51.100.7 stands in');
  await app.page.getByRole('button', { name: '中文' }).click();
  await expect(title).toHaveText('按 Istio 默认配置，你的应用看到的会是 127.0.0.6，而不是客户端自己的地址。');
});

test('says that nothing was recognised, and keeps the commands in sight', async ({ app }) => {
  await app.open();
  await app.paste('We deployed it on Friday.\n\nSince then the log is wrong.');
  const title = app.headline.getByRole('heading');
  await expect(title).toContainText('Nothing here was recognised (2 lines)');
  await expect(title).not.toContainText('127.0.0.6');
  await expect(app.page.getByText('kubectl exec POD -n NAMESPACE').first()).toBeVisible();
});

test('the request form reads a bare port, and refuses what is no address', async ({ app }) => {
  await app.open();
  await app.page.getByText('Request', { exact: true }).click();
  const to = app.page.getByRole('textbox', { name: 'To' });
  const follow = app.page.getByRole('button', { name: 'Follow this request' });
  const answer = await app.headline.innerText();
  await to.fill('simple-server');
  await follow.click();
  await expect(to).toHaveAttribute('aria-invalid', 'true');
  await expect(app.page.getByRole('alert')).toContainText('10.20.0.77:8080');
  await expect(app.headline).toHaveText(answer, { useInnerText: true });
  await to.fill('15021');
  await follow.click();
  await app.answered();
  await expect(to).toHaveValue('10.20.0.77:15021');
  await expect(to).toHaveAttribute('aria-invalid', 'false');
});

test('going round the changes of source says so', async ({ app }) => {
  await app.open();
  const said = app.page.getByText('Past the last change: back at the first one.', { exact: true });
  await app.press('Home', 'n');
  await expect(said).toHaveCount(0);
  await app.press('n');
  await expect(said).toBeVisible();
});

test('a dialog closes what hangs open over the page', async ({ app }) => {
  await app.open();
  const remedy = app.page.locator('details[name="remedy"]').first();
  await remedy.locator('summary').click();
  await expect(remedy).toHaveAttribute('open');
  await app.page.getByRole('button', { name: 'Gallery' }).click();
  await expect(remedy).not.toHaveAttribute('open');
});

test('the label of the current stop is never cut', async ({ app }) => {
  await app.open('/#g/bookinfo');
  await app.page.setViewportSize({ width: 1024, height: 768 });
  const label = app.page.locator('li [aria-current="step"] > span').last();
  for (let n = 0; n < 12; n += 1) {
    await app.press('ArrowRight');
    expect(await label.evaluate((span) => span.scrollWidth - span.clientWidth)).toBeLessThanOrEqual(0);
  }
});

import { expect, test } from './page.ts';

const REDIRECT_RULES = `*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:MESH_IN - [0:0]
:MESH_OUT - [0:0]
-A PREROUTING -p tcp -j MESH_IN
-A OUTPUT -p tcp -j MESH_OUT
-A MESH_IN -p tcp -m tcp --dport 9901 -j RETURN
-A MESH_IN -p tcp -j REDIRECT --to-ports 15006
-A MESH_OUT -s 127.0.0.6/32 -o lo -j RETURN
-A MESH_OUT ! -d 127.0.0.1/32 -o lo -m owner --uid-owner 1337 -j MESH_IN
-A MESH_OUT -m owner --uid-owner 1337 -j RETURN
COMMIT
`;

test('opens on the worked example, answered, with its proof in sight', async ({ app }) => {
  await app.open();
  await expect(app.headline).toContainText('Your app sees 127.0.0.6, not 10.20.0.78.');
  await expect(app.headline).toContainText('upstreamBindConfig');
  await expect(app.page.locator('.react-flow__edge')).toHaveCount(6); // network, kernel, proxy, kernel, application, reply, network
  await expect(app.lit.first()).toBeInViewport();
  await expect(app.lit.filter({ hasText: '127.0.0.6' }).first()).toBeVisible();
});

test('gives an answer to another paste, and a loop when the way past is taken out', async ({ app }) => {
  await app.open();
  await app.paste(REDIRECT_RULES);
  await expect(app.headline).toContainText('your app would see 127.0.0.6');
  await expect(app.row('MESH_IN #2')).toBeVisible();
  await app.paste(REDIRECT_RULES.replace('-A MESH_OUT -s 127.0.0.6/32 -o lo -j RETURN\n', ''));
  await expect(app.headline).toContainText('runs in a circle');
  await expect(app.headline).toContainText('the proxy’s connection from 127.0.0.6 over lo');
  await app.page.getByRole('button', { name: 'Proof: line 12' }).click();
  await expect(app.lit).toHaveText([
    '-A MESH_OUT ! -d 127.0.0.1/32 -o lo -m owner --uid-owner 1337 -j MESH_IN',
  ]);
});

test('keeps a text exactly as it was typed', async ({ app }) => {
  await app.open();
  const text = '# 我的规则  “quoted” \t\n-A NOTHING -j ???\n{"a": [1, 2,}';
  await app.paste(text);
  expect(await app.text()).toBe(text);
  await expect(app.headline).toBeVisible();
});

test('is walked with keys alone', async ({ app }) => {
  await app.open();
  await app.press('Home');
  await expect(app.currentRow).toHaveCount(1);
  await expect(app.page.getByText(/^Hop 1 of \d+$/)).toBeVisible();
  await app.press('ArrowRight', 'ArrowRight');
  await expect(app.page.getByText(/^Hop 3 of \d+$/)).toBeVisible();
  await app.press('ArrowLeft');
  await expect(app.page.getByText(/^Hop 2 of \d+$/)).toBeVisible();
  await app.press('n');
  await expect(app.currentRow).toContainText('src → 127.0.0.6');
  await app.press('End');
  await expect(app.page.getByText(/^Hop (\d+) of \1$/)).toBeVisible();
  await app.press('?');
  await expect(app.page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await app.press('Escape', 'Home', 'Space');
  await expect(app.page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(app.page.getByText(/^Hop 3 of \d+$/)).toBeVisible();
  await app.press('Space');
  await expect(app.page.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('a hop lights its line, and a line leads to its hop', async ({ app }) => {
  await app.open();
  await app.row('ISTIO_IN_REDIRECT #1').click();
  await expect(app.lit).toHaveText(['-A ISTIO_IN_REDIRECT -p tcp -j REDIRECT --to-ports 15006']);
  await app.page.locator('.cm-line', { hasText: '-A ISTIO_INBOUND -p tcp -j ISTIO_IN_REDIRECT' }).click();
  await expect(app.currentRow).toContainText('ISTIO_INBOUND #6');
  await expect(app.lit).toHaveText(['-A ISTIO_INBOUND -p tcp -j ISTIO_IN_REDIRECT']);
});

test('lists what was passed over, with the condition that failed', async ({ app }) => {
  await app.open();
  await app.page.getByRole('button', { name: '5 passed over' }).click();
  await expect(app.page.locator('.react-flow')).toContainText(/15008/);
});

test('the gallery opens another sample', async ({ app }) => {
  await app.open();
  await app.page.getByRole('button', { name: 'Gallery' }).click();
  await app.page.getByRole('button', { name: /Bookinfo/ }).click();
  await app.answered();
  await expect(app.podTabs).toHaveText(['productpage', 'reviews', 'ratings']);
  expect(new URL(app.page.url()).hash).toBe('#g/bookinfo');
});

test('an empty pane tells which commands to run', async ({ app }) => {
  await app.open();
  await app.page.getByRole('button', { name: 'Add a pod' }).click();
  await expect(app.page.getByText('iptables-save -c').first()).toBeVisible();
  await expect(app.page.getByRole('button', { name: /^Copy: kubectl logs/ })).toBeVisible();
});

test('follows another request on demand', async ({ app }) => {
  await app.open();
  await app.page.getByText('Request', { exact: true }).click();
  const to = app.page.getByRole('textbox', { name: 'To' });
  await to.fill('10.20.0.77:15021');
  await app.page.getByRole('button', { name: 'Follow this request' }).click();
  await app.answered();
  await expect(app.page.locator('.react-flow')).toContainText('10.20.0.77:15021');
});

test('speaks Chinese, keeps the place, and remembers it', async ({ app }) => {
  await app.open();
  await app.press('Home', 'ArrowRight');
  await app.page.getByRole('button', { name: '中文' }).click();
  await expect(app.headline).toContainText('你的应用看到的是 127.0.0.6，而不是 10.20.0.78。');
  await expect(app.page.getByText(/^第 2 跳，共 \d+ 跳$/)).toBeVisible();
  await expect(app.page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await app.page.reload();
  await expect(app.headline).toContainText('你的应用看到的是');
  await app.open('/?l=en');
  await expect(app.headline).toContainText('Your app sees');
});

test('a worker that dies leaves the page standing, and says so', async ({ page }) => {
  await page.route(/worker/, (route) => route.abort());
  await page.goto('/#g/bookinfo'); // the answer to the bare page is written into it
  await expect(page.getByRole('alert')).toContainText('The engine stopped');
  await expect(page.locator('.cm-content')).not.toBeEmpty();
});

// What is seen before the page's own script has come: its file is held back here.
import { expect, test } from './page.ts';

test.beforeEach(async ({ page }) => {
  await page.route(/assets\/index-[\w-]+\.js/, (route) => route.abort());
});

test('the first answer is read before the page lives', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Your app sees 127.0.0.6, not 10.20.0.78.' })).toBeVisible();
  await expect(page.getByText('你的应用看到的是')).toBeHidden();
});

test('a link’s reader is not shown another case first', async ({ page }) => {
  await page.goto('/#g/bookinfo');
  await page.waitForTimeout(1000);
  await expect(page.locator('.first').filter({ visible: true })).toHaveCount(0);
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });
  test('it is read in Chinese', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByText('你的应用看到的是')).toBeVisible();
  });
});

// A first visit with a phone: it fetches what its first screen shows, and the rest when somebody does something.
import type { Page } from '@playwright/test';
import { expect, SIZES, test } from './page.ts';

test.use({ viewport: SIZES.phone, hasTouch: true });

function wordsFetched(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      performance.getEntriesByType('resource').filter(({ name }) => /\/(?:en|zh)-[\w-]+\.js$/.test(name))
        .length,
  );
}

/** All that is on the page, names for those who hear it included. */
function said(page: Page): Promise<string> {
  return page.evaluate(() => {
    const names = Array.from(document.querySelectorAll('[aria-label]'), (each) => each.ariaLabel);
    return [document.body.textContent, ...names].join('\n');
  });
}

for (const locale of ['en-US', 'zh-CN'])
  test.describe(locale, () => {
    test.use({ locale });
    test('no sentence of the first screen is missing before the others come', async ({ page }) => {
      await page.goto('/');
      await expect(page.getByTestId('journey')).toBeVisible();
      await expect(page.locator('#twin')).toBeAttached();
      const [few, before] = [await wordsFetched(page), await said(page)];
      await page.locator('body').press('Shift');
      await expect.poll(() => wordsFetched(page)).toBe(few + 1);
      await page.waitForTimeout(500); // what was fetched takes its place
      expect(await said(page)).toBe(before);
      await page.locator('body').press('?');
      await expect(page.locator('dialog[open]')).toBeVisible();
    });
  });

// Every view, in both languages and themes, at three sizes: no accessibility violation, nothing wider than the screen.
// Colours do not depend on the size: where the screen is smaller, each theme is seen in one language.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, SIZES, test } from './page.ts';

interface View {
  readonly name: string;
  readonly show: (page: Page) => Promise<unknown>;
}

const press = (key: string) => (page: Page) => page.keyboard.press(key);
const open = (name: string) => (page: Page) => page.goto(`${page.url()}&${name}`);

const VIEWS: readonly View[] = [
  { name: 'screen', show: async () => {} },
  { name: 'gallery', show: press('g') },
  { name: 'keys', show: press('?') },
  { name: 'search', show: press('/') },
  { name: 'present', show: press('p') },
  { name: 'export', show: open('export') },
  { name: 'what if', show: open('whatIf') },
  { name: 'compare', show: open('compare') },
  { name: 'log', show: open('log') },
  { name: 'ways to carry', show: open('carry') },
];

async function wider(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

for (const [size, viewport] of Object.entries(SIZES))
  for (const theme of ['light', 'dark'] as const)
    for (const language of size === 'desk' ? ['en', 'zh'] : [theme === 'light' ? 'en' : 'zh'])
      test(`every view: ${size}, ${theme}, ${language}`, async ({ app }) => {
        test.slow();
        await app.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        await app.page.setViewportSize(viewport);
        await app.page.goto(`/?l=${language}`);
        await app.answered();
        for (const { name, show } of VIEWS) {
          await show(app.page);
          if (name !== 'screen') await expect(app.page.locator('dialog[open]')).toBeVisible();
          await expect(app.page.locator('[aria-current="step"]').first()).toBeAttached();
          expect(await wider(app.page), name).toBeLessThanOrEqual(0);
          const { violations } = await new AxeBuilder({ page: app.page }).analyze();
          const told = violations.map(
            ({ id, nodes }) => `${name} ${id}: ${nodes.map(({ html }) => html).join(' ')}`,
          );
          expect(told).toEqual([]);
          if (name !== 'screen') await app.press('Escape');
        }
      });

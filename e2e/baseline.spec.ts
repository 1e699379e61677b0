// What the page looked like last time, in both languages and themes, at three sizes. Pictures are compared only where the
// fonts are those they were taken with; taken anew: npx playwright test -c e2e baseline --update-snapshots=all
import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, SIZES, test, type App } from './page.ts';

const FONTS = new URL('./fonts.json', import.meta.url);

/** How wide this machine sets a line of each kind: other fonts make other pictures. */
async function fontsOf(page: Page): Promise<readonly number[]> {
  return page.evaluate(() => {
    const pen = document.createElement('canvas').getContext('2d');
    return ['16px system-ui', '16px monospace'].map((font) => {
      if (pen) pen.font = font;
      return Math.round((pen?.measureText('Which hop changed the source? 是谁改了源地址').width ?? 0) * 10);
    });
  });
}

async function look(app: App, name: string): Promise<void> {
  const fonts = `[${(await fontsOf(app.page)).join(', ')}]`;
  if (test.info().config.updateSnapshots === 'all') writeFileSync(FONTS, `${fonts}\n`);
  if (readFileSync(FONTS, 'utf8').trim() !== fonts) return;
  await expect(app.page).toHaveScreenshot(`${name}.png`, {
    animations: 'disabled',
    caret: 'hide',
    maxDiffPixelRatio: 0.02,
    scale: 'css',
  });
}

for (const [size, viewport] of Object.entries(SIZES))
  for (const theme of ['light', 'dark'] as const)
    for (const language of ['en', 'zh'])
      test(`looks as it did: ${size}, ${theme}, ${language}`, async ({ app }) => {
        await app.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        await app.page.setViewportSize(viewport);
        await app.page.goto(`/?l=${language}`);
        await app.answered();
        if (size === 'desk') await expect(app.editor).toBeAttached();
        await expect(app.currentRow).toBeInViewport();
        await look(app, `screen-${size}-${theme}-${language}`);
        await app.press('p');
        const room = app.page.locator('dialog[open]');
        await expect(room.locator('[aria-current="step"]').first()).toBeInViewport();
        await look(app, `present-${size}-${theme}-${language}`);
      });

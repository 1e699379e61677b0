import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './page.ts';

for (const theme of ['light', 'dark'] as const)
  for (const language of ['en', 'zh'])
    test(`no accessibility violation: ${theme}, ${language}`, async ({ app }) => {
      await app.page.emulateMedia({ colorScheme: theme });
      await app.open(`/?l=${language}`);
      const { violations } = await new AxeBuilder({ page: app.page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual(
        [],
      );
    });

test('can be used at 390 pixels', async ({ app }) => {
  await app.page.setViewportSize({ width: 390, height: 844 });
  await app.page.goto('/');
  await app.answered();
  const wider = await app.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
  await expect(app.currentRow).toBeInViewport();
  await app.page.getByRole('button', { name: 'Paste', exact: true }).click();
  await expect(app.editor).toBeInViewport();
  await app.page.getByRole('button', { name: 'Details', exact: true }).click();
  await expect(app.page.getByRole('heading', { name: 'Proof' })).toBeInViewport();
  await app.page.getByRole('button', { name: 'Next hop' }).click();
  const { violations } = await new AxeBuilder({ page: app.page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('no text of a box runs over its edge, and no two boxes overlap', async ({ app }) => {
  await app.open('/#g/bookinfo');
  const faults = await app.page.evaluate(() => {
    const boxes = [...document.querySelectorAll('.react-flow__node-place')];
    const rects = boxes.map((box) => box.getBoundingClientRect());
    const overlaps = rects.flatMap((a, i) =>
      rects
        .slice(i + 1)
        .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom),
    );
    const spilled = boxes.flatMap((box) => {
      const edge = box.getBoundingClientRect();
      return [...box.querySelectorAll('button, dd, p')].filter(
        (part) => part.getBoundingClientRect().right > edge.right + 1,
      );
    });
    return { overlaps: overlaps.length, spilled: spilled.map((part) => part.textContent) };
  });
  expect(faults).toEqual({ overlaps: 0, spilled: [] });
});

test('a step does not move for those who asked for no motion', async ({ app }) => {
  await app.page.emulateMedia({ reducedMotion: 'reduce' });
  await app.open();
  await app.press('Home', 'ArrowRight');
  expect(await app.page.evaluate(() => document.getAnimations().length)).toBe(0);
});

// Taken anew on every run, kept only on request, so that a test leaves the tree as it was: README_PICTURE=1 npm run test:e2e
test('the picture for the README', async ({ app }, testInfo) => {
  await app.open();
  await expect(app.lit.first()).toBeInViewport();
  await app.page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState !== 'running'),
  );
  const path = process.env['README_PICTURE']
    ? 'e2e/screenshots/readme.png'
    : testInfo.outputPath('readme.png');
  await app.page.screenshot({ path });
});

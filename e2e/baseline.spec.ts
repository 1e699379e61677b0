// What every view looked like last time. The screen itself is kept in both languages and themes at three sizes, every
// other view at each size, with both languages and themes among the three. Pictures are compared only where the fonts are those
// they were taken with; taken anew: npx vite build && npx playwright test -c e2e baseline --update-snapshots=all
import { readFileSync, writeFileSync } from 'node:fs';
import type { Locator, Page, PageAssertionsToHaveScreenshotOptions } from '@playwright/test';
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

async function look(app: App, name: string, part?: Locator): Promise<void> {
  const fonts = `[${(await fontsOf(app.page)).join(', ')}]`;
  if (test.info().config.updateSnapshots === 'all') writeFileSync(FONTS, `${fonts}\n`);
  if (readFileSync(FONTS, 'utf8').trim() !== fonts) return;
  const how: PageAssertionsToHaveScreenshotOptions = {
    animations: 'disabled',
    caret: 'hide',
    maxDiffPixelRatio: 0.02,
    scale: 'css',
    mask: [app.page.locator('svg[shape-rendering="crispEdges"]')], // a QR code holds the port of the run
  };
  if (part) await expect(part).toHaveScreenshot(`${name}.png`, how);
  else await expect(app.page).toHaveScreenshot(`${name}.png`, how);
}

interface View {
  readonly name: string;
  /** What follows `/?l=…` in its address. */
  readonly at?: string;
  readonly show?: (app: App) => Promise<unknown>;
  /** The part that is kept; absent: the whole page. */
  readonly part?: (page: Page) => Locator;
}

/** A paste of one's own; where the paste is behind a button, it is put away again. */
function pasted(name: string, text: string): View {
  return {
    name,
    at: SAMPLE,
    show: async (app) => {
      const toPaste = app.page.getByRole('button', { name: /^(?:Paste|粘贴)$/ });
      const isHidden = await toPaste.isVisible();
      if (isHidden) await toPaste.click();
      await app.paste(text);
      if (isHidden)
        await app.page
          .getByRole('button', { name: /^(?:Picture|路径图|Details|详情)$/ })
          .first()
          .click();
    },
  };
}

const OPEN_RULE = '*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m set --match-set trusted src -j DROP\nCOMMIT\n';

const SAMPLE = '#g/redirect-127-0-0-6';

const dialog = (page: Page) => page.locator('dialog[open]');

function over(name: string): View {
  return { name, at: `&${name}${SAMPLE}`, part: dialog };
}

/** The tab of the details at this position. */
function detail(name: string, position: number): View {
  return {
    name,
    at: '#g/loop-missing-rule',
    show: async ({ page }) => {
      const pane = page.locator('[data-tour="details"]');
      if (!(await pane.isVisible())) await page.getByRole('button', { name: /^(?:Details|详情)$/ }).click();
      await pane.getByRole('tab').nth(position).click();
    },
    part: (page) => page.locator('[data-tour="details"]'),
  };
}

function presented(name: string, key: string): View {
  return {
    name,
    at: '&present#g/bookinfo',
    show: async (app) => {
      await expect(dialog(app.page)).toBeVisible();
      await app.press(key);
    },
  };
}

const VIEWS: readonly View[] = [
  { name: 'bookinfo', at: '#g/bookinfo' },
  { name: 'tls-origination', at: '#g/tls-origination' },
  { name: 'loop', at: '#g/loop-missing-rule' },
  { name: 'ambient', at: '#g/ambient-waypoint' },
  pasted('undecided', OPEN_RULE),
  pasted('empty', ''),
  pasted('rubbish', 'milk\neggs\n'),
  detail('hops', 1),
  detail('map', 2),
  detail('findings', 3),
  over('gallery'),
  over('whatIf'),
  over('compare'),
  over('log'),
  over('share'),
  over('export'),
  over('keys'),
  over('search'),
  over('privacy'),
  {
    name: 'tour',
    at: `&tour${SAMPLE}`,
    show: ({ page }) => expect(page.locator('aside[data-low]')).toBeVisible(),
  },
  presented('present', 'n'),
  presented('notes', 'm'),
  presented('spotlight', 's'),
  presented('qr', 'r'),
  { name: 'quiz', at: '&quiz#g/bookinfo', show: ({ page }) => expect(dialog(page)).toBeVisible() },
  {
    name: 'print',
    at: SAMPLE,
    show: async ({ page }) => {
      await page.emulateMedia({ media: 'print' });
      await expect(page.locator('img[src^="data:image/svg"]')).toBeVisible();
    },
  },
  { name: 'embed', at: '&embed#g/bookinfo' },
];

const LOOKS = [
  { size: 'desk', theme: 'light', language: 'en' },
  { size: 'projector', theme: 'dark', language: 'zh' },
  { size: 'phone', theme: 'light', language: 'zh' },
] as const;

/** Nothing is being worked out any more, neither for the page nor for a dialog. */
async function settled({ page }: App): Promise<void> {
  await expect(page.locator('progress, output:not(:empty)')).toHaveCount(0);
}

/** Where the journey is drawn: lines and boxes, or a list on a phone. */
const PICTURE = '.react-flow__node, [data-testid="journey"] button';

async function open(app: App, address: string): Promise<void> {
  await app.page.goto('about:blank');
  await app.page.goto(address);
  await app.answered();
  await expect(app.page.locator(PICTURE).first()).toBeAttached();
  await settled(app);
}

for (const { size, theme, language } of LOOKS)
  test(`every view looks as it did: ${size}, ${theme}, ${language}`, async ({ app }) => {
    test.setTimeout(240_000);
    const { page } = app;
    await page.setViewportSize(SIZES[size]);
    for (const { name, at = '', show, part } of VIEWS) {
      await test.step(name, async () => {
        await page.emulateMedia({ media: 'screen', colorScheme: theme, reducedMotion: 'reduce' });
        await open(app, `/?l=${language}${at}`);
        await show?.(app);
        await settled(app);
        await look(app, `${name}-${size}-${theme}-${language}`, part?.(page));
      });
    }
  });

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
      });

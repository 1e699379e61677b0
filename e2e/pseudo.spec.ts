// English made strange: what shows without its brackets was never given to a translator; what is cut would be cut in
// another language too.
import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './page.ts';

const SAMPLE = 'src/samples/redirect-127-0-0-6';
const WORD = /[A-Za-z][A-Za-z-]{2,}/g;

/** Names that are the same in every language. */
const NAMES =
  /^(?:Sidetrace|Envoy|React Flow|English|中文|XFF|PROXY|X-Forwarded-For:?|SVG|PNG|Ctrl|Shift|Space|Home|End|Esc|Linux|http|tcp|tls|udp)$/;

/** Every word of the case that is open: its texts, its title, the verdicts of its rules. */
const CASE = new Set(
  readdirSync(SAMPLE).flatMap((file) =>
    (readFileSync(`${SAMPLE}/${file}`, 'utf8').match(WORD) ?? []).map((word) => word.toLowerCase()),
  ),
);

/** Words on the screen that are neither between brackets, nor data of the case, nor names. */
async function rawWords(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const data =
      'code, kbd, pre, .cm-editor, textarea, [data-source], svg, option, .react-flow__attribution, .visually-hidden';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || parent.closest(data) || !parent.checkVisibility()) continue;
      const around =
        parent.closest('h1, h2, h3, p, li, button, summary, label, td, th, dd, dt, span') ?? parent;
      if (!around.textContent.includes('⟦')) found.push(node.textContent ?? '');
    }
    return found;
  });
  return texts.flatMap((text) => text.match(WORD) ?? []);
}

/** Controls and headings whose text is cut, those left out that say so with an ellipsis. */
async function cut(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll('button, summary, h2, h3, label, th'))
      .filter(
        (part) =>
          part.checkVisibility() && part.closest('.react-flow, .cm-editor, .visually-hidden') === null,
      )
      .filter(
        (part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== 'inline',
      )
      .filter(
        (part) =>
          getComputedStyle(part).textOverflow !== 'ellipsis' &&
          !part.querySelector('[class*=visually-hidden]'),
      )
      .map((part) => part.textContent),
  );
}

for (const [name, width] of [
  ['desk', 1440],
  ['phone', 390],
] as const)
  test(`no raw string and nothing cut: ${name}`, async ({ app }) => {
    await app.page.setViewportSize({ width, height: 900 });
    await app.page.goto('/?pseudo');
    await app.answered();
    expect(await app.page.evaluate(() => document.body.innerText)).toContain('⟦');
    for (const key of [null, 'g', '?', 'p']) {
      if (key !== null) await app.press(key);
      await expect(app.page.locator(key === null ? 'main' : 'dialog[open]')).toBeVisible();
      const raw = (await rawWords(app.page)).filter(
        (word) => !NAMES.test(word) && !CASE.has(word.toLowerCase()),
      );
      if (key !== 'g') expect([key, ...new Set(raw)]).toEqual([key]);
      expect([key, ...(await cut(app.page))]).toEqual([key]);
      expect(
        await app.page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      if (key !== null) await app.press('Escape');
    }
  });

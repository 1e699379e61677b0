// @ts-check
// Paste -> answer on the screen: the worked example from the clipboard into the empty editor.
import { workedExample } from '../generate/worked-example.mjs';
import { freshPage, longestTask, openApp } from './pages.mjs';

/** @param {import('./pages.mjs').Pages} pages */
export async function pasteToAnswer({ browser, app }) {
  const [pod] = JSON.parse(workedExample()).pods.filter(
    (/** @type {{ role: string }} */ each) => each.role === 'server',
  );
  const page = await freshPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
  await openApp(page, app);
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.waitForTimeout(1000);
  await page.evaluate((text) => navigator.clipboard.writeText(text), pod.paste);
  const answered = page.evaluate(answerAfter, 'paste');
  await page.keyboard.press('Control+v');
  const { from, to } = await answered;
  await page.waitForTimeout(1000);
  const longest = await longestTask(page, from);
  await page.context().close();
  return { 'answer on screen, ms': to - from, 'longest task, ms': longest };
}

/**
 * In the page: when the next event of that kind came, when waiting for its answer was first seen, and when the answer
 * was. What is seen has been painted.
 * @param {string} kind `paste` or `drop`
 * @returns {Promise<{ from: number, seen: number, to: number }>}
 */
export function answerAfter(kind) {
  return new Promise((resolve) => {
    /** @param {(time: number) => void} tell */
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- only this function is sent to the page
    const painted = (tell) => requestAnimationFrame(() => setTimeout(() => tell(performance.now())));
    let from = 0;
    let seen = 0;
    let asked = false;
    const headline = document.querySelector('[data-testid="headline"]');
    const observer = new MutationObserver(() => {
      if (seen === 0 && document.querySelector('progress')) painted((time) => (seen = time));
      const stale = headline?.getAttribute('data-stale') === 'true';
      asked ||= stale;
      if (!asked || stale) return;
      observer.disconnect();
      painted((to) => resolve({ from, seen: seen || to, to }));
    });
    addEventListener(kind, () => (from = performance.now()), { capture: true, once: true });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  });
}

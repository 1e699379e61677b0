import { expect, test } from './page.ts';

/** A page around the view, which notes what it is told. */
function pageAround(address: string): string {
  return `<!doctype html><title>around</title><iframe id="view" src="${address}" style="width:1200px;height:700px"></iframe>
    <script>window.told = []; addEventListener('message', ({ data }) => { if (data.sidetrace === 1) told.push(data); });</script>`;
}

test('an embedded view answers the page around it, and holds nothing to type into', async ({
  page,
  baseURL,
}) => {
  await page.route('**/around', (route) =>
    route.fulfill({ contentType: 'text/html', body: pageAround('/?embed&l=en#g/bookinfo') }),
  );
  await page.goto(`${baseURL}/around`);
  const view = page.frameLocator('#view');
  await expect(view.getByTestId('headline')).toContainText('127.0.0.6');
  await expect(view.locator('textarea, [contenteditable="true"]')).toHaveCount(0);
  const told = () => page.evaluate<{ type: string; n?: number; hops?: number; code?: string }[]>('told');
  await expect.poll(async () => (await told()).map(({ type }) => type)).toContain('answer');
  const say = (message: object) =>
    page.evaluate(
      (text) => document.querySelector('iframe')?.contentWindow?.postMessage(JSON.parse(text), '*'),
      JSON.stringify({ sidetrace: 1, ...message }),
    );
  await say({ type: 'hop', n: 3 });
  await expect.poll(async () => (await told()).filter(({ type }) => type === 'hop').at(-1)?.n).toBe(3);
  await say({ type: 'hop', n: 1_000_000 });
  await say({ type: 'open', scenario: { version: 1, pods: [{ name: {}, paste: 1 }] } });
  await expect
    .poll(async () => (await told()).find(({ type }) => type === 'refused')?.code)
    .toBe('permalink.scenario');
  expect((await told()).filter(({ type }) => type === 'hop').at(-1)?.n).toBe(3);
  await say({ type: 'open', scenario: { version: 1, pods: [{ name: 'web', paste: '-P INPUT ACCEPT' }] } });
  await expect
    .poll(async () => (await told()).filter(({ type }) => type === 'answer').length)
    .toBeGreaterThan(1);
  await say({ type: 'open-link', link: '#g/none-such' });
  await expect
    .poll(async () => (await told()).findLast(({ type }) => type === 'refused')?.code)
    .toBe('permalink.unknown-sample');
});

import { expect, test } from './page.ts';

test('a hop and its line light each other under the pointer', async ({ app }) => {
  await app.open();
  await app.row('ISTIO_INBOUND #6').hover();
  await expect(app.page.locator('.cm-hovered')).not.toBeInViewport(); // the text does not jump under the pointer
  await app.row('ISTIO_INBOUND #6').click();
  await app.page.locator('.cm-line', { hasText: '-A ISTIO_IN_REDIRECT -p tcp' }).hover();
  await expect(app.row('ISTIO_IN_REDIRECT #1')).toHaveAttribute('data-hovered', 'true');
  await expect(app.page.locator('.cm-hovered')).toHaveCount(1);
});

test('each part of a rule is told in words, in the text and beside the proof', async ({ app }) => {
  await app.open();
  await app.row('ISTIO_INBOUND #6').click();
  await expect(app.lit).toHaveCount(1);
  await app.lit.hover({ position: { x: 30, y: 8 } });
  await expect(app.page.locator('.cm-meaning')).toContainText('Appended to the end of chain ISTIO_INBOUND');
  await app.page.getByText('In words').first().click();
  await expect(app.page.getByText('Then go through chain ISTIO_IN_REDIRECT')).toBeVisible();
});

test('the place in the JSON is named by its path', async ({ app }) => {
  await app.open();
  await expect(
    app.page.getByText('inbound|18080|| › upstreamBindConfig › sourceAddress › address'),
  ).toBeVisible();
});

test('playing rests at a breakpoint and where the source changes', async ({ app }) => {
  await app.open();
  await app.page.getByRole('tab', { name: 'All hops' }).click();
  await app.page.getByRole('button', { name: 'Rest at hop 3 when playing' }).click();
  await app.page.getByRole('checkbox', { name: 'Rest at changes of source' }).check();
  await app.page.getByRole('combobox', { name: 'Speed' }).selectOption('2');
  await app.page.getByRole('button', { name: 'First hop' }).click();
  for (const place of ['Hop 3 of', 'Hop 13 of']) {
    await app.page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect(app.page.getByRole('button', { name: 'Play', exact: true })).toBeVisible({
      timeout: 20_000,
    });
    await expect(app.page.getByText(place).first()).toBeVisible();
  }
});

test('hops are found by a word, and by the number of their step', async ({ app }) => {
  await app.open();
  await app.press('/');
  await app.page.getByRole('searchbox', { name: 'Search' }).fill('redirect 15006');
  await app.press('Enter');
  await expect(app.currentRow).toContainText('ISTIO_IN_REDIRECT #1');
  await app.press('8');
  await expect(app.currentRow).toContainText('sees 127.0.0.6');
});

test('the graph is walked place by place with Tab, arrows and Enter', async ({ app }) => {
  await app.open();
  const place = (name: string) => app.page.locator('.react-flow').getByRole('group', { name }).first();
  await place('Network').focus();
  await app.press('ArrowRight');
  await expect(place('Kernel · eth0')).toBeFocused();
  await app.press('ArrowRight');
  await expect(place('Envoy')).toBeFocused();
  await app.press('ArrowLeft', 'Enter');
  await expect(app.currentRow).toContainText('PREROUTING #1');
  await expect(app.currentRow).toBeFocused();
  await app.press('ArrowRight');
  await expect(app.currentRow).toContainText('ISTIO_INBOUND #6');
  await expect(app.currentRow).toBeFocused();
});

test('a pod folds into a box, and opens when the reader steps into it', async ({ app }) => {
  await app.open('/#g/bookinfo');
  await expect(app.page.getByRole('group', { name: /productpage/ }).first()).toBeAttached();
  await app.press('Home');
  await expect(app.page.getByRole('button', { name: 'Fold productpage into one box' }).first()).toBeVisible();
  await app.page.getByRole('button', { name: 'Fold productpage into one box' }).first().click();
  await expect(app.page.getByRole('button', { name: /^Open productpage/ }).first()).toBeVisible();
});

test('the room sees one hop a key, a blank screen, a code, and is asked', async ({ app }) => {
  await app.page.setViewportSize({ width: 1024, height: 768 });
  await app.page.goto('/?present#g/redirect-127-0-0-6');
  const room = app.page.getByRole('dialog', { name: 'Presenter' });
  await expect(room).toContainText('Hop 13 of');
  await app.press('ArrowRight');
  await expect(room).toContainText('Hop 14 of');
  await app.press('5');
  await expect(room).toContainText('Hop 13 of');
  await app.press('b');
  await expect(room.getByRole('button', { name: 'Show the screen again' })).toBeVisible();
  await app.press('b', 'r');
  await expect(room.getByLabel('QR code of this step')).toContainText('hop=13#g/redirect-127-0-0-6');
  await app.press('r', 'Home', 'q');
  await expect(room).toContainText('Which rule of ISTIO_INBOUND matches?');
  await expect(room.locator('.react-flow')).not.toContainText('ISTIO_INBOUND');
  await room.getByRole('button', { name: '-A ISTIO_INBOUND -p tcp -j ISTIO_IN_REDIRECT' }).click();
  await expect(room).toContainText('Right.');
  await expect(room).toContainText('1 of 1 right');
  await app.press('?');
  await expect(app.page.getByRole('dialog', { name: 'Keys while presenting' })).toContainText('Spotlight');
  await app.press('Escape', 'Escape'); // the keys, then the quiz
  await expect(app.page.getByRole('dialog', { name: 'Keys while presenting' })).toHaveCount(0);
  await expect(room.getByRole('region', { name: 'Quiz' })).toHaveCount(0);
  await expect(room).toBeVisible();
  await app.press('Escape');
  await expect(room).toHaveCount(0);
  expect(new URL(app.page.url()).search).toBe('');
});

test('the tour is offered, left, resumed and ended', async ({ app }) => {
  await app.open();
  await app.page.getByRole('button', { name: 'New here?' }).click();
  const tour = app.page.getByRole('complementary', { name: 'Tour' });
  await expect(tour).toContainText('1 of 6');
  await tour.getByRole('button', { name: 'Next' }).click();
  await tour.getByRole('button', { name: 'Later' }).click();
  await app.page.reload();
  await app.answered();
  await app.page.getByRole('button', { name: 'New here?' }).click();
  await expect(tour).toContainText('2 of 6');
  for (let n = 0; n < 4; n += 1) await tour.getByRole('button', { name: 'Next' }).click();
  await tour.getByRole('button', { name: 'Done' }).click();
  await app.page.reload();
  await app.answered();
  await expect(app.page.getByRole('button', { name: 'New here?' })).toHaveCount(0);
});

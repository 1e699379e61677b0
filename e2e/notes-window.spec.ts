// A speaker's notes in a window of their own: it follows the room, leads it, and is heard by nobody else.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './page.ts';

test('the notes follow the room, and lead it', async ({ app }) => {
  await app.page.goto('/?l=en&present#g/bookinfo');
  const room = app.page.getByRole('dialog', { name: 'Presenter' });
  await expect(room).toContainText('Hop 32 of');
  const opening = app.page.waitForEvent('popup');
  await room.getByRole('button', { name: 'Notes in a window of their own' }).click();
  const notes = await opening;
  await expect(notes.getByRole('main')).toContainText('Hop 32 of');
  await expect(notes.getByRole('main')).toContainText('Next: Rule 1 of OUTPUT');
  expect((await new AxeBuilder({ page: notes }).analyze()).violations).toEqual([]);

  await app.press('ArrowRight');
  await expect(notes.getByRole('main')).toContainText('Hop 33 of');
  await notes.keyboard.press('Home');
  await expect(room).toContainText('Hop 1 of');
  await notes.getByRole('button', { name: 'Blank' }).click();
  await expect(room.getByRole('button', { name: 'Show the screen again' })).toBeVisible();
  await notes.keyboard.press('b');
  await expect(room.getByRole('button', { name: 'Show the screen again' })).toHaveCount(0);

  await notes.getByRole('textbox').fill('ask who wrote this rule');
  await notes.reload();
  await expect(notes.getByRole('textbox')).toHaveValue('ask who wrote this rule');
  await app.press('Escape');
  await expect(notes.getByRole('status')).toContainText('closed');
  await app.press('p', 'End');
  await expect(notes.getByRole('status')).toHaveCount(0);
  await expect(notes.getByRole('main')).toContainText('This is the last hop');
});

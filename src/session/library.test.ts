import { expect, it } from 'vitest';
import { scenarioOfPaste } from '../engine/scenario.ts';
import { fileOf, scenarioOfFile } from './library.ts';

it('reads its own files back', () => {
  const mine = { ...scenarioOfPaste('-P INPUT ACCEPT\n'), title: 'mine' };
  expect(scenarioOfFile('mine.json', fileOf(mine))).toEqual(mine);
});

it('takes any other text as the paste of one pod, JSON that is no scenario included', () => {
  for (const text of ['*nat\nCOMMIT\n', '{"configs": []}', '{"version": 2, "pods": []}', '']) {
    const { title, pods } = scenarioOfFile('rules of web.txt', text);
    expect([title, pods.map(({ paste }) => paste)]).toEqual(['rules of web', [text]]);
  }
});

import { expect, it } from 'vitest';
import { scenarioOfPaste } from '../engine/scenario.ts';
import { embedded, fileOf, scenarioOfFile } from './library.ts';

it('reads its own files back', () => {
  const mine = { ...scenarioOfPaste('-P INPUT ACCEPT\n'), title: 'mine' };
  expect(scenarioOfFile('mine.json', fileOf(mine))).toEqual(mine);
});

it('reads a case back out of the page it was saved in, whatever it holds', () => {
  const mine = {
    ...scenarioOfPaste('</script><script>alert(1)</script><!-- \u0000 \ud800 ]]>'),
    title: '</html>',
  };
  const page = `<!doctype html><p>${'x'.repeat(99)}</p>${embedded(mine)}</html>`;
  expect(scenarioOfFile('mine.html', page)).toEqual(mine);
  expect(embedded(mine).match(/<\/?script/g)).toHaveLength(2);
});

it('takes any other text as the paste of one pod, JSON that is no scenario included', () => {
  for (const text of ['*nat\nCOMMIT\n', '{"configs": []}', '{"version": 2, "pods": []}', '']) {
    const { title, pods } = scenarioOfFile('rules of web.txt', text);
    expect([title, pods.map(({ paste }) => paste)]).toEqual(['rules of web', [text]]);
  }
});

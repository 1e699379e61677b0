import { expect, test } from 'vitest';
import { gatherText } from './text-end.ts';

function gathered(text: string, longest: number) {
  const gathering = gatherText(longest);
  for (const piece of text.match(/[^]{1,50}/g) ?? []) gathering.add(piece);
  return gathering.end();
}

const LINES = Array.from({ length: 300 }, (_, n) => `{"line":${n}}`);
const LOG = LINES.join('\n');

test('a text that a string can hold is kept as it is', () => {
  expect(gathered(LOG, LOG.length)).toEqual({ text: LOG, leftOut: 0, tooLong: false });
});

test.each([
  ['JSON', LINES],
  ['text', LINES.map((line) => `[2026-01-01T00:00:00.000Z] ${line}`)],
])('of a longer log in %s the last whole lines are kept, and the others counted', (_, lines) => {
  const { text, leftOut, tooLong } = gathered(lines.join('\n'), 1000);
  expect(tooLong).toBe(false);
  expect(text).toBe(lines.slice(leftOut).join('\n'));
  expect(text.length).toBeGreaterThan(900);
});

test.each([
  ['pretty', JSON.stringify({ configs: LINES }, null, 1)],
  ['in one line', JSON.stringify({ configs: LINES })],
  ['a list', `[\n${LINES.join(',\n')}]`],
])('of a JSON document, %s, nothing is', (_, text) => {
  expect(gathered(text, 1000)).toEqual({ text: '', leftOut: 0, tooLong: true });
});

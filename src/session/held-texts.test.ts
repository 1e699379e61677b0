import { expect, test } from 'vitest';
import { scenarioOfPaste } from '../engine/scenario.ts';
import { createHolding, isHeld } from './held.ts';
import { createHeldTexts, findLine, lineStarts, linesOfText } from './held-texts.ts';

const LINES = Array.from({ length: 50_000 }, (_, n) => `line ${n} ${'é'.repeat(n % 7)}`);
const TEXT = LINES.join('\n');

function holdingOf(text: string, longest?: number) {
  const parts = text.match(/[^]{1,20000}/g) ?? []; // a file, too, comes in pieces
  const token = createHolding().hold(new Blob(parts));
  const texts = createHeldTexts(longest);
  texts.hold(token, new Blob(parts));
  return { token, texts };
}

test('a token stands for a text, and the engine gets the text', async () => {
  const { token, texts } = holdingOf(TEXT);
  expect(isHeld(token)).toBe(true);
  const parts: number[] = [];
  const scenario = { ...scenarioOfPaste(token), title: 'mine' };
  const whole = await texts.whole(scenario, (part) => parts.push(part));
  expect(whole).toEqual({ ...scenario, pods: [{ ...scenario.pods[0], paste: TEXT }] });
  expect([parts[0], parts.at(-1)]).toEqual([0, 1]);
});

test('lines are told as an editor counts them, and found', async () => {
  const { token, texts } = holdingOf(TEXT);
  const text = await texts.read(token);
  expect(lineStarts(text)).toHaveLength(LINES.length);
  expect(linesOfText(text, 49_998, 60_000)).toEqual(LINES.slice(49_998));
  expect(linesOfText(text, 7, 9)).toEqual(LINES.slice(7, 9));
  expect(findLine(text, 'line 777 ', 0)).toBe(777);
  expect(findLine(text, 'line 777 ', 778)).toBe(777);
  expect(findLine(text, 'no such', 0)).toBeNull();
});

test('of a text longer than a string can be, the last whole lines are read, and the others counted', async () => {
  const { token, texts } = holdingOf(TEXT, 300_000);
  const held = await texts.read(token);
  const { text, leftOut } = held;
  expect(text.length).toBeLessThanOrEqual(300_000);
  expect(TEXT.endsWith(`\n${text}`)).toBe(true);
  expect(leftOut + lineStarts(held).length).toBe(LINES.length);
  expect(leftOut).toBeGreaterThan(0);
});

import { expect, it, test } from 'vitest';
import { simulate } from '../engine/trace/simulate.ts';
import { isSameAnswer } from '../masking/same-answer.ts';
import { samples } from './samples.ts';
import { sharedCopy } from '../permalink/shared-copy.ts';
import { shrink } from '../permalink/shrink.ts';

const cases = samples.slice(0, 3).map(({ id, scenario }) => [id, scenario] as const);

it.each(cases)('%s gets shorter and keeps its answer', (_, scenario) => {
  const { trace } = simulate(scenario);
  const { scenario: short, lost } = shrink(scenario, trace);
  const length = (pods: typeof scenario.pods) => pods.map(({ paste }) => paste).join('').length;
  expect(isSameAnswer(simulate(short).trace, trace)).toBe(true);
  expect(length(short.pods)).toBeLessThan(length(scenario.pods));
  expect(lost.configuration).toBeGreaterThan(0);
});

test('what is shared says what became of the original', () => {
  const [first] = samples;
  const plain = sharedCopy(first!.scenario, { key: null, shrunk: false });
  expect(plain).toMatchObject({ scenario: first!.scenario, account: null, lost: null, isSame: true });
  const copy = sharedCopy(first!.scenario, { key: new Uint8Array(16), shrunk: true });
  expect(copy.isSame).toBe(true);
  expect(copy.fragment.length).toBeLessThan(plain.fragment.length);
  expect(copy.account?.replaced.length).toBeGreaterThan(0);
});

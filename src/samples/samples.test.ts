import { expect, test } from 'vitest';
import { brokenExpectations } from '../engine/trace/expect.ts';
import { simulate } from '../engine/trace/simulate.ts';
import { decodeFragment, encodeScenario } from '../permalink/fragment.ts';
import { sampleOf, samples } from './samples.ts';

const CASES = samples.map((sample) => [sample.id, sample] as const);

test.each(CASES)('%s holds what it expects', (_, { scenario }) => {
  expect(Object.keys(scenario.expect ?? {}).length).toBeGreaterThan(0);
  expect(brokenExpectations(simulate(scenario).trace, scenario.expect ?? {})).toEqual([]);
});

test.each(CASES)('%s reads without a warning', (_, { scenario }) => {
  const { pods } = simulate(scenario);
  const problems = pods.flatMap((pod) => pod.documents.flatMap(({ problems }) => problems));
  expect(problems.filter(({ severity }) => severity !== 'info')).toEqual([]);
});

test.each(CASES)('%s rests on nothing assumed but what it says', (_, { scenario, assumes = [] }) => {
  const open = simulate(scenario).trace.hops.filter(
    ({ basis, event }) =>
      (basis === 'assumed' || basis === 'undecided') &&
      !assumes.some((start) => event.code.startsWith(start)),
  );
  expect(open.map(({ n, event }) => `${n} ${event.code}`)).toEqual([]);
});

test.each(CASES)('%s is told in two paragraphs, in both languages', (id, { title, about, keywords }) => {
  expect(id).toMatch(/^[a-z0-9-]+$/);
  for (const text of [about.en, about.zh])
    expect(text.split('\n\n').map((paragraph) => paragraph.length > 20)).toEqual([true, true]);
  expect([title.en, title.zh].every((text) => text.length > 5)).toBe(true);
  expect(title.zh + about.zh).toMatch(/[一-鿿]/);
  expect(keywords.length).toBeGreaterThan(2);
});

test('ids are unique', () => {
  expect(new Set(samples.map(({ id }) => id)).size).toBe(samples.length);
});

test('a link of every sample opens it again', () => {
  for (const { scenario } of samples)
    expect(decodeFragment(encodeScenario(scenario))).toEqual({ kind: 'scenario', scenario });
});

test('bookinfo: the 16 steps of the reviews pod, each once and in order', () => {
  const { trace } = simulate(sampleOf('bookinfo')!.scenario);
  const steps = trace.hops.filter(({ pod }) => pod === 'reviews').flatMap(({ step }) => step ?? []);
  expect(steps).toEqual(Array.from({ length: 15 }, (_, i) => i + 2)); // step 1 stands on the network between the pods
});

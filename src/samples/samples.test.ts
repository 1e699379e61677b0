import { expect, test } from 'vitest';
import { brokenExpectations } from '../engine/trace/expect.ts';
import { simulate } from '../engine/trace/simulate.ts';
import { decodeFragment, encodeScenario } from '../permalink/fragment.ts';
import { sampleOf, samples } from './samples.ts';

test.each(samples.map((sample) => [sample.id, sample] as const))(
  '%s holds what it expects',
  (_, { scenario }) => {
    expect(scenario.expect).toBeDefined();
    expect(brokenExpectations(simulate(scenario).trace, scenario.expect ?? {})).toEqual([]);
  },
);

test.each(samples.map((sample) => [sample.id, sample] as const))(
  '%s reads without an error, and rests on nothing assumed',
  (_, { scenario }) => {
    const { trace, pods } = simulate(scenario);
    const problems = pods.flatMap((pod) => pod.documents.flatMap(({ problems }) => problems));
    expect(problems.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(trace.hops.filter(({ basis }) => basis === 'assumed' || basis === 'undecided')).toEqual([]);
  },
);

test('a link of every sample opens it again', () => {
  for (const { scenario } of samples)
    expect(decodeFragment(encodeScenario(scenario))).toEqual({ kind: 'scenario', scenario });
});

test('bookinfo: the 16 steps of the reviews pod, each once and in order', () => {
  const { trace } = simulate(sampleOf('bookinfo')!.scenario);
  const steps = trace.hops.filter(({ pod }) => pod === 'reviews').flatMap(({ step }) => step ?? []);
  expect(steps).toEqual(Array.from({ length: 15 }, (_, i) => i + 2)); // step 1 stands on the network between the pods
});

// Every remedy on every case of the gallery: what was patched is text, and pasted back it gives the same trace.
import { expect, test } from 'vitest';
import { applyRemedy, remediesFor } from '../engine/remedy/apply.ts';
import { readScenario } from '../engine/scenario.ts';
import { simulate } from '../engine/trace/simulate.ts';
import { samples } from './samples.ts';

const cases = samples.flatMap(({ id, scenario }) =>
  remediesFor(scenario).map((remedy) => [id, JSON.stringify(remedy), scenario, remedy] as const),
);

test('most cases have remedies', () => {
  expect(cases.length).toBeGreaterThan(50);
});

test.each(cases)('%s %s', (_, __, scenario, remedy) => {
  const applied = applyRemedy(scenario, remedy);
  if (!applied) throw new Error('nothing was changed');
  const { trace } = simulate(applied.scenario);
  expect(trace.hops.length).toBeGreaterThan(0);
  const again: unknown = JSON.parse(JSON.stringify(applied.scenario));
  const read = readScenario(again);
  expect('scenario' in read && simulate(read.scenario).trace).toEqual(trace);
});

import { expect, it } from 'vitest';
import { applyRemedy, remediesFor } from '../../engine/remedy/apply.ts';
import { simulate } from '../../engine/trace/simulate.ts';
import { firstSample } from '../../samples/samples.ts';
import { differs, firstDifference, pairsOf } from './pairs.ts';

const { scenario } = firstSample;
const before = simulate(scenario).trace;

it('pairs a way with itself, hop by hop, without a difference', () => {
  const pairs = pairsOf(before, before);
  expect(pairs).toHaveLength(before.hops.length);
  expect(pairs.filter(differs)).toEqual([]);
});

it('keeps both ways whole and in order, and finds where TPROXY parts from REDIRECT', () => {
  const remedy = remediesFor(scenario).find(({ kind }) => kind === 'tproxy');
  const applied = remedy && applyRemedy(scenario, remedy);
  const after = simulate(applied!.scenario).trace;
  const pairs = pairsOf(before, after);
  expect(pairs.flatMap((pair) => pair.before ?? [])).toEqual(before.hops);
  expect(pairs.flatMap((pair) => pair.after ?? [])).toEqual(after.hops);
  const first = firstDifference(pairs);
  expect(first).toBeGreaterThan(0);
  expect(pairs.slice(0, first).every((pair) => !differs(pair))).toBe(true);
});

import { expect, it } from 'vitest';
import { simulate } from '../engine/trace/simulate.ts';
import { sourcesOf } from '../graph/sources.ts';
import { samples } from './samples.ts';

it('127.0.0.6 has one colour in every worked case', () => {
  const places = samples.map(({ scenario }) => sourcesOf(simulate(scenario).trace).indexOf('127.0.0.6'));
  expect(new Set(places.filter((place) => place > 0))).toEqual(new Set([1]));
});

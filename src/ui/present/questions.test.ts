import { expect, it } from 'vitest';
import { simulate } from '../../engine/trace/simulate.ts';
import { hasLostSource } from '../../graph/answer.ts';
import { hostOf } from '../../graph/sources.ts';
import { firstSample, samples } from '../../samples/samples.ts';
import { questionsOf } from './questions.ts';

it('asks about the rule that decides and about what the app sees', () => {
  const { trace } = simulate(firstSample.scenario);
  const questions = questionsOf(trace);
  const rule = questions.find(({ kind, chain }) => kind === 'rule' && chain === 'ISTIO_INBOUND');
  expect(rule?.choices.find(({ right }) => right)?.text).toBe('-A ISTIO_INBOUND -p tcp -j ISTIO_IN_REDIRECT');
  const app = questions.find(({ kind }) => kind === 'app');
  expect(app?.choices.find(({ right }) => right)?.text).toBe('127.0.0.6');
});

it('asks what the app sees before any hop shows it, and once', () => {
  for (const { scenario } of samples) {
    const { trace } = simulate(scenario);
    const asked = questionsOf(trace).filter(({ kind }) => kind === 'app');
    expect(asked.length).toBeLessThanOrEqual(1);
    const shown = hasLostSource(trace)
      ? trace.hops.find(({ after }) => hostOf(after.src) === trace.app.remoteAddress)
      : undefined;
    expect(asked[0]?.hop ?? 0).toBeLessThanOrEqual(shown?.n ?? Infinity);
  }
});

it('gives each question one right choice, and the hop that proves it', () => {
  for (const { scenario } of samples) {
    const { trace } = simulate(scenario);
    for (const { hop, choices } of questionsOf(trace)) {
      expect(choices.filter(({ right }) => right)).toHaveLength(1);
      expect(new Set(choices.map(({ text }) => text)).size).toBe(choices.length);
      expect(trace.hops.some(({ n }) => n === hop)).toBe(true);
    }
  }
});

import { expect, it } from 'vitest';
import { EXAMPLE_HOP } from '../engine/trace/example-hop.ts';
import { simulate } from '../engine/trace/simulate.ts';
import type { Hop } from '../engine/trace/trace.ts';
import { wordsOf } from '../i18n/languages.ts';
import { samples } from '../samples/samples.ts';
import { rowLabel, sentenceOf } from './sentence.ts';

const HOP: Hop = {
  ...EXAMPLE_HOP,
  hook: 'PREROUTING',
  table: 'nat',
  chain: 'MESH_IN',
  rule: 2,
  verdict: 'jump MESH_REDIRECT',
  event: { code: 'a.newer.engine', parameters: {} },
};

const words = wordsOf('en');

it('names a rule by its chain and number, and its verdict in a word', () => {
  expect(rowLabel(HOP, words)).toEqual({ name: 'MESH_IN #2', verdict: '↴' });
  expect(rowLabel({ ...HOP, verdict: 'REDIRECT --to-ports 15006' }, words).verdict).toBe('REDIRECT');
  expect(rowLabel({ ...HOP, rule: null, verdict: 'policy accept' }, words)).toEqual({
    name: 'MESH_IN policy',
    verdict: 'accept',
  });
});

it('says in words that a row is not decided', () => {
  const open: Hop = { ...HOP, basis: 'undecided', verdict: 'undecided' };
  expect([rowLabel(open, words).verdict, rowLabel(open, wordsOf('zh')).verdict]).toEqual([
    'not decided',
    '无法判断',
  ]);
});

it('names a step of the proxy by the last thing it found', () => {
  const hop: Hop = { ...HOP, place: 'proxy', listener: 'virtualInbound', filterChain: '0.0.0.0_80' };
  expect(rowLabel(hop, words)).toEqual({ name: '0.0.0.0_80', verdict: 'filter chain' });
});

it('still says something of an event it has no sentence for', () => {
  expect(sentenceOf(words, HOP)).toBe('MESH_IN #2: ↴');
});

it.each(['en', 'zh'] as const)('has words for everything that the samples tell: %s', (locale) => {
  const { knows } = wordsOf(locale);
  const messages = samples.flatMap(({ scenario }) => {
    const { trace, pods, requestFrom } = simulate(scenario);
    return [
      requestFrom,
      ...trace.hops.flatMap((hop) => [hop.event, ...hop.passed.map(({ why }) => why)]),
      ...trace.findings,
      ...pods.flatMap(({ missing, documents }) => [
        ...missing,
        ...documents.flatMap(({ facts, problems }) => [...facts, ...problems]),
      ]),
      ...trace.sourceChanges.map(({ cause }) => ({ code: `cause.${cause}` })),
    ];
  });
  expect(messages.length).toBeGreaterThan(100);
  expect(messages.map(({ code }) => code).filter((code) => !knows(code))).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import type { Scenario } from '../engine/scenario.ts';
import { simulate } from '../engine/trace/simulate.ts';
import { anonymise } from '../masking/anonymise.ts';
import { isSameAnswer } from '../masking/same-answer.ts';
import { samples } from './samples.ts';

const KEY = Uint8Array.from({ length: 16 }, (_, i) => i * 7);

function textOf(scenario: Scenario): string {
  return JSON.stringify(scenario);
}

/** What a reader who searches for it would take for an address, a host or a name of the person's own. */
function privateWords(scenario: Scenario): string[] {
  const text = scenario.pods
    .map(({ name, addresses, paste }) => [name, ...addresses, paste].join('\n'))
    .join('\n');
  const addresses = text.match(/\b(?!(?:0|127|255|169\.254)\.)\d{1,3}(?:\.\d{1,3}){3}\b/g) ?? [];
  const hosts = text.match(/\b[a-z][a-z0-9-]+(?:\.[a-z0-9-]+)*\.svc(?:\.cluster\.local)?\b/g) ?? [];
  const names = hosts.flatMap((host) => host.split('.').slice(0, 2)).filter((name) => name !== 'default');
  const pods = scenario.pods.flatMap(({ name }) => (name === 'pod' || name === '' ? [] : [name]));
  return [...new Set([...addresses, ...hosts, ...names, ...pods])].filter((word) => word !== 'waypoint');
}

describe.each(samples.map(({ id, scenario }) => [id, scenario] as const))('%s', (_, scenario) => {
  const { scenario: copy } = anonymise(scenario, KEY);
  it('gives the same answer under other names', () => {
    expect(isSameAnswer(simulate(copy).trace, simulate(scenario).trace)).toBe(true);
  });
  it('holds no address, host or name of the original', () => {
    const text = textOf(copy);
    expect(privateWords(scenario).length).toBeGreaterThan(0);
    expect(privateWords(scenario).filter((word) => text.includes(word))).toEqual([]);
  });
});

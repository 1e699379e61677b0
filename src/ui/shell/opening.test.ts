import { expect, it } from 'vitest';
import { encodeScenario } from '../../permalink/fragment.ts';
import { scenarioOfPaste } from '../../engine/scenario.ts';
import { firstSample, samples } from '../../samples/samples.ts';
import { openingOf } from './opening.ts';

it('opens the first sample, solved, when the address names nothing', () => {
  expect(openingOf('')).toEqual({ scenario: firstSample.scenario, damage: null });
});

it('opens every sample by its short link, and every scenario by its own', () => {
  for (const { id, scenario } of samples) expect(openingOf(`#g/${id}`)).toEqual({ scenario, damage: null });
  const mine = scenarioOfPaste('-P INPUT ACCEPT\n');
  expect(openingOf(encodeScenario(mine))).toEqual({ scenario: mine, damage: null });
});

it('falls back to the first sample and says why', () => {
  expect(openingOf('#g/no-such')).toMatchObject({
    scenario: firstSample.scenario,
    damage: { code: 'permalink.unknown-sample', parameters: { id: 'no-such' } },
  });
  expect(openingOf(encodeScenario(firstSample.scenario).slice(0, -9)).damage).not.toBeNull();
});

import { expect, it } from 'vitest';
import { decodeFragment, encodeScenario } from '../../permalink/fragment.ts';
import { scenarioOfPaste } from '../../engine/scenario.ts';
import { firstSample, samples } from '../../samples/samples.ts';
import { openingOf as openingBy, openingWithout } from './opening.ts';

const openingOf = (fragment: string) => openingBy(fragment, (link) => Promise.resolve(decodeFragment(link)));

const FIRST = { scenario: firstSample.scenario, origin: firstSample };

it('opens the first sample, solved, when the address names nothing and nothing was left', async () => {
  expect(await openingOf('')).toBeNull();
  expect(await openingOf('#')).toBeNull();
  expect(await openingWithout(null)).toEqual(FIRST);
});

it('opens what was left at the last visit, and knows the sample it came from', async () => {
  const mine = scenarioOfPaste('-P INPUT ACCEPT\n');
  expect(await openingWithout({ scenario: mine, origin: null })).toEqual({ scenario: mine, origin: null });
  for (const sample of samples) {
    const edited = { ...sample.scenario, request: null };
    const draft = { scenario: edited, origin: sample.id };
    expect(await openingWithout(draft)).toEqual({ scenario: edited, origin: sample });
  }
});

it('opens every sample by its short link, and every scenario by its own', async () => {
  for (const sample of samples)
    expect(await openingOf(`#g/${sample.id}`)).toEqual({
      first: { scenario: sample.scenario, origin: sample },
      damage: null,
    });
  const mine = scenarioOfPaste('-P INPUT ACCEPT\n');
  expect(await openingOf(encodeScenario(mine))).toEqual({
    first: { scenario: mine, origin: null },
    damage: null,
  });
});

it('falls back to the first sample and says why', async () => {
  expect(await openingOf('#g/no-such')).toEqual({
    first: FIRST,
    damage: { code: 'permalink.unknown-sample', parameters: { id: 'no-such' } },
  });
  const cut = await openingOf(encodeScenario(firstSample.scenario).slice(0, -9));
  expect(cut?.first).toEqual(FIRST);
  expect(cut?.damage).not.toBeNull();
});

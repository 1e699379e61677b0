import { expect, test } from 'vitest';
import { scenarioOfPaste } from '../engine/scenario.ts';
import { encodeScenario } from '../permalink/fragment.ts';
import { createHolding, isHeld } from './held.ts';
import { held } from './held-link.ts';
import { openLink } from './opened-link.ts';

async function opened(paste: string): Promise<string> {
  const holding = createHolding();
  const result = held(openLink(encodeScenario(scenarioOfPaste(paste))), holding);
  const shown = result.kind === 'scenario' ? (result.scenario.pods[0]?.paste ?? '') : '';
  return isHeld(shown) ? `held ${await holding.all().get(shown)?.text()}` : shown;
}

test('a text goes to the page as it is; a heavy one stays a file, to the last character', async () => {
  const rules = '-A PREROUTING -p tcp -j REDIRECT --to-ports 15006\n';
  expect(await opened(rules)).toBe(rules);
  for (const heavy of [rules.repeat(6000), `${rules}${'['.repeat(20_000)}\n中文`])
    expect(await opened(heavy)).toBe(`held ${heavy}`);
});

test('what is no scenario is handed on', () => {
  expect(held(openLink('#s1.d1.00000000.AAAA'), createHolding()).kind).toBe('damaged');
});

// Links that were damaged on the way, and links that an attacker made -> what the decoder did wrong with them.
import { scenarioOfPaste, type Scenario } from '../engine/scenario.ts';
import { deflate } from '../permalink/deflate.ts';
import { dictionary2 } from '../permalink/dictionary.ts';
import { decodeFragment, encodeScenario } from '../permalink/fragment.ts';
import { packed } from '../permalink/packing.ts';
import { checksum, counted } from '../permalink/payload.ts';
import { mutated } from './mutation.ts';
import type { Random } from './random.ts';

const SENT: Scenario = {
  ...scenarioOfPaste('-A PREROUTING -p tcp -j REDIRECT --to-ports 15006\n中文 “quotes”\n'),
  title: 'who changed it?',
};

const WRITTEN = JSON.stringify(SENT);
const ADDRESS = `https://example.org/tool/?l=zh${encodeScenario(SENT)}`;
const PACKED = packed(SENT);

/** Its checksum is right: what it holds is not what any scenario packs to. */
function forged(random: Random): string {
  const payload = counted(deflate(mutated(PACKED, random), dictionary2()));
  return `#s1.d2.${checksum(payload, 'd2.')}.${payload}`;
}

export function damagedLink(random: Random): string {
  return random(8) === 0 ? forged(random) : mutated(ADDRESS, random);
}

/** A damaged link opens as what was sent, or not at all; a forged one may hold anything that is a scenario. */
export function linkFaults(link: string): string[] {
  const opened = decodeFragment(link);
  if (opened.kind !== 'scenario' || link.startsWith('#s1.d2.')) return [];
  return JSON.stringify(opened.scenario) === WRITTEN ? [] : ['a damaged link opens as another scenario'];
}

// A person's own notes survive files and links, stay out of anonymised copies, and change no answer.
import { expect, test } from 'vitest';
import { readScenario, scenarioOfPaste } from '../engine/scenario.ts';
import { simulate } from '../engine/trace/simulate.ts';
import { anonymise } from '../masking/anonymise.ts';
import { decodeFragment, encodeScenario } from '../permalink/fragment.ts';
import { noteKey, withNote } from './notes.ts';

const scenario = scenarioOfPaste('*nat\n-A PREROUTING -p tcp -j REDIRECT --to-ports 15006\nCOMMIT\n');
const [hop] = simulate(scenario).trace.hops;
const noted = withNote(scenario, noteKey(hop!), 'Ask the room first.');

test('a file and a link bring them back', () => {
  expect(readScenario(JSON.parse(JSON.stringify(noted)))).toEqual({ scenario: noted });
  expect(decodeFragment(encodeScenario(noted))).toEqual({ kind: 'scenario', scenario: noted });
});

test('a copy for strangers holds none, and says so', () => {
  const { scenario: copy, account } = anonymise(noted, new Uint8Array(16));
  expect(JSON.stringify(copy)).not.toContain('Ask the room');
  expect(account.leftOut.map(({ kind }) => kind)).toContain('prose');
});

test('they change no answer, and an empty one goes', () => {
  expect(simulate(noted).trace).toEqual(simulate(scenario).trace);
  expect(withNote(noted, noteKey(hop!), ' ')).toEqual(scenario);
});

// Notes for speakers: each is for a hop that its case has, in both languages.
import { expect, test } from 'vitest';
import { simulate } from '../engine/trace/simulate.ts';
import { isAt } from './note.ts';
import { samples } from './samples.ts';

const told = samples.flatMap(({ id, scenario, notes = [] }) =>
  notes.length > 0 ? [[id, scenario, notes] as const] : [],
);

test('the cases of a workshop have notes', () => {
  const workshop =
    'redirect-127-0-0-6 tproxy-keeps-client sixteen-steps bookinfo loop-missing-rule gateway-tcp gateway-proxy-protocol tls-origination ambient-plaintext';
  expect(told.map(([id]) => id)).toEqual(expect.arrayContaining(workshop.split(' ')));
});

test.each(told)('%s: every note has its hop', (_, scenario, notes) => {
  const { hops } = simulate(scenario).trace;
  const lost = notes.filter((note) => !hops.some((hop) => isAt(note, hop)));
  expect(lost.map(({ at }) => at)).toEqual([]);
  for (const { en, zh } of notes) expect([/\w/.test(en), /[一-鿿]/.test(zh)]).toEqual([true, true]);
});

// The lap of a loop: what repeats must be one whole round, no more and no less.
import { expect, test } from 'vitest';
import type { Hop } from './trace.ts';
import { simulate } from './simulate.ts';
import { PLAIN_REQUEST, scenarioOfPaste } from '../scenario.ts';

const RULES = `*nat
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A PREROUTING -p tcp -j REDIRECT --to-ports 15006
-A OUTPUT -o lo -m owner --uid-owner 1337 -j REDIRECT --to-ports 15006
COMMIT
`;

function traceOf(rules: string) {
  const scenario = scenarioOfPaste(rules);
  return simulate({
    ...scenario,
    request: { ...PLAIN_REQUEST, from: '10.9.0.2:41000', to: '10.9.0.7:8080', protocol: 'tcp' },
  }).trace;
}

function doing({ pod, place, chain, rule, event, after }: Hop) {
  return [pod, place, chain, rule, event.code, after.dst];
}

test('a lap is what would come next again: its first hop follows its last', () => {
  const { lap, hops, outcome } = traceOf(RULES);
  expect(outcome).toBe('loop');
  expect(lap?.to).toBe(hops.length);
  const length = (lap?.to ?? 0) - (lap?.from ?? 0) + 1;
  const opened = hops.filter(({ connection, n }) => hops[n - 2] && hops[n - 2]?.connection !== connection);
  expect(opened.map(({ n }) => n)).toEqual([(lap?.from ?? 0) - 1, lap?.to]); // one connection a lap
  expect(hops.slice(-length).map(doing).at(-1)).toEqual(hops.slice(0, -length).map(doing).at(-1));
});

test('the same packet through rules that let it out goes no round', () => {
  const cured = RULES.replace('-A OUTPUT', '-A OUTPUT -s 127.0.0.6 -o lo -j RETURN\n-A OUTPUT');
  expect(traceOf(cured)).toMatchObject({ lap: null, outcome: 'delivered' });
});

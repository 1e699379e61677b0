// No hop is surer than what it rests on: a request that nobody told of is assumed, one from a log is that line's.
import { expect, test } from 'vitest';
import { PLAIN_REQUEST, type ScenarioRequest } from '../scenario.ts';
import { simulate } from './simulate.ts';

const RULES = `*nat
:PREROUTING ACCEPT [0:0]
-A PREROUTING -p tcp -m tcp --dport 9 -j RETURN
COMMIT
`;
const LINE =
  '[2024-05-01T08:00:00.123Z] "GET /a HTTP/1.1" 200 - via_upstream - "-" 0 2 3 1 "-" "curl" "r-1" "web" "10.7.0.3:80" inbound|80|| 127.0.0.6:40001 10.7.0.3:80 10.7.0.9:51000 - default';

function firstHop(paste: string, request: ScenarioRequest | null = null) {
  const pods = [{ name: 'web', role: 'server' as const, addresses: ['10.7.0.3'], paste }];
  const { hops } = simulate({ version: 1, title: '', request, pods }).trace;
  const [hop] = hops;
  return { basis: hop?.basis, lines: hop?.evidence.map(({ text }) => text), hops };
}

test('a stand-in client is assumed, and so is what the application sees of it', () => {
  const { basis, lines, hops } = firstHop(RULES);
  expect([basis, lines]).toEqual(['assumed', []]);
  expect(hops.find(({ event }) => event.code === 'app.receives')?.basis).toBe('assumed');
});

test('a log line is the proof of the request it tells of', () => {
  const { basis, lines } = firstHop(`${RULES}\n${LINE}\n`);
  expect([basis, lines]).toEqual(['observed', [LINE]]);
});

test('what somebody asks is what is followed; an address that nobody gave is assumed', () => {
  const asked = { ...PLAIN_REQUEST, from: '10.7.0.9:51000', to: '10.7.0.3:80' };
  expect(firstHop(RULES, asked).basis).toBe('derived');
  expect(firstHop(RULES, { ...asked, from: null }).basis).toBe('assumed');
});

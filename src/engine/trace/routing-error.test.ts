import { expect, test } from 'vitest';
import { PLAIN_REQUEST } from '../scenario.ts';
import { simulate } from './simulate.ts';

const RULES = '*nat\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n';

/** Findings of a packet that the pod sends, each with the lines that prove it. */
function told(routes: string, to = '203.0.113.5:443'): string[] {
  const paste = `${RULES}\n$ ip rule\n0:\tfrom all lookup local\n32766:\tfrom all lookup main\n\n$ ip route show table all\n${routes}\n`;
  const pods = [{ name: 'shop', role: 'client' as const, addresses: ['10.2.0.5'], paste }];
  const request = { ...PLAIN_REQUEST, from: '10.2.0.5', to, protocol: 'tcp' as const };
  const { findings } = simulate({ version: 1, title: '', request, pods }).trace;
  const routing = findings.filter(({ code }) => code.includes('route'));
  return routing.map(({ code, evidence }) => [code, ...evidence.map(({ text }) => text)].join(' | '));
}

const LINK = '10.2.0.0/24 dev eth0 proto kernel scope link src 10.2.0.5';

test('a packet that routing throws away names the lines of ip rule and ip route that did', () => {
  expect(told(`blackhole 203.0.113.0/24\n${LINK}`)).toEqual([
    'finding.route-blackhole | 32766:\tfrom all lookup main | blackhole 203.0.113.0/24',
  ]);
  expect(told(`unreachable default\n${LINK}`)).toEqual([
    'finding.route-unreachable | 32766:\tfrom all lookup main | unreachable default',
  ]);
});

test('a packet that has a route is not told of', () => {
  expect(told(`default via 10.2.0.1 dev eth0\n${LINK}`)).toEqual([]);
});

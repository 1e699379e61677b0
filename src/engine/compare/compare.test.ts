// Comparison: the same rules in two notations are the same; what an upgrade or a lost rule changes is named, with the
// packets that fare differently because of it.
import { describe, expect, test } from 'vitest';
import { readScenario, type Scenario } from '../scenario.ts';
import { align } from './align.ts';
import { compare } from './compare.ts';

const SAVE = `*nat
:PREROUTING ACCEPT [12:720]
:OUTPUT ACCEPT [0:0]
:IN - [0:0]
:OUT - [0:0]
-A PREROUTING -p tcp -j IN
-A OUTPUT -j OUT
-A IN -p tcp -m tcp --dport 15020 -j RETURN
-A IN -p tcp -j REDIRECT --to-ports 15006
-A OUT -s 127.0.0.6/32 -o lo -j RETURN
-A OUT ! -d 127.0.0.1/32 -o lo -m owner --uid-owner 1337 -j IN
-A OUT -m owner --uid-owner 1337 -j RETURN
COMMIT
`;

const COMMANDS = `$ iptables -t nat -S
-P PREROUTING ACCEPT
-P OUTPUT ACCEPT
-N IN
-N OUT
-A PREROUTING -p tcp -j IN
-A OUTPUT -j OUT
-A IN -p tcp -m tcp --dport 15020 -j RETURN
-A IN -p tcp -j REDIRECT --to-ports 15006
-A OUT -s 127.0.0.6/32 -o lo -j RETURN
-A OUT ! -d 127.0.0.1/32 -o lo -m owner --uid-owner 1337 -j IN
-A OUT -m owner --uid-owner 1337 -j RETURN
`;

const CLUSTER = (bind: string) =>
  `[{ "name": "inbound|8080||", "type": "ORIGINAL_DST", "lbPolicy": "CLUSTER_PROVIDED",
   "upstreamBindConfig": { "sourceAddress": { "address": "${bind}", "portValue": 0 } } }]\n`;

function scenarioOf(paste: string, name = 'web'): Scenario {
  const pods = [{ name, role: 'server', addresses: ['10.1.2.3'], paste }];
  const read = readScenario({ version: 1, request: { from: '10.1.2.9:51000', to: '10.1.2.3:8080' }, pods });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.scenario;
}

test('lists are aligned by what they hold', () => {
  const pairs = align('abcde'.split(''), 'abxde'.split(''), (letter) => letter);
  expect(pairs.map(({ a, b }) => `${a ?? '-'}${b ?? '-'}`)).toEqual(['aa', 'bb', 'c-', '-x', 'dd', 'ee']);
});

describe('two pastes', () => {
  test('in other notations, of other counters and other pod names, are the same', () => {
    const { pods, packets, onlyA, onlyB } = compare(scenarioOf(SAVE), scenarioOf(COMMANDS, 'web-2'));
    expect(pods).toEqual([{ a: 'web', b: 'web-2', rules: [], config: [] }]);
    expect([packets, onlyA, onlyB]).toEqual([[], [], []]);
  });

  test('a lost rule is named, and the packets that now go round', () => {
    const without = SAVE.replace('-A OUT -s 127.0.0.6/32 -o lo -j RETURN\n', '');
    const { pods, packets } = compare(scenarioOf(SAVE), scenarioOf(without));
    expect(pods[0]?.rules).toMatchObject([{ table: 'nat', chain: 'OUT', a: { line: 10 }, b: null }]);
    const asked = packets.find(({ request }) => request.to === '10.1.2.3:8080');
    expect(asked).toMatchObject({
      a: { outcome: 'delivered', remoteAddress: '127.0.0.6' },
      b: { outcome: 'loop' },
    });
    expect(asked?.firstA).toBe(asked?.firstB);
    expect(packets.some(({ request }) => request.to === '10.1.2.3:15020')).toBe(false);
  });

  test('a field of a cluster that differs is told by its path', () => {
    const a = scenarioOf(`${SAVE}\n${CLUSTER('127.0.0.6')}`);
    const b = scenarioOf(`${SAVE}\n${CLUSTER('127.0.0.9')}`);
    const { pods, packets } = compare(a, b);
    expect(pods[0]?.config).toMatchObject([
      {
        resource: 'cluster',
        path: 'upstreamBindConfig.sourceAddress.address',
        a: '"127.0.0.6"',
        b: '"127.0.0.9"',
      },
    ]);
    expect(packets[0]).toMatchObject({
      a: { remoteAddress: '127.0.0.6' },
      b: { outcome: 'loop' },
    });
  });

  test('a resource on one side only is told as a whole', () => {
    const { pods } = compare(scenarioOf(SAVE), scenarioOf(`${SAVE}\n${CLUSTER('127.0.0.6')}`));
    expect(pods[0]?.config).toMatchObject([{ name: 'inbound|8080||', path: null, a: null }]);
  });
});

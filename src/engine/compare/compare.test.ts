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
    expect(pods[0]?.rules).toMatchObject([
      { kind: 'first', table: 'nat', chain: 'OUT', a: { line: 10 }, b: null },
    ]);
    const asked = packets.find(({ request }) => request.to === '10.1.2.3:8080');
    expect(asked).toMatchObject({
      a: { outcome: 'delivered', remoteAddress: '127.0.0.6' },
      b: { outcome: 'loop' },
    });
    expect(asked?.firstA).toBe(asked?.firstB);
    expect(asked?.isProbe).toBe(false);
    expect(
      packets.filter(({ request }) => request.from !== '10.1.2.9:51000').map((each) => each.isProbe),
    ).toContain(true);
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

function chain(port: number) {
  return { filterChainMatch: { destinationPort: port }, filters: [] };
}

describe('what does not count', () => {
  const same = [{ a: 'web', b: 'web', rules: [], config: [] }];
  test('comments', () => {
    const noted = SAVE.replaceAll('-j RETURN', '-m comment --comment "as it was" -j RETURN');
    expect(compare(scenarioOf(SAVE), scenarioOf(noted)).pods).toEqual(same);
  });

  test('the names of chains', () => {
    const renamed = SAVE.replaceAll(/\bIN\b/g, 'MESH_IN').replaceAll(/\bOUT\b/g, 'MESH_OUT');
    expect(compare(scenarioOf(SAVE), scenarioOf(renamed)).pods).toEqual(same);
  });

  test('iptables or nft, but for owners that only nft asks of sockets alone', () => {
    const nft = `table inet mesh {
  chain prerouting { type nat hook prerouting priority dstnat; policy accept;
    meta l4proto tcp counter jump in-mesh
  }
  chain output { type nat hook output priority -100; policy accept;
    jump out-mesh
  }
  chain in-mesh {
    tcp dport 15020 return
    meta l4proto tcp redirect to :15006
  }
  chain out-mesh {
    ip saddr 127.0.0.6 oifname "lo" return
    ip daddr != 127.0.0.1 oifname "lo" meta skuid 1337 jump in-mesh
    meta skuid 1337 return
  }
}
`;
    expect(compare(scenarioOf(SAVE), scenarioOf(nft)).pods).toEqual(same);
  });

  test('where keys and filter chains stand, snake_case, defaults that are written out, the pod’s own address', () => {
    const listener = {
      name: '10.1.2.3_15006',
      filterChains: [chain(1), chain(2)],
      trafficDirection: 'INBOUND',
    };
    const other = {
      traffic_direction: 'INBOUND',
      transparent: false,
      filter_chains: [chain(2), chain(1)],
      name: '10.1.2.4_15006',
    };
    const a = scenarioOf(`${SAVE}\n${JSON.stringify([listener])}`);
    const b = scenarioOf(`${SAVE}\n${JSON.stringify([other])}`);
    const moved = { ...b, pods: b.pods.map((pod) => ({ ...pod, addresses: ['10.1.2.4'] })) };
    const [pod] = compare(a, moved).pods;
    expect(pod?.rules).toEqual([]);
    // a chain has moved; nothing inside it differs
    expect(pod?.config.every(({ path }) => path?.startsWith('filterChains['))).toBe(true);
  });
});

test('rules that change places are moved, not lost; a rule that asks for more is changed', () => {
  const lines = SAVE.split('\n');
  const [first, last] = ['-s 127.0.0.6', '! -d 127.0.0.1'].map((part) =>
    lines.findIndex((line) => line.includes(part)),
  );
  const swapped = lines.with(first!, lines[last!]!).with(last!, lines[first!]!).join('\n');
  const [pod] = compare(scenarioOf(SAVE), scenarioOf(swapped)).pods;
  expect(pod?.rules.map(({ kind }) => kind)).toEqual(['moved']);
  const narrower = SAVE.replace('-A OUTPUT -j OUT', '-A OUTPUT -p tcp -j OUT');
  expect(compare(scenarioOf(SAVE), scenarioOf(narrower)).pods[0]?.rules).toMatchObject([
    { kind: 'changed', a: { text: '-A OUTPUT -j OUT' }, b: { text: '-A OUTPUT -p tcp -j OUT' } },
  ]);
});

test('two pods of one application: each is asked under its own address', () => {
  const good = scenarioOf(SAVE);
  const lost = scenarioOf(SAVE.replace('-A OUT -s 127.0.0.6/32 -o lo -j RETURN\n', ''));
  const bad = {
    ...lost,
    request: lost.request && { ...lost.request, to: '10.1.9.9:8080' },
    pods: lost.pods.map((pod) => ({ ...pod, name: 'web-2', addresses: ['10.1.9.9'] })),
  };
  const { packets } = compare(good, bad);
  expect(packets[0]).toMatchObject({
    request: { to: '10.1.2.3:8080' },
    other: { to: '10.1.9.9:8080' },
    a: { outcome: 'delivered' },
    b: { outcome: 'loop' },
  });
  expect(compare(good, { ...good, pods: bad.pods.map((pod) => ({ ...pod, paste: SAVE })) }).packets).toEqual(
    [],
  );
});

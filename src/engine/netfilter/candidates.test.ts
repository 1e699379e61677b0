// What the index leaves out must be what the plain question answers with no, for any rules and any packet.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { address } from '../../base/ip.ts';
import { wholeOf } from '../../base/source.ts';
import { parseSave } from '../../documents/iptables/save.ts';
import type { Rule } from '../../documents/iptables/ruleset.ts';
import type { Packet } from '../packet/packet.ts';
import { candidatesOf } from './candidates.ts';
import { createConntrack } from './conntrack.ts';
import { labHost } from './lab.ts';
import type { View } from './flight.ts';
import { matchTruth, ruleTruth } from './match.ts';

const ADDRESSES = ['10.0.0.1', '10.0.0.2', '10.9.0.1', '192.0.2.7'];
const PREFIXES = [...ADDRESSES.map((host) => `${host}/32`), '10.0.0.0/24', '10.0.0.0/8', '0.0.0.0/0'];

const option = fc.oneof(
  fc.tuple(fc.constantFrom('-s', '! -s', '-d', '! -d'), fc.constantFrom(...PREFIXES)),
  fc.tuple(fc.constantFrom('-i', '-o', '! -i'), fc.constantFrom('eth0', 'lo', 'eth+', 'wg0')),
  fc.tuple(
    fc.constantFrom('-p tcp', '-p udp'),
    fc.constantFrom('--dport 80', '--sport 53', '--dport 80:90', '! --dport 443', ''),
  ),
  fc.tuple(
    fc.constantFrom('-p tcp -m multiport'),
    fc.constantFrom('--dports 80,443', '--ports 22,80', '--sports 1:5,80'),
  ),
  fc.tuple(fc.constantFrom('-m owner', '-m owner !'), fc.constantFrom('--uid-owner 7', '--gid-owner 7-9')),
  fc.tuple(fc.constantFrom('-m mark', '-m mark !'), fc.constantFrom('--mark 1', '--mark 0x2/0x2')),
  fc.constant(['-m limit --limit 1/sec']),
);

const rules = fc
  .array(fc.array(option, { maxLength: 3 }), { minLength: 1, maxLength: 60 })
  .map((lines) => lines.map((words) => `-A INPUT ${words.flat().join(' ')} -j ACCEPT\n`).join(''));

const port = fc.constantFrom(22, 53, 80, 443, null);
const owner = fc.option(fc.record({ uid: fc.constantFrom(7, 8, null), gid: fc.constantFrom(7, 8, null) }));
const packet: fc.Arbitrary<Packet> = fc.record({
  tuple: fc.record({
    protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'icmp' as const),
    src: fc.constantFrom(...ADDRESSES).map(address),
    sport: port,
    dst: fc.constantFrom(...ADDRESSES, 'fd00::1').map(address),
    dport: port,
  }),
  iif: fc.constantFrom('eth0', 'lo', null),
  oif: fc.constantFrom('eth0', 'wg0', null),
  mark: fc.constantFrom(0, 1, 2, 3),
  owner,
});

function rulesOf(text: string): readonly Rule[] {
  const source = { name: 'test', text: `*filter\n:INPUT ACCEPT [0:0]\n${text}COMMIT\n` };
  return parseSave(source, wholeOf(source), 'ip').value.tables[0]?.chains[0]?.rules ?? [];
}

function viewOf(asked: Packet): View {
  const host = labHost({ tables: [] }, 'default');
  return { host, conntrack: createConntrack(), segment: 'syn', packet: asked, tracking: { kind: 'none' } };
}

test('a rule that is left out does not match, and none is asked out of turn', () => {
  fc.assert(
    fc.property(rules, packet, (text, asked) => {
      const all = rulesOf(text);
      const view = viewOf(asked);
      const found = [...candidatesOf(all, view, matchTruth)];
      expect(found).toEqual([...new Set(found)].toSorted((a, b) => a - b));
      const missed = all.filter((_, i) => !found.includes(i));
      expect(missed.filter((rule) => ruleTruth(rule, view) !== 'no')).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('of many services a packet is asked about few rules', () => {
  const services = Array.from(
    { length: 5_000 },
    (_, i) => `-A INPUT -d 10.96.${i >> 8}.${i & 255}/32 -p tcp -m tcp --dport 80 -j ACCEPT\n`,
  );
  const tuple = {
    protocol: 'tcp' as const,
    src: address('10.0.0.1'),
    sport: 40_000,
    dst: address('10.96.3.7'),
    dport: 80,
  };
  const all = rulesOf(services.join(''));
  const view = viewOf({ tuple, iif: null, oif: 'eth0', mark: 0, owner: null });
  expect([...candidatesOf(all, view, matchTruth)]).toEqual([3 * 256 + 7]);
});

test('a mark that changes on the way decides which rules come next', () => {
  const all = rulesOf(
    Array.from({ length: 20 }, (_, i) => `-A INPUT -m mark --mark ${i % 2} -j RETURN\n`).join(''),
  );
  const tuple = {
    protocol: 'udp' as const,
    src: address('10.0.0.1'),
    sport: 1,
    dst: address('10.0.0.2'),
    dport: 2,
  };
  const view: { -readonly [Key in keyof View]: View[Key] } = viewOf({
    tuple,
    iif: null,
    oif: null,
    mark: 0,
    owner: null,
  });
  const asked: number[] = [];
  for (const i of candidatesOf(all, view, matchTruth)) {
    asked.push(i);
    if (i === 4) view.packet = { ...view.packet, mark: 1 };
  }
  expect(asked).toEqual([0, 2, 4, 5, 7, 9, 11, 13, 15, 17, 19]);
});

// What the index leaves out must be what the plain question answers with no, for any rules and any packet.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { address } from '../../base/ip.ts';
import { wholeOf } from '../../base/source.ts';
import { parseSave } from '../../documents/iptables/save.ts';
import type { Rule } from '../../documents/iptables/ruleset.ts';
import type { Packet } from '../packet/packet.ts';
import { candidatesOf } from './candidates.ts';
import { createConntrack } from './conntrack.ts';
import { labHost } from './lab.ts';
import { ruleTruth } from './match.ts';

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

test('a rule that is left out does not match, and none is asked out of turn', () => {
  const host = labHost({ tables: [] }, 'default');
  fc.assert(
    fc.property(rules, packet, (text, asked) => {
      const all = rulesOf(text);
      const found = candidatesOf(all, asked);
      expect(found).toEqual([...new Set(found)].toSorted((a, b) => a - b));
      const view = {
        host,
        conntrack: createConntrack(),
        segment: 'syn' as const,
        packet: asked,
        tracking: { kind: 'none' as const },
      };
      for (const [i, rule] of all.entries())
        if (!found.includes(i)) expect([text, ruleTruth(rule, view)]).toEqual([text, 'no']);
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
  expect(candidatesOf(all, { tuple, iif: null, oif: 'eth0', mark: 0, owner: null })).toEqual([3 * 256 + 7]);
});

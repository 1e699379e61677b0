// What the recorded cases (scripts/conformance/corners.py) cannot show: a paste that tells the addresses and not the routes.
import { expect, test } from 'vitest';
import { address, parsePrefix } from '../../base/ip.ts';
import type { Host } from './host.ts';
import { labHost } from './lab.ts';
import { masqueradeSource } from './source-address.ts';

const LINKS = ['10.20.0.0/24', '192.168.7.0/24'].flatMap((text) => parsePrefix(text) ?? []);

function hostWith(addresses: readonly string[]): Host {
  const eth0 = { name: 'eth0', addresses: addresses.map(address), links: LINKS.slice(0, addresses.length) };
  return { ...labHost({ tables: [] }, 'default'), interfaces: [{ name: 'lo', addresses: [] }, eth0] };
}

test.each([
  ['one link: the gateway must be on it', ['10.20.0.77'], '203.0.113.9', '10.20.0.77'],
  ['a neighbour on the second link', ['10.20.0.77', '192.168.7.5'], '192.168.7.1', '192.168.7.5'],
])('MASQUERADE without pasted routes: %s', (_, addresses, destination, chosen) => {
  const source = masqueradeSource(hostWith(addresses), address(destination), {
    device: 'eth0',
    choice: null,
  });
  expect(source).toMatchObject({ text: chosen });
});

test('MASQUERADE is undecided where two links may hold the gateway and no route was pasted', () => {
  const host = hostWith(['10.20.0.77', '192.168.7.5']);
  expect(masqueradeSource(host, address('203.0.113.9'), { device: 'eth0', choice: null })).toBe('unknown');
});

import { describe, expect, test } from 'vitest';
import { wholeOf, type Source } from '../../base/source.ts';
import { parseRules } from './rules.ts';

function read(text: string, table: string | null = null) {
  const source: Source = { name: 'pod', text };
  return parseRules(source, wholeOf(source), table, null);
}

function tables(text: string, table: string | null = null) {
  const { value, diagnostics } = read(text, table);
  return [value.tables.map(({ family, name }) => `${family} ${name}`), diagnostics.map(({ code }) => code)];
}

describe('the table that the lines do not name', () => {
  test('is the one that was given', () => {
    expect(tables('-P OUTPUT ACCEPT\n-A OUTPUT -j ACCEPT', 'mangle')).toEqual([['ip mangle'], []]);
  });

  test('is proven by a target that only loads there', () => {
    expect(tables('-P OUTPUT ACCEPT\n-A OUTPUT -p tcp -j REDIRECT --to-ports 1')).toEqual([
      ['ip nat'],
      ['rules.table.inferred'],
    ]);
    expect(tables('-N REDIRECT_ALL\n-A PREROUTING -p tcp -j TPROXY --on-port 1')[0]).toEqual(['ip mangle']);
  });

  test('is filter where nothing tells, and that is said', () => {
    expect(tables('-P INPUT ACCEPT\n-A INPUT -j ACCEPT')).toEqual([['ip filter'], ['rules.table.assumed']]);
  });

  test('is told by what the chains that are jumped to are named for', () => {
    const hooks = '-A PREROUTING -p tcp -j MESH_IN\n-A OUTPUT -p tcp -j MESH_OUT\n';
    const [found, codes] = tables(`${hooks}-A MESH_OUT -j MESH_REDIRECT`);
    expect([found, codes?.[0]]).toEqual([['ip nat'], 'rules.table.assumed']);
    expect(tables(`${hooks}-A MESH_IN -j MESH_TPROXY`)[0]).toEqual(['ip mangle']);
    expect(tables(`${hooks}-A MESH_IN -j MARK --set-mark 1`)[0]).toEqual(['ip mangle']);
  });

  test('is raw only where a target says so', () => {
    expect(tables('-A PREROUTING -p udp -j ACCEPT\n-A OUTPUT -p udp -j ACCEPT')[0]).toEqual(['ip nat']);
    expect(tables('-A PREROUTING -p udp -j CT --notrack\n-A OUTPUT -j ACCEPT')[0]).toEqual(['ip raw']);
  });

  test('cannot be filter when a chain is pasted that filter does not have', () => {
    expect(tables('-P PREROUTING ACCEPT\n-P INPUT ACCEPT')).toEqual([['ip nat'], ['rules.table.assumed']]);
  });
});

test('a policy that comes again begins the next table', () => {
  const text =
    '-P PREROUTING ACCEPT\n-P OUTPUT ACCEPT\n-A OUTPUT -j DNAT --to-destination 10.0.0.1\n-P PREROUTING ACCEPT\n-A PREROUTING -j CT --notrack';
  expect(tables(text)[0]).toEqual(['ip nat', 'ip raw']);
});

test('commands name their table and their family', () => {
  const text = [
    'iptables -t nat -N CATCH',
    'iptables -w -t mangle -A PREROUTING -j MARK --set-mark 1',
    'ip6tables -t nat -A OUTPUT -p tcp -j REDIRECT --to-ports 15001',
    'iptables -t nat -A OUTPUT -j CATCH',
  ].join('\n');
  expect(tables(text)).toEqual([['ip nat', 'ip mangle', 'ip6 nat'], []]);
});

test('counters of -S -v belong to the rule', () => {
  const { value } = read('-P OUTPUT ACCEPT -c 7 420\n-A OUTPUT -p tcp -c 3 180 -j ACCEPT', 'filter');
  const [chain] = value.tables[0]?.chains ?? [];
  expect(chain?.counters).toEqual({ packets: 7, bytes: 420, exact: true });
  expect(chain?.rules[0]?.counters).toEqual({ packets: 3, bytes: 180, exact: true });
});

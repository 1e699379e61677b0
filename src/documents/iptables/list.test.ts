import { expect, test } from 'vitest';
import { textAt, wholeOf, type Source } from '../../base/source.ts';
import { parseList } from './list.ts';
import { ruleText } from './print.ts';

function read(text: string, table: string | null = 'nat') {
  const source: Source = { name: 'pod', text };
  const { value, diagnostics } = parseList(source, wholeOf(source), table, null);
  const rules = value.tables.flatMap(({ chains }) => chains).flatMap(({ rules }) => rules);
  return { source, value, diagnostics, rules, printed: rules.map((rule) => ruleText(rule, source)) };
}

const HEADER = 'pkts bytes target prot opt in out source destination\n';

test('an article has lost the columns and holds remarks between the lines', () => {
  const { printed, value, rules } = read(
    `Chain OUTPUT (policy ACCEPT 1059 packets, 96K bytes)\n# what leaves\n${HEADER}44 2640 CATCH tcp -- any any anywhere anywhere\n` +
      `# the chain of the mesh\nChain CATCH (1 references)\n${HEADER}0 0 RETURN all -- any lo 127.0.0.6 anywhere\n` +
      '3 180 REDIRECT tcp -- * !lo 0.0.0.0/0 !127.0.0.1 tcp dpt:!53 ! owner UID match 1337 redir ports 15001\n',
  );
  expect(printed).toEqual([
    '-p tcp -j CATCH',
    '-s 127.0.0.6/32 -o lo -j RETURN',
    '! -d 127.0.0.1/32 ! -o lo -p tcp -m tcp ! --dport 53 -m owner ! --uid-owner 1337 -j REDIRECT --to-ports 15001',
  ]);
  expect(value.tables[0]?.chains[0]?.counters).toEqual({ packets: 1059, bytes: 96000, exact: false });
  expect(rules[0]?.counters).toEqual({ packets: 44, bytes: 2640, exact: true });
});

test('without -v interfaces are hidden, not absent', () => {
  const { rules, diagnostics } = read(
    'Chain OUTPUT (policy ACCEPT)\ntarget prot opt source destination\nRETURN all -- anywhere anywhere\n',
  );
  expect(rules[0]?.matches.map(({ test }) => test)).toEqual([
    { kind: 'unknown', reason: 'hidden', name: 'interfaces' },
  ]);
  expect(diagnostics.map(({ code }) => code)).toContain('rules.interfaces.hidden');
});

test('names of users and hosts belong to a machine', () => {
  const { source, rules } = read(
    `Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)\n${HEADER}0 0 RETURN all -- any any db.internal anywhere owner UID match envoy\n`,
  );
  expect(rules[0]?.matches.map(({ test, span }) => [test.kind, textAt(source, span)])).toEqual([
    ['unknown', 'db.internal'],
    ['unknown', 'owner UID match envoy'],
  ]);
});

test('a rule without target, and ip6tables without the opt column', () => {
  expect(
    read(`Chain INPUT (policy DROP 0 packets, 0 bytes)\n${HEADER}1 60 tcp -- any any anywhere anywhere\n`)
      .printed,
  ).toEqual(['-p tcp']);
  expect(
    read(
      'Chain INPUT (policy ACCEPT 0 packets, 0 bytes)\npkts bytes target prot opt in out source destination\n0 0 ACCEPT tcp lo any ::/0 ::1 tcp dpts:80:90\n',
    ).printed,
  ).toEqual(['-d ::1/128 -i lo -p tcp -m tcp --dport 80:90 -j ACCEPT']);
});

test('protocols are read by name and by number, ports by service', () => {
  const rows =
    '0 0 ACCEPT 17 -- * * 0.0.0.0/0 0.0.0.0/0 udp dpt:53\n0 0 ACCEPT udp -- * * 0.0.0.0/0 0.0.0.0/0 udp dpt:domain\n';
  const { printed } = read(`Chain INPUT (policy ACCEPT 0 packets, 0 bytes)\n${HEADER}${rows}`);
  expect(printed[0]).toBe(printed[1]);
});

test('a chain that comes again begins another table', () => {
  const { value } = read(
    `Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)\n${HEADER}0 0 REDIRECT tcp -- any any anywhere anywhere redir ports 1\n` +
      `Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)\n${HEADER}0 0 CT udp -- any any anywhere anywhere CT notrack\n`,
    null,
  );
  expect(value.tables.map(({ name }) => name)).toEqual(['nat', 'raw']);
});

test('ip6tables without -n says anywhere of every prefix of ::, so it stays open, and that is said once', () => {
  const { rules, diagnostics } = read(
    `Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)\n${HEADER}0 0 ACCEPT tcp any any fd00::1 anywhere\n0 0 DROP udp any any anywhere !anywhere\n`,
  );
  expect(rules.map(({ matches }) => matches.filter(({ test }) => test.kind === 'unknown').length)).toEqual([
    1, 2,
  ]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['rules.match.unresolved']);
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { textAt, wholeOf, type Source } from '../../base/source.ts';
import { ruleText } from '../iptables/print.ts';
import { parseNft } from './parse.ts';

function read(text: string) {
  const source: Source = { name: 'pod', text };
  const { value, diagnostics } = parseNft(source, wholeOf(source));
  const chains = value.tables.flatMap((table) => table.chains);
  const printed = chains.map(({ name, rules }) => [name, ...rules.map((rule) => ruleText(rule, source))]);
  return { source, value, diagnostics, chains, printed };
}

test('a listing and the commands that made it are the same rules', () => {
  const listing = read(`table inet mesh { # handle 1
	chain out {
		type nat hook output priority dstnat - 5; policy drop;
		oifname "lo" return # handle 7
		ip daddr != 127.0.0.1 tcp dport != { 53, 15008 } meta skuid 1337 counter packets 3 bytes 180 goto catch
	}
	chain catch {
		meta l4proto tcp redirect to :15001
	}
}`);
  const commands = read(`add table inet mesh
add chain inet mesh out { type nat hook output priority -105 ; policy drop ; }
add chain inet mesh catch
add rule inet mesh out ip daddr != 127.0.0.1/32 tcp dport != { 53, 15008 } skuid 1337 counter goto catch
insert rule inet mesh out index 0 oifname lo return
add rule inet mesh catch meta l4proto tcp counter redirect to :15001`);
  expect(listing.printed).toEqual(commands.printed);
  expect(listing.chains.map(({ base }) => base)).toEqual(commands.chains.map(({ base }) => base));
  expect(listing.chains[0]?.base).toEqual({ type: 'nat', hook: 'output', priority: -105, policy: 'drop' });
  expect(listing.chains[0]?.rules[1]?.counters).toEqual({ packets: 3, bytes: 180, exact: true });
});

test('what the kernel checks first is a match of its own', () => {
  const { chains } = read('table inet t {\n chain c {\n  ip saddr 10.0.0.1 meta skuid != 0 drop\n }\n}');
  expect(chains[0]?.rules[0]?.matches.map(({ test, negated }) => [test.kind, negated])).toEqual([
    ['family', false],
    ['source', false],
    ['socket-file', false],
    ['uid', true],
  ]);
});

test('a set over several lines, and mark arithmetic', () => {
  const { chains } = read(`table ip t {
 chain c {
  tcp dport { 80,
   443 } meta mark set meta mark & 0xffffff00 | 0x00000021
  ct mark set meta mark & 0x000000ff
 }
}`);
  expect(chains[0]?.rules.map((rule) => rule.targets.map(({ action }) => action))).toEqual([
    [{ kind: 'mark', value: 0x21, mask: 0xff }],
    [{ kind: 'connmark-save', nfmask: 0xff, ctmask: 0xffffffff }],
  ]);
});

test('what is not understood leaves the rule undecided and costs nothing else', () => {
  const { source, chains, diagnostics } = read(
    'table ip t {\n chain c {\n  tcp dport 80 xt target "TPROXY"\n  ip daddr @blocked drop\n  accept\n }\n}',
  );
  const kinds = chains[0]?.rules.map((rule) => [
    ...rule.matches.map((m) => m.test.kind),
    ...rule.targets.map((t) => t.action.kind),
  ]);
  expect(kinds).toEqual([['ports', 'unknown'], ['unknown', 'unknown'], ['accept']]);
  expect(diagnostics.map(({ span }) => textAt(source, span))).toEqual([
    'xt target "TPROXY"',
    'ip daddr @blocked drop',
  ]);
});

test('tables of other families are stepped over, unused sets too', () => {
  const { value, diagnostics } = read(
    'table bridge b {\n chain c {\n  accept\n }\n}\ntable ip t {\n set s {\n  type ipv4_addr\n  elements = { 10.0.0.1,\n   10.0.0.2 }\n }\n chain c {\n  accept\n }\n}',
  );
  expect(value.tables.map(({ name, chains }) => [name, chains.map((chain) => chain.rules.length)])).toEqual([
    ['t', [1]],
  ]);
  expect(diagnostics).toEqual([]);
});

test('any text is read without throwing or standing still', () => {
  const word = fc.constantFrom(
    'table',
    'inet',
    't',
    '{',
    '}',
    'chain',
    'c',
    '\n',
    ';',
    'type',
    'nat',
    'hook',
    'policy',
    '"',
    '#',
    'add',
    'rule',
    'ip',
    'daddr',
    '!=',
    'index',
    '(',
    ',',
    'set',
    'mark',
  );
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const { source, diagnostics } = read(words.join(' '));
      for (const { span } of diagnostics) expect(span.to).toBeLessThanOrEqual(source.text.length);
    }),
    { numRuns: 500 },
  );
});

test('of an iptables extension nft prints the name alone: that match stays open, the rest is read', () => {
  const { chains, diagnostics } = read(
    'table ip t {\n chain c {\n  xt match "owner" counter packets 1 bytes 2 jump d\n  xt target "LOG"\n }\n chain d {\n }\n}',
  );
  expect(
    chains[0]?.rules.map(({ matches, targets }) => [
      matches.map(({ test }) => test.kind),
      targets.map(({ action }) => action.kind),
    ]),
  ).toEqual([
    [['unknown'], ['jump']],
    [[], ['continue']],
  ]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['rules.extension.hidden', 'rules.extension.hidden']);
});

test('what is looked up is an action for each element', () => {
  const { chains } = read(`table inet t {
 set low { type inet_service; flags interval; elements = { 1-1023 } }
 map ways { type ipv4_addr . inet_service : verdict; elements = { 10.0.0.1 . 80 comment "x" : goto d, 10.0.0.2 . 443 : drop } }
 chain c {
  tcp dport @low ip daddr . tcp dport vmap @ways
  dnat ip to tcp dport map { 80 : 10.0.0.9 . 8080, 81: 10.0.0.8 }
 }
 chain d {
 }
}`);
  const [first, second] = chains[0]?.rules ?? [];
  expect(first?.matches[0]?.test).toMatchObject({ kind: 'ports', ranges: [{ from: 1, to: 1023 }] });
  expect(first?.targets[0]?.action).toMatchObject({
    kind: 'map',
    entries: [
      { tests: [{ kind: 'destination' }, { kind: 'ports' }], action: { kind: 'goto', chain: 'd' } },
      { tests: [{ kind: 'destination' }, { kind: 'ports' }], action: { kind: 'drop' } },
    ],
  });
  expect(second?.targets[0]?.action).toMatchObject({
    kind: 'map',
    entries: [
      { action: { to: { addresses: { from: { text: '10.0.0.9' } }, ports: { from: 8080, to: 8080 } } } },
      { action: { to: { addresses: { from: { text: '10.0.0.8' } }, ports: null } } },
    ],
  });
});

test('nothing is in an empty set, and a set that is not there stays open', () => {
  const { chains } = read(`table ip t {
 set none { type ipv4_addr; flags dynamic; }
 map no { type ipv4_addr . inet_service : verdict; }
 chain c {
  ip daddr @none drop
  ip daddr . tcp dport vmap @no
  ip daddr @elsewhere drop
 }
}`);
  expect(
    chains[0]?.rules.map(({ matches, targets }) => [
      ...matches.map(({ test }) => test),
      ...targets.map(({ action }) => action),
    ]),
  ).toMatchObject([
    [{ kind: 'any-of', alternatives: [] }, { kind: 'drop' }],
    [{ kind: 'map', entries: [] }],
    [{ kind: 'unknown' }, { kind: 'unknown' }],
  ]);
});

/** The kinds of what one rule holds. */
function kinds(rule: string, table = 'ip filter'): string[] {
  const { chains, diagnostics } = read(`table ${table} {\n chain C {\n  ${rule}\n }\n}`);
  const [only] = chains[0]?.rules ?? [];
  return [
    ...(only?.matches ?? []).map(({ test }) =>
      test.kind === 'unknown' ? `${test.reason}: ${test.name}` : test.kind,
    ),
    ...(only?.targets ?? []).map(({ action }) => action.kind),
    ...diagnostics.map(({ code }) => code),
  ];
}

test.each([
  ['limit rate over 5/minute burst 5 packets drop', ['runtime: limit', 'drop']],
  ['limit rate 10 mbytes/second burst 100 kbytes accept', ['runtime: limit', 'accept']],
  ['ct count over 20 tcp dport 80 reject with tcp reset', ['runtime: ct count', 'ports', 'reject']],
  ['numgen random mod 100 < 33 accept', ['runtime: numgen random mod 100', 'accept']],
  ['ip ttl 1 meta length 100-200 drop', ['runtime: ip ttl', 'runtime: meta length', 'drop']],
  ['meta length > 100 tcp option maxseg size set rt mtu', ['runtime: meta length', 'continue']],
  ['quota over 10 mbytes used 0 bytes drop', ['runtime: quota', 'drop']],
  [
    'log prefix "a b" level warn flags tcp sequence,options meta mark set 0x1 accept',
    ['continue', 'mark', 'accept'],
  ],
  [
    'update @seen { ip saddr timeout 1h } dup to 10.0.0.1 ip dscp set 0x0a accept',
    ['continue', 'continue', 'continue', 'accept'],
  ],
  [
    'ct original protocol 6 ip frag-off & 0x1fff != 0 tcp flags ! syn,ack drop',
    ['ct-protocol', 'fragment', 'tcp-flags', 'drop'],
  ],
  ['reject with icmpx type port-unreachable', ['reject']],
])('%s', (rule, expected) => {
  expect(kinds(rule)).toEqual(expected);
});

/** The mark that such a table's rule saves. */
function saved(table: string) {
  const { chains } = read(`table ${table} {\n chain C {\n  ct mark set mark and 0xff\n }\n}`);
  return chains[0]?.rules[0]?.targets[0]?.action;
}

test('what nft prints of iptables’ rules means what iptables means', () => {
  const translated = 'skuid != 1000 ct mark set mark and 0xff';
  expect(kinds(translated)).toEqual(['uid', 'connmark-save']);
  expect(kinds(translated, 'inet t')).toEqual(['socket-file', 'uid', 'connmark-save']);
  expect(kinds('meta skuid != 1000 accept')).toEqual(['socket-file', 'uid', 'accept']);
  expect(saved('ip mangle')).toMatchObject({ nfmask: 0xff, ctmask: 0xff });
  expect(saved('inet t')).toMatchObject({ nfmask: 0xff, ctmask: 0xffffffff });
});

test('an interface with a star is one with a plus', () => {
  const { chains } = read('table inet t {\n chain c {\n  iifname "eth*" accept\n }\n}');
  expect(chains[0]?.rules[0]?.matches[0]?.test).toEqual({ kind: 'in-interface', names: ['eth+'] });
});

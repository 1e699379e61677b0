// Rules as they come out of other tools, and with what does not belong between them.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Source } from '../../base/source.ts';
import type { Document } from '../document.ts';
import { parseDocuments } from '../parse.ts';
import { ruleText } from './print.ts';

const SAVE = [
  '*nat',
  ':PREROUTING ACCEPT [0:0]',
  ':OUTPUT ACCEPT [0:0]',
  ':CATCH - [0:0]',
  '-A OUTPUT -p tcp -j CATCH',
  '-A CATCH ! -d 127.0.0.1/32 -o lo -p tcp -m comment --comment "to -> here" -m tcp ! --dport 15008 -j RETURN',
  '-A CATCH -m owner ! --uid-owner 1337 -j REDIRECT --to-ports 15001',
  'COMMIT',
];
const LISTING = [
  '-P OUTPUT ACCEPT',
  '-N CATCH',
  '-A OUTPUT -p tcp -j CATCH',
  '-A CATCH ! -d 127.0.0.1/32 -o lo -p tcp -j REDIRECT --to-ports 15001',
];
const ROWS = [
  'Chain OUTPUT (policy ACCEPT 12 packets, 720 bytes)',
  ' pkts bytes target     prot opt in     out     source               destination',
  '   12   720 CATCH      tcp  --  *      *       0.0.0.0/0            0.0.0.0/0',
  'Chain CATCH (1 references)',
  ' pkts bytes target     prot opt in     out     source               destination',
  '    3   180 RETURN     all  --  *      lo      0.0.0.0/0           !127.0.0.1            owner UID match 1337',
];

function read(lines: readonly string[]): { source: Source; documents: Document[] } {
  const source = { name: 'pod', text: `${lines.join('\n')}\n` };
  return { source, documents: parseDocuments(source) };
}

/** All rules as iptables-save spells them, chain by chain. */
function rules(lines: readonly string[]): string[] {
  const { source, documents } = read(lines);
  return documents.flatMap(({ content }) =>
    content.kind !== 'ruleset'
      ? []
      : content.ruleset.tables.flatMap(({ name, chains }) =>
          chains.flatMap((chain) =>
            chain.rules.map((rule) => `${name} ${chain.name} ${ruleText(rule, source)}`),
          ),
        ),
  );
}

test.each([
  ['kubectl logs --timestamps', (line: string) => `2024-05-01T08:00:00.123456789Z ${line}`],
  ['a container runtime’s log', (line: string) => `2024-05-01T08:00:00.123+02:00 stdout F ${line}`],
  ['istio-init', (line: string) => `2024-05-01T08:00:00.123456Z\tinfo\t${line}`],
  ['kubectl logs --prefix', (line: string) => `[pod/shop-6d4cf56db6-x2x7q/istio-init] ${line}`],
  ['stern', (line: string) => `shop-6d4cf56db6-x2x7q istio-init ${line}`],
  ['docker compose', (line: string) => `shop-1  | ${line}`],
  ['grep -n', (line: string, i: number) => `${i + 1}:${line}`],
  ['grep -n with context', (line: string, i: number) => `rules.v4-${i + 1}-${line}`],
  ['a quotation', (line: string) => `> ${line}`],
])('%s', (_, put) => {
  for (const lines of [SAVE, LISTING, ROWS]) expect(rules(lines.map(put))).toEqual(rules(lines));
  expect(rules(SAVE)).toHaveLength(3);
});

test('a page’s source and a word processor', () => {
  const escaped = SAVE.map((line) =>
    line.replaceAll('&', '&amp;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  );
  const typeset = SAVE.map((line) =>
    line
      .replace(/"([^"]*)"/g, '“$1”')
      .replaceAll(' --', ' –')
      .replaceAll(/^-A/g, '–A'),
  );
  expect(rules(escaped)).toEqual(rules(SAVE));
  expect(rules(typeset)).toEqual(rules(SAVE));
});

test('commands with sudo, continued lines and options of their own', () => {
  const text = [
    '$ sudo iptables -w 5 -t nat -N CATCH',
    'sudo iptables --table nat -A CATCH -p tcp \\',
    '    -m owner ! --uid-owner 1337 \\',
    '    -j REDIRECT --to-ports 15001',
    'iptables-legacy -t nat -A CATCH -j DROP',
    'iptables -t nat -D CATCH 2',
    'iptables -t nat -A CATCH -p udp -j ACCEPT',
    'iptables -t nat -R CATCH 2 -p icmp -j ACCEPT',
    'iptables -t nat -D CATCH -p nothing -j ACCEPT',
    'iptables -t nat -E CATCH TAKE',
  ];
  expect(rules(text)).toEqual([
    'nat TAKE -p tcp -m owner ! --uid-owner 1337 -j REDIRECT --to-ports 15001',
    'nat TAKE -p icmp -j ACCEPT',
  ]);
});

test('a here-document', () => {
  expect(rules(['$ iptables-restore --noflush <<EOF', ...SAVE, 'EOF'])).toEqual(rules(SAVE));
});

const rubbish = fc.oneof(
  fc.constantFrom('<<<<<<< HEAD', '...', '%%% what?', '-A', '12 34', '\u0000', '--More--', '...skipping...'),
  fc.string({ minLength: 1, maxLength: 40 }).filter((text) => !/[\n\r*:#[{$>%`~]|^\s*$|-[A-Z]/.test(text)),
);

test.each([
  ['save', SAVE],
  ['-S', LISTING],
  ['-L', ROWS],
])('rubbish anywhere costs one line: %s', (_, lines) => {
  const whole = rules(lines);
  fc.assert(
    fc.property(fc.nat(lines.length - 2), rubbish, (at, garbage) => {
      const found = rules([...lines.slice(0, at + 1), garbage, ...lines.slice(at + 1)]);
      expect(found.filter((rule) => whole.includes(rule))).toEqual(whole);
    }),
    { numRuns: 300 },
  );
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { textAt, wholeOf, type Source } from '../../base/source.ts';
import { ruleText } from './print.ts';
import type { Rule, Ruleset } from './ruleset.ts';
import { parseSave } from './save.ts';

function read(text: string) {
  const source: Source = { name: 'pod', text };
  return { source, ...parseSave(source, wholeOf(source), null) };
}

function rulesOf(ruleset: Ruleset, table: string, chain: string): readonly Rule[] {
  const found = ruleset.tables.find(({ name }) => name === table);
  return found?.chains.find(({ name }) => name === chain)?.rules ?? [];
}

test('a rule keeps its line, and each match and target its words', () => {
  const { source, value } = read(
    '*nat\n-A OUTPUT ! -d 127.0.0.1/32 -p tcp -m tcp ! --dport 15008 -j REDIRECT --to-ports 15001\nCOMMIT\n',
  );
  const [rule] = rulesOf(value, 'nat', 'OUTPUT');
  expect(rule?.matches.map(({ span, negated }) => [textAt(source, span), negated])).toEqual([
    ['! -d 127.0.0.1/32', true],
    ['-p tcp', false],
    ['! --dport 15008', true],
  ]);
  expect(rule?.targets.map(({ span }) => textAt(source, span))).toEqual(['-j REDIRECT --to-ports 15001']);
  expect(textAt(source, rule?.span ?? { from: 0, to: 0 })).toMatch(/^-A OUTPUT .* 15001$/);
});

test('what is not understood keeps its words and is no certainty', () => {
  const { source, value, diagnostics } = read(
    '*filter\n-A INPUT -m quic --quic-version 1 ! -i eth0 -j LOG\n-A INPUT -p tcp --frob 1 -j DNAT --to-destination nowhere\n',
  );
  const [limited, queued] = rulesOf(value, 'filter', 'INPUT');
  expect(limited?.matches.map(({ test, span }) => [test.kind, textAt(source, span)])).toEqual([
    ['unknown', '-m quic --quic-version 1'],
    ['in-interface', '! -i eth0'],
  ]);
  expect(queued?.targets.map(({ action }) => action.kind)).toEqual(['unknown']);
  expect(diagnostics.map(({ code }) => code)).toEqual([
    'rules.match.unsupported',
    'rules.match.unsupported',
    'rules.target.unknown',
  ]);
});

test.each([
  [
    '-m limit --limit 5/min --limit-burst 7',
    'limit',
    [
      ['--limit', '5/min'],
      ['--limit-burst', '7'],
    ],
  ],
  [
    '-m statistic --mode random ! --probability 0.5',
    'statistic',
    [
      ['--mode', 'random'],
      ['! --probability', '0.5'],
    ],
  ],
  ['-m set ! --match-set blocked src,dst', 'set', [['! --match-set', 'blocked', 'src,dst']]],
  [
    '-m recent --update --seconds 60 --name ssh --rsource',
    'recent',
    [['--update'], ['--seconds', '60'], ['--name', 'ssh'], ['--rsource']],
  ],
  [
    '-m string --algo bm --string "GET /" --icase',
    'string',
    [['--algo', 'bm'], ['--string', 'GET /'], ['--icase']],
  ],
  ['-m policy --dir in --pol ipsec --strict', 'policy', [['--dir', 'in'], ['--pol', 'ipsec'], ['--strict']]],
  ['-m ttl --ttl-gt 64', 'ttl', [['--ttl-gt', '64']]],
  ['-m u32 --u32 "0>>22&0x3C@12>>16=0x1"', 'u32', [['--u32', '0>>22&0x3C@12>>16=0x1']]],
])('%s is understood, and no paste decides it', (words, name, options) => {
  const { value, diagnostics, source } = read(
    `*filter\n-A INPUT -p tcp ${words} -i eth0 -j NFQUEUE --queue-num 1\n`,
  );
  expect(diagnostics).toEqual([]);
  const [, match, input] = rulesOf(value, 'filter', 'INPUT')[0]?.matches ?? [];
  expect(match && textAt(source, match.span)).toBe(words);
  expect(input?.test.kind).toBe('in-interface');
  expect(match?.test).toMatchObject({
    kind: 'unknown',
    reason: 'runtime',
    name,
    options: options.map(([option = '', ...values]) => ({
      name: option.replace('! ', ''),
      values,
      negated: option.startsWith('!'),
    })),
  });
});

test('what rules have in common is held once', () => {
  const { value } = read(
    '*nat\n-A A -p tcp -m tcp --dport 80 -j DROP\n-A A -p tcp -m tcp --dport 80 -j DROP\n',
  );
  const [a, b] = rulesOf(value, 'nat', 'A');
  expect(a?.matches.map(({ test }) => test)).toEqual(b?.matches.map(({ test }) => test));
  expect(a?.matches[1]?.test).toBe(b?.matches[1]?.test);
  expect(a?.matches[1]?.span).not.toEqual(b?.matches[1]?.span);
});

test('garbage in the middle costs one line', () => {
  const { value, diagnostics, source } = read(
    '*nat\n:OUTPUT ACCEPT [1:60]\n<<<<<<< HEAD\n-A OUTPUT -j ACCEPT\n',
  );
  expect(rulesOf(value, 'nat', 'OUTPUT')).toHaveLength(1);
  expect(diagnostics.map(({ code, span }) => [code, textAt(source, span)])).toEqual([
    ['rules.line', '<<<<<<< HEAD'],
  ]);
});

test('each line above the first table is told of: a broken header loses none silently', () => {
  const lines = ['*m angle', ':OUTPUT ACCEPT [0:0]', '-A OUTPUT -j ACCEPT', '[1:60] -A OUTPUT -j DROP'];
  const { diagnostics, source } = read(`${lines.join('\n')}\n*nat\nCOMMIT\n`);
  expect(diagnostics.map(({ span }) => textAt(source, span))).toEqual(lines);
});

test('-I puts a rule where it says; numbers count from 1', () => {
  const { source, value } = read(
    '* mangle\n-N IN\n-A IN -j ACCEPT\n-I IN 1 -i lo -j RETURN\n-I IN -i eth0 -j RETURN\n',
  );
  expect(rulesOf(value, 'mangle', 'IN').map((rule) => `${rule.number} ${ruleText(rule, source)}`)).toEqual([
    '1 -i eth0 -j RETURN',
    '2 -i lo -j RETURN',
    '3 -j ACCEPT',
  ]);
});

test('old spellings mean the same', () => {
  const { value, source } = read(
    '*mangle\n-A A -p tcp --dport ! 53 -j MARK --set-mark 1337\n-A B -p 6 ! --destination-port 53 --jump MARK --set-xmark 0x539/0xffffffff\n',
  );
  const [a] = rulesOf(value, 'mangle', 'A');
  const [b] = rulesOf(value, 'mangle', 'B');
  expect(a && ruleText(a, source)).toBe(b && ruleText(b, source));
});

test('mark changes are all (mark & ~mask) ^ value', () => {
  const { value } = read(
    ['--set-mark 0x1/0x3', '--set-xmark 0x1/0x3', '--and-mark 0xf0', '--or-mark 0x6', '--xor-mark 0x5']
      .map((change) => `-A A -j MARK ${change}`)
      .join('\n')
      .replace(/^/, '*mangle\n'),
  );
  const after = rulesOf(value, 'mangle', 'A').map(({ targets: [target] }) =>
    target?.action.kind === 'mark'
      ? (((0x1234 & ~target.action.mask) ^ target.action.value) >>> 0).toString(16)
      : '',
  );
  // 0x1234 with its low bits 100: to 01, to 01, kept under f0, with 110, with 101 flipped
  expect(after).toEqual(['1235', '1235', '30', '1236', '1231']);
});

test('two dumps one after another: the addresses tell the family, and a later table replaces an earlier one', () => {
  const { value } = read(
    '*nat\n-A OUTPUT -d 127.0.0.1/32 -j RETURN\nCOMMIT\n*nat\n-A OUTPUT -d ::1/128 -j RETURN\nCOMMIT\n',
  );
  expect(value.tables.map(({ family, name }) => `${family} ${name}`)).toEqual(['ip nat', 'ip6 nat']);
  const { value: replaced } = read('*nat\n-A OUTPUT -j ACCEPT\nCOMMIT\n*nat\n:OUTPUT DROP [0:0]\nCOMMIT\n');
  expect(rulesOf(replaced, 'nat', 'OUTPUT')).toHaveLength(0);
});

test('a jump to a chain that was not pasted is told', () => {
  const { diagnostics } = read('*nat\n-A OUTPUT -j ELSEWHERE\nCOMMIT\n');
  expect(diagnostics.map(({ code, parameters }) => [code, parameters['chain']])).toEqual([
    ['rules.chain.missing', 'ELSEWHERE'],
  ]);
});

const word = fc.constantFrom(
  '*nat',
  '\n',
  ':OUTPUT ACCEPT [0:0]',
  '-A',
  'OUTPUT',
  '!',
  '-d',
  '::1/128',
  '10.0.0.0/8',
  '-m',
  'tcp',
  'owner',
  '--uid-owner',
  '--dport',
  '99999',
  '-j',
  'DNAT',
  '--to-destination',
  '"',
  'REDIRECT',
  '-c',
  'COMMIT',
  '[1:2]',
  '-P',
);

test('any text is read without throwing, and every span lies inside it', () => {
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const { value, diagnostics, source } = read(words.join(' '));
      const rules = value.tables.flatMap(({ chains }) => chains.flatMap((chain) => chain.rules));
      const spans = [
        ...diagnostics.map(({ span }) => span),
        ...rules.flatMap((rule) => [
          rule.span,
          ...rule.matches.map((m) => m.span),
          ...rule.targets.map((t) => t.span),
        ]),
      ];
      for (const { from, to } of spans) {
        expect(from).toBeLessThanOrEqual(to);
        expect(to).toBeLessThanOrEqual(source.text.length);
      }
    }),
    { numRuns: 500 },
  );
});

test('what is printed reads back as the same rule', () => {
  const text =
    '*nat\n-A OUTPUT -s 10.0.0.0/8 ! -o eth+ -p tcp -m multiport --dports 80,8000:9000 -m owner --gid-owner 1-9 -m conntrack ! --ctstate NEW,DNAT -j DNAT --to-destination 10.1.2.3:80-90';
  const { source, value } = read(text);
  const [rule] = rulesOf(value, 'nat', 'OUTPUT');
  expect(`*nat\n-A OUTPUT ${rule ? ruleText(rule, source) : ''}`).toBe(text);
});

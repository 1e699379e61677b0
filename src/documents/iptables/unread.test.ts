import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { textAt, wholeOf, type Source } from '../../base/source.ts';
import type { RulesFamily } from './family.ts';
import { kindsOf, type Deed, type Rule } from './ruleset.ts';
import { parseSave } from './save.ts';

const CHAINS = '*nat\n:OUTPUT ACCEPT [0:0]\n:KUBE-SVC - [0:0]\n:KUBE-SEP - [0:0]\n';

/** So many rules that shapes are learned of those behind them. */
const MANY = Array.from({ length: 100 }, () => '-A OUTPUT -j ACCEPT');

function read(lines: readonly string[], family: RulesFamily | null = null) {
  const source: Source = { name: 'node', text: `${CHAINS}${lines.join('\n')}\nCOMMIT\n` };
  const { value, diagnostics } = parseSave(source, wholeOf(source), family);
  const rules = value.tables
    .flatMap(({ chains }) => chains)
    .flatMap((chain) => chain.rules.map((rule) => ({ chain: chain.name, rule })))
    .toSorted((a, b) => a.rule.span.from - b.rule.span.from);
  return { source, rules, diagnostics };
}

/** What a rule says, and with which words. */
function told(source: Source, chain: string, { matches, targets, counters, span }: Rule): unknown {
  const words = <T extends { span: Rule['span'] }>(list: readonly T[]) =>
    list.map((each) => ({ ...each, span: textAt(source, each.span) }));
  return { chain, line: textAt(source, span), matches: words(matches), targets: words(targets), counters };
}

/** The kinds of what a rule asks and does. */
function kinds({ matches, targets }: Deed): unknown {
  return [matches.map(({ test, negated }) => [test.kind, negated]), targets.map(({ action }) => action.kind)];
}

const host = fc.constantFrom(
  '10.0.0.1/32',
  '10.0.0.0/8',
  '10.1.2.3',
  '300.1.1.1',
  '10.0.0.1/33',
  'web',
  'fd00::1/128',
  'fd00::g',
  '1:2:3:4:5:6:7:8',
  '::',
);
const port = fc.constantFrom('80', '65535', '65536', '0', 'http', 'nonsense', '08', '1:2');
const name = fc.constantFrom('KUBE-SVC', 'KUBE-SEP', 'GONE', 'ACCEPT', 'DNAT', 'RETURN', '-j', '!');
const said = fc.constantFrom('"a/b:web cluster IP"', 'bare', '"with \\" quote"', '"-j DROP"', '"', '--dport');
const rule = fc.oneof(
  fc
    .tuple(host, port, said, name)
    .map(
      ([at, to, text, chain]) =>
        `-A KUBE-SVC -d ${at} -p tcp -m comment --comment ${text} -m tcp --dport ${to} -j ${chain}`,
    ),
  fc
    .tuple(host, said, name)
    .map(([at, text, chain]) => `-A KUBE-SEP ! -s ${at} -m comment --comment ${text} -g ${chain}`),
  fc
    .tuple(host, port)
    .map(([at, to]) => `[5:300] -A KUBE-SEP -p tcp -m tcp -j DNAT --to-destination ${at}:${to}`),
  fc
    .tuple(fc.constantFrom('0x1/0x1', '0x4000', '1', '012', '4294967296', 'x', '0x123456789'), name)
    .map(([mark, chain]) => `-A OUTPUT -m mark ! --mark ${mark} -j ${chain}`),
  fc
    .tuple(fc.constantFrom('0.5', 'often', '-1'), name)
    .map(([share, chain]) => `-A OUTPUT -m statistic --mode random --probability ${share} -j ${chain}`),
  fc
    .tuple(fc.constantFrom('eth0', 'cali+', '!', '"eth 0"'), port)
    .map(([at, to]) => `-A OUTPUT -o ${at} -p tcp -j REDIRECT --to-ports ${to}`),
);

const six = fc
  .tuple(
    fc.constantFrom(
      'fd00::1',
      '::',
      '::1',
      '1:2:3:4:5:6:7:8',
      'fd00::g',
      '1::2::3',
      '::ffff:1.2.3.4',
      '1:2:3',
    ),
    fc.constantFrom('[*]:80', '[*]', '*', '[*]:70000', '[*', '*]:80', '[*]:'),
    fc.constantFrom('DNAT --to-destination', 'SNAT --to-source'),
  )
  .map(([host6, form, to]) => `-A OUTPUT -p tcp -m tcp -j ${to} ${form.replace('*', host6)}`);

test.each([
  [null, rule],
  ['ip6' as const, six],
])('a rule says the same whether or not rules of its shape were read before it: %s', (family, arbitrary) => {
  fc.assert(
    fc.property(fc.array(arbitrary, { minLength: 2, maxLength: 40 }), (lines) => {
      const together = read([...MANY, ...lines], family);
      const alone = lines.map((line) => read([line], family));
      expect(
        together.rules.slice(MANY.length).map(({ chain, rule: each }) => told(together.source, chain, each)),
      ).toEqual(
        alone.flatMap(({ source, rules }) => rules.map(({ chain, rule: each }) => told(source, chain, each))),
      );
      const reported = ({ source, diagnostics }: ReturnType<typeof read>) =>
        diagnostics.map(({ code, span, parameters }) =>
          JSON.stringify([code, textAt(source, span), parameters]),
        );
      const all = alone.flatMap(reported).toSorted();
      expect(reported(together).toSorted()).toEqual(all);
    }),
    { numRuns: 200 },
  );
});

test('what is said of a rule before its words are read is what they say', () => {
  fc.assert(
    fc.property(fc.array(rule, { minLength: 10, maxLength: 60 }), (lines) => {
      for (const { rule: each } of read([...MANY, ...lines, ...lines]).rules) {
        const told = { like: kinds(kindsOf(each)), jumps: each.targets };
        const { matches, targets } = { matches: each.matches, targets: each.targets };
        expect(told).toEqual({ like: kinds({ matches, targets }), jumps: targets });
      }
    }),
    { numRuns: 100 },
  );
});

test('a rule of very many options is read', () => {
  const { rules } = read([`-A OUTPUT ${'-m mark --mark 0x1/0x1 '.repeat(20_000)}-j ACCEPT`]);
  expect(rules.map(({ rule: each }) => each.matches.length)).toEqual([20_000]);
});

test('a chain that is removed is missing for the rules before, too', () => {
  const { diagnostics } = read([...MANY, '-A OUTPUT -j KUBE-SVC', '-A OUTPUT -j KUBE-SVC', '-X KUBE-SVC']);
  expect(diagnostics.map(({ code }) => code)).toEqual(['rules.chain.missing', 'rules.chain.missing']);
});

import { expect, it } from 'vitest';
import { wordsOf } from '../../i18n/languages.ts';
import { partAt, partsOfRule } from './rule-words.ts';

const RULE =
  '-A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -p tcp -m tcp ! --dport 15053 -m owner --uid-owner 1337 -j ISTIO_IN_REDIRECT';

it('tells each part of a rule apart, with its negation', () => {
  expect(partsOfRule(RULE).map(({ text, negated, meaning }) => [text, negated, meaning.code])).toEqual([
    ['-A ISTIO_OUTPUT', false, 'rule.append'],
    ['! -d 127.0.0.1/32', true, 'rule.destination'],
    ['-o lo', false, 'rule.out'],
    ['-p tcp', false, 'rule.protocol'],
    ['-m tcp', false, 'rule.match'],
    ['! --dport 15053', true, 'rule.dport'],
    ['-m owner', false, 'rule.match'],
    ['--uid-owner 1337', false, 'rule.uid'],
    ['-j ISTIO_IN_REDIRECT', false, 'rule.target.chain'],
  ]);
  for (const { from, to, text } of partsOfRule(RULE)) expect(RULE.slice(from, to)).toBe(text);
});

it('reads a negation behind the option too, quoted values, and options without one', () => {
  const parts = partsOfRule(
    '-A OUT -d ! 10.0.0.0/8 -m comment --comment "to the \\"mesh\\"" --syn -j RETURN',
  );
  expect(parts.map(({ meaning, negated }) => [meaning.code, negated, meaning.parameters['value']])).toEqual([
    ['rule.append', false, 'OUT'],
    ['rule.destination', true, '10.0.0.0/8'],
    ['rule.match', false, 'comment'],
    ['rule.comment', false, '"to the \\"mesh\\""'],
    ['rule.syn', false, ''],
    ['rule.target.RETURN', false, 'RETURN'],
  ]);
});

it('finds nothing in prose and logs', () => {
  expect(partsOfRule('run it with -p 80 -d and see')).toEqual([]);
  expect(partAt('[2022-12-17T09:30:41.888Z] "GET / HTTP/1.1" 200', 5)).toBeNull();
});

it('knows the key under the pointer, however it is spelt', () => {
  expect(partAt('   "use_original_dst": true,', 8)?.meaning.code).toBe('key.useOriginalDst');
  expect(partAt('  useOriginalDst: true', 4)?.meaning.code).toBe('key.useOriginalDst');
});

it.each(['en', 'zh'] as const)('has words for every part: %s', (locale) => {
  const { knows } = wordsOf(locale);
  const rules = [
    RULE,
    '-A PREROUTING -p tcp -m tcp --sport 1 -i eth0 -s 10.0.0.1 -j TPROXY --on-port 15006 --on-ip 0.0.0.0 --tproxy-mark 0x539/0xffffffff',
    '-A OUT -m connmark --mark 0x539 -m conntrack --ctstate RELATED,ESTABLISHED --ctdir ORIGINAL -j CONNMARK --restore-mark',
    '-A OUT -m set --match-set web dst -m addrtype --dst-type LOCAL --src-type LOCAL -j DNAT --to-destination 10.0.0.1:80',
  ];
  const codes = rules.flatMap(partsOfRule).map(({ meaning }) => meaning.code);
  expect(codes.filter((code) => !knows(code))).toEqual([]);
});

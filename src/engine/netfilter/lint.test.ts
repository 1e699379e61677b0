// What is said of a rule must hold for every packet: the walk is asked.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseEndpoint } from '../../base/ip.ts';
import { textAt, wholeOf, type Source } from '../../base/source.ts';
import { parseSave } from '../../documents/iptables/save.ts';
import type { Ruleset } from '../../documents/iptables/ruleset.ts';
import { createConntrack } from './conntrack.ts';
import { labHost } from './lab.ts';
import { lint } from './lint.ts';
import { receive } from './walk.ts';

function sourceOf(rules: readonly string[]): Source {
  return { name: 'pod', text: `*filter\n:INPUT ACCEPT [0:0]\n:X - [0:0]\n${rules.join('\n')}\nCOMMIT\n` };
}

function rulesetOf(source: Source): Ruleset {
  return parseSave(source, wholeOf(source), 'ip').value;
}

/** `unreachable 2 by 1`, a line a fact. */
function facts(...rules: string[]): string[] {
  return lint(rulesetOf(sourceOf(rules))).map(
    ({ kind, rule, because }) => `${kind} ${rule.number} by ${because.number}`,
  );
}

describe('a rule that can never match', () => {
  test.each([
    ['behind the end', ['-A INPUT -j ACCEPT', '-A INPUT -p tcp -j DROP'], ['unreachable 2 by 1']],
    [
      'a wider prefix',
      ['-A INPUT -s 10.0.0.0/8 -j DROP', '-A INPUT -s 10.2.0.0/16 -p tcp -j ACCEPT'],
      ['shadowed 2 by 1'],
    ],
    [
      'a wider range',
      ['-A INPUT -p tcp -m tcp --dport 1:99 -j DROP', '-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT'],
      ['shadowed 2 by 1'],
    ],
    [
      'an interface of that name',
      ['-A INPUT -i eth+ -j DROP', '-A INPUT -i eth0 -j ACCEPT'],
      ['shadowed 2 by 1'],
    ],
    [
      'fewer states',
      [
        '-A INPUT -m conntrack --ctstate NEW,INVALID -j DROP',
        '-A INPUT -m conntrack --ctstate NEW -j ACCEPT',
      ],
      ['shadowed 2 by 1'],
    ],
    [
      'the same twice',
      ['-A INPUT -p udp -j LOG', '-A INPUT -p udp -m comment --comment again -j LOG'],
      ['duplicate 2 by 1'],
    ],
  ])('%s', (_, rules, expected) => {
    expect(facts(...rules)).toEqual(expected);
  });
});

test.each([
  ['a rule that only notes', ['-A INPUT -j LOG', '-A INPUT -p tcp -j DROP']],
  ['chance', ['-A INPUT -m limit --limit 1/s -j DROP', '-A INPUT -m limit --limit 1/s -j ACCEPT']],
  [
    'a mark that may be another by then',
    [
      '-A INPUT -m mark --mark 1 -j DROP',
      '-A INPUT -j MARK --set-mark 1',
      '-A INPUT -m mark --mark 1 -j ACCEPT',
    ],
  ],
  ['another side', ['-A INPUT -s 10.0.0.0/8 -j DROP', '-A INPUT -d 10.0.0.0/8 -j ACCEPT']],
  ['what is excepted', ['-A INPUT ! -s 10.0.0.0/8 -j DROP', '-A INPUT -s 10.1.0.0/16 -j ACCEPT']],
])('%s proves nothing', (_, rules) => {
  expect(facts(...rules)).toEqual([]);
});

test('both rules are told', () => {
  const source = sourceOf(['-A INPUT -j DROP', '-A INPUT -p tcp -j ACCEPT']);
  const told = lint(rulesetOf(source)).map(({ rule, because }) => [rule, because]);
  const words = told.map((rules) => rules.map(({ span }) => textAt(source, span)));
  expect(words).toEqual([['-A INPUT -p tcp -j ACCEPT', '-A INPUT -j DROP']]);
});

const option = fc.constantFrom(
  '-s 10.20.0.0/16',
  '-s 10.20.0.78/32',
  '! -s 10.20.0.78/32',
  '-p tcp',
  '-p udp',
  '-p tcp -m tcp --dport 80',
  '-p tcp -m tcp --dport 1:100',
  '-i eth0',
  '-i eth+',
  '-m mark --mark 1',
  '-m mark ! --mark 1',
  '-m conntrack --ctstate NEW',
);
const rule = fc
  .tuple(
    fc.constantFrom('INPUT', 'INPUT', 'X'),
    fc.uniqueArray(option, { maxLength: 2, selector: (text) => text.slice(0, 4) }),
    fc.constantFrom('-j ACCEPT', '-j DROP', '-j RETURN', '-j X', '-j MARK --set-mark 1', '-j LOG'),
  )
  .filter(([chain, , target]) => chain === 'INPUT' || target !== '-j X')
  .map(([chain, options, target]) => `-A ${chain} ${options.join(' ')} ${target}`);

test('no walk meets a rule that is said to be out of reach', () => {
  fc.assert(
    fc.property(
      fc.array(rule, { maxLength: 12 }),
      fc.constantFrom('80', '443'),
      fc.constantFrom('78', '79'),
      (rules, port, host) => {
        const ruleset = rulesetOf(sourceOf(rules));
        const [src, dst] = [parseEndpoint(`10.20.0.${host}:4000`), parseEndpoint(`10.20.0.77:${port}`)];
        if (!src || !dst) throw new Error('no endpoint');
        const tuple = {
          protocol: 'tcp' as const,
          src: src.address,
          sport: src.port,
          dst: dst.address,
          dport: dst.port,
        };
        const packet = { tuple, iif: 'eth0', oif: null, mark: 0, owner: null };
        const { passes } = receive(labHost(ruleset, 'default'), createConntrack(), packet);
        const met = new Set(passes.flatMap((pass) => pass.steps.map((step) => step.rule)));
        const dead = lint(ruleset).filter(({ kind }) => kind !== 'duplicate');
        expect(dead.filter((fact) => met.has(fact.rule))).toEqual([]);
      },
    ),
    { numRuns: 400 },
  );
});

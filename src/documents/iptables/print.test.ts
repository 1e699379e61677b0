// What is printed is read again as the same rule: over the rules that tests record, and over mixtures of their parts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ruleText } from './print.ts';
import type { Rule } from './ruleset.ts';
import { parseRules } from './rules.ts';

const FOLDER = 'src/engine/netfilter/conformance/rulesets';

const LINES = readdirSync(FOLDER)
  .filter((name) => !name.includes('v6'))
  .flatMap((name) => readFileSync(join(FOLDER, name), 'utf8').split('\n'))
  .filter((line) => line.startsWith('-A '));

/** The rules of `-A X …` lines, each with the text it is printed as. */
function read(lines: readonly string[]): { readonly rule: Rule; readonly text: string }[] {
  const source = { name: '', text: `${lines.join('\n')}\n` };
  const { value } = parseRules(source, { from: 0, to: source.text.length }, 'nat', null);
  const rules = value.tables.flatMap(({ chains }) => chains.flatMap((chain) => chain.rules));
  return rules.map((rule) => ({ rule, text: ruleText(rule, source) }));
}

/** What a rule says, wherever it stands and however often it was hit. */
function meaning({ matches, targets }: Rule): unknown {
  return [matches.map(({ test, negated }) => ({ test, negated })), targets.map(({ action }) => action)];
}

function isUnderstood({ rule }: { readonly rule: Rule }): boolean {
  return !/"kind":"(?:unknown|any-of|comment)"/.test(JSON.stringify(meaning(rule)));
}

function inChain(line: string): string {
  return line.replace(/^-A \S+/, '-A X');
}

test('rules of every recorded set', () => {
  const first = read(LINES.map(inChain)).filter(isUnderstood);
  expect(first.length).toBeGreaterThan(150);
  const again = read(first.map(({ text }) => `-A X ${text}`));
  expect(again.map(({ rule }) => meaning(rule))).toEqual(first.map(({ rule }) => meaning(rule)));
});

const MATCHES = [
  '-s 10.0.0.0/8',
  '! -d 192.0.2.1/32',
  '-i eth0',
  '! -o lo',
  '-m owner --uid-owner 1337',
  '-m owner ! --gid-owner 0-5',
  '-m mark --mark 0x539/0xfff',
  '-m connmark ! --mark 0x1',
  '-m conntrack --ctstate RELATED,ESTABLISHED',
  '-m addrtype --dst-type LOCAL',
  '-p tcp -m tcp --dport 8080:8090',
  '-p udp -m udp ! --sport 53',
  '-p tcp -m multiport --dports 80,443,8000:9000',
  '-m iprange --src-range 10.0.0.1-10.0.0.9',
];
const TARGETS = [
  '-j RETURN',
  '-j DROP',
  '-g Y',
  '-j Y',
  '-j REDIRECT --to-ports 15006',
  '-j DNAT --to-destination 10.0.0.1:80',
  '-j SNAT --to-source 10.0.0.1-10.0.0.4',
  '-j MARK --set-xmark 0x539/0xffffffff',
  '-j CONNMARK --save-mark --nfmask 0xff --ctmask 0xff',
  '-j TPROXY --on-port 15006 --on-ip 127.0.0.1 --tproxy-mark 0x539/0xfff',
  '-j NETMAP --to 10.1.0.0/16',
  '',
];

test('any mixture of matches and a target', () => {
  const rule = fc.tuple(
    fc.uniqueArray(fc.constantFrom(...MATCHES), { maxLength: 4 }),
    fc.constantFrom(...TARGETS),
  );
  fc.assert(
    fc.property(rule, ([matches, target]) => {
      const [first] = read([['-A X', ...matches, target].join(' ')]);
      if (!first) throw new Error('no rule was read');
      const [again] = read([`-A X ${first.text}`]);
      expect(again && meaning(again.rule)).toEqual(meaning(first.rule));
    }),
  );
});

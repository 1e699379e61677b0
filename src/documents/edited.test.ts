// A text that was edited must read as if nothing had been read before.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { editBetween } from '../base/edit.ts';
import { readable } from '../base/reading.ts';
import { editedText, type ReadText } from './edited.ts';
import type { Chain, Rule, Ruleset } from './iptables/ruleset.ts';
import { parsePaste } from './parse.ts';

function readAnew(text: string): ReadText {
  const source = readable({ name: 'node', text });
  return { source, ...parsePaste(source) };
}

function saysOf({ number, matches, targets, counters, span }: Rule): unknown {
  return { number, matches, targets, counters, span };
}

function chainOf({ rules, ...chain }: Chain): unknown {
  return { ...chain, rules: rules.map(saysOf) };
}

function tablesOf({ tables }: Ruleset): unknown {
  return tables.map(({ chains, ...table }) => ({ ...table, chains: chains.map(chainOf) }));
}

/** All that was read, told without the objects that hold it. */
function told({ documents, commands }: ReadText): unknown {
  const content = ({ content: read }: (typeof documents)[number]) =>
    read.kind === 'ruleset' ? tablesOf(read.ruleset) : read.kind;
  return { commands, documents: documents.map((each) => ({ ...each, content: content(each) })) };
}

/** What reads well, and now and then what does not. */
function often(good: readonly string[], bad: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...good) }, fc.constantFrom(...bad));
}

const host = often(['10.0.0.1/32', '10.2.0.0/16', '192.0.2.7'], ['fd00::1/128', '300.1.1.1']);
const chain = often(['WEB', 'DB', 'INPUT'], ['UNTOLD']);
const target = often(['ACCEPT', 'WEB', 'DB', 'RETURN'], ['MISSING']);
const rule = fc
  .tuple(chain, host, fc.integer({ min: 1, max: 66_000 }), target)
  .map(
    ([on, from, port, to]) =>
      `-A ${on} -s ${from} -p tcp -m comment --comment "to ${port}" -m tcp --dport ${port} -j ${to}`,
  );
const counted = rule.map((line) => `[5:300] ${line}`);
const other = fc.constantFrom(
  '',
  '# a remark',
  'COMMIT',
  '*nat',
  ':DB - [0:0]',
  ':INPUT DROP [0:0]',
  '-D WEB 1',
  '-I WEB -j ACCEPT',
  '-A WEB -m nonsense --of 3 -j ACCEPT',
  '-A WEB -m comment --comment "text: %REQ(:PATH)%" -j ACCEPT',
  '-A WEB -m comment --comment “typeset” -j ACCEPT',
  '-A WEB -s 10.0.0.1 -j',
  'words that are no rule',
  '$ iptables -t nat -S',
);
const line = fc.oneof({ weight: 16, arbitrary: rule }, { weight: 4, arbitrary: counted }, other);

const DECLARED = ['*filter', ':INPUT ACCEPT [0:0]', ':WEB - [0:0]', ':DB - [0:0]'];

/** Enough rules for shapes to be learned. */
const MANY = Array.from(
  { length: 110 },
  (_, i) =>
    `-A ${i % 2 ? 'WEB' : 'DB'} -s 10.0.${i}.1/32 -p tcp -m comment --comment "to ${i}" -m tcp --dport ${i} -j ACCEPT`,
);

interface Edits {
  readonly at: number;
  readonly gone: number;
  readonly fresh: readonly string[];
}

function apply(lines: readonly string[], { at, gone, fresh }: Edits): readonly string[] {
  return lines.toSpliced(at % (lines.length + 1), gone, ...fresh);
}

const edits = fc.record({
  at: fc.nat(400),
  gone: fc.nat(2),
  fresh: fc.array(line, { maxLength: 2 }),
});

test('a text after edits anywhere reads as it does anew', () => {
  let taken = 0;
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 20 }),
      fc.array(edits, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom([], ['$ iptables-save']),
      fc.constantFrom([], ['', 'That is all.'], ['', '$ ip route', 'default via 10.0.0.1 dev eth0']),
      (some, changes, end, above, below) => {
        let lines: readonly string[] = [...above, ...DECLARED, ...MANY, ...some, 'COMMIT', ...below];
        let known = readAnew(lines.join(end));
        for (const change of changes) {
          lines = apply(lines, change);
          const text = lines.join(end);
          const edited = editedText(known, text);
          const anew = readAnew(text);
          if (edited) taken += 1;
          expect(told(edited ?? anew)).toEqual(told(anew));
          known = edited ?? anew;
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(taken).toBeGreaterThan(20);
});

const NODE = [...DECLARED, ...MANY, 'COMMIT', ''].join('\n');

test.each([
  ['another port', 'to 50" -m tcp --dport 50 ', 'to 50" -m tcp --dport 8443 '],
  ['another chain', '-A WEB -s 10.0.51.1/32', '-A DB -s 10.0.51.1/32'],
  ['another target', '--dport 52 -j ACCEPT', '--dport 52 -j WEB'],
  ['a rule less', /^.*--dport 53 .*\n/m, ''],
  ['a rule more', /^(?=.*--dport 54 )/m, '-A DB -d 10.9.9.9/32 -j WEB\n'],
  ['the last rule', /^.*\n(?=COMMIT)/m, '-A DB -d 10.9.9.9/32 -j RETURN\n'],
])('%s costs its line alone', (_, old, fresh) => {
  const text = NODE.replace(old, fresh);
  const known = readAnew(NODE);
  told(known);
  const edited = editedText(known, text);
  expect(edited && told(edited)).toEqual(told(readAnew(text)));
});

function isEdge(text: string, at: number): boolean {
  return at === 0 || at === text.length || text[at - 1] === '\n';
}

test('texts are told apart by whole lines', () => {
  const lines = fc.array(fc.constantFrom('a', 'ab', 'b', '', 'a\r'), { maxLength: 8 });
  fc.assert(
    fc.property(lines, lines, (one, other) => {
      const [before, after] = [one.join('\n'), other.join('\n')];
      const edit = editBetween(before, after);
      const { from, to, end } = edit ?? { from: 0, to: 0, end: 0 };
      expect([from, to].every((at) => isEdge(before, at)) && isEdge(after, end)).toBe(true);
      expect(before.slice(0, from) + after.slice(from, end) + before.slice(to)).toBe(after);
      expect(edit === null).toBe(before === after);
    }),
  );
});

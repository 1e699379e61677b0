// Every form in which a terminal prints a ruleset is the same ruleset, but for what the form hides.
// The sessions were printed by iptables 1.8.9 itself: scripts/conformance/forms.sh.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Parsed } from '../../base/diagnostic.ts';
import { wholeOf, type Source } from '../../base/source.ts';
import { listLines, parseList, startsList } from './list.ts';
import type { MatchTest } from './match.ts';
import { parseRules, rulesLines, startsRules } from './rules.ts';
import type { Chain, Ruleset, Table } from './ruleset.ts';
import { isSaveLine, parseSave, startsSave } from './save.ts';

const folder = new URL('fixtures/', import.meta.url);

interface Printed {
  readonly command: string;
  readonly source: Source;
}

function session(file: string): Printed[] {
  const blocks = readFileSync(new URL(file, folder), 'utf8').split(/^\$ /m).slice(1);
  return blocks.map((block) => {
    const end = block.indexOf('\n');
    return { command: block.slice(0, end), source: { name: file, text: block.slice(end + 1) } };
  });
}

function read({ command, source }: Printed): Parsed<Ruleset> {
  const family = command.startsWith('ip6') ? 'ip6' : 'ip';
  const table = /-t (\w+)/.exec(command)?.[1] ?? null;
  if (/-save/.test(command)) return parseSave(source, wholeOf(source), family);
  if (/ -S/.test(command)) return parseRules(source, wholeOf(source), table, family);
  return parseList(source, wholeOf(source), table, family);
}

/** What no paste decides is the same when it has the same name: listings print its options in words of their own. */
function isOpen(test: MatchTest): test is MatchTest & { kind: 'unknown' } {
  return test.kind === 'unknown' && test.reason === 'runtime';
}

/** ip6tables without -n says `anywhere` of ::/0, and of other prefixes of :: too. */
function isVague(test: MatchTest): boolean {
  return test.kind === 'unknown' && test.name === 'anywhere';
}

function isHidden(test: MatchTest): boolean {
  return INTERFACES.has(test.kind) || (test.kind === 'unknown' && test.reason === 'hidden');
}

const INTERFACES = new Set(['in-interface', 'out-interface']);

/** What a chain means, without where it stands. Names are sorted: forms order chains and matches in their own ways. */
function meaning(chain: Chain, hidden: boolean): unknown {
  const rules = chain.rules.map((rule) => ({
    number: rule.number,
    matches: rule.matches
      .filter(({ test }) => !(isVague(test) || (hidden && isHidden(test))))
      .map(({ test, negated }) => JSON.stringify(isOpen(test) ? test.name : { test, negated }))
      .toSorted(),
    actions: rule.targets.map(({ action }) => action),
  }));
  return { name: chain.name, base: chain.base, rules };
}

function meanings(table: Table | undefined, hidden: boolean): unknown[] {
  const chains = (table?.chains ?? []).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return chains.map((chain) => meaning(chain, hidden));
}

describe.each(readdirSync(folder))('%s', (file) => {
  const [save, ...others] = session(file);
  const reference = save ? read(save).value : { tables: [] };

  test.each(others.map((printed) => [printed.command, printed] as const))('%s', (command, printed) => {
    const { value, diagnostics } = read(printed);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const hidden = / -L/.test(command) && !/ -v/.test(command);
    for (const table of value.tables) {
      const same = reference.tables.find(({ name }) => name === table.name);
      expect(meanings(table, hidden)).toEqual(meanings(same, hidden));
    }
    expect(value.tables.length).toBe(/-save/.test(command) ? reference.tables.length : 1);
  });

  test('each line is known for what it is', () => {
    for (const { command, source } of session(file)) {
      const [first = '', ...lines] = source.text.trimEnd().split('\n');
      const isSave = /-save/.test(command);
      const [starts, continues] = isSave
        ? [startsSave, isSaveLine]
        : / -S/.test(command)
          ? [startsRules, rulesLines(first)]
          : [startsList, listLines(first)];
      expect([first].filter((line) => !starts(line))).toEqual([]);
      expect(lines.filter((line) => !continues(line))).toEqual([]);
    }
  });
});

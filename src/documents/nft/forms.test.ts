// Every form in which nft prints a ruleset, JSON included, is the same ruleset.
// The sessions were printed by nft itself: scripts/conformance/forms.sh.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Ruleset } from '../iptables/ruleset.ts';
import { parseDocuments } from '../parse.ts';

const folder = new URL('fixtures/', import.meta.url);

/** What is read of each command's output. */
function session(file: string): { command: string; rulesets: Ruleset[]; problems: string[] }[] {
  const blocks = readFileSync(new URL(file, folder), 'utf8').split(/^\$ /m).slice(1);
  return blocks.map((block) => {
    const documents = parseDocuments({ name: file, text: `$ ${block}` });
    return {
      command: block.slice(0, block.indexOf('\n')),
      rulesets: documents.flatMap(({ content }) => (content.kind === 'ruleset' ? [content.ruleset] : [])),
      problems: documents.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)),
    };
  });
}

/** Without places and counters: `-s` leaves those out. Sets and maps are listed in no certain order. */
function meaning(ruleset: Ruleset | undefined): unknown {
  return ruleset?.tables.map((table) => ({
    ...table,
    chains: table.chains.map(({ name, base, rules }) => ({
      name,
      base,
      rules: rules.map(({ matches, targets }) => ({
        matches: matches.map(({ test, negated }) => [sorted(test), negated]),
        actions: targets.map(({ action }) => sorted(action)),
      })),
    })),
  }));
}

function sorted(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, item: unknown) =>
      Array.isArray(item) ? item.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : item,
    ),
  );
}

describe.each(readdirSync(folder))('%s', (file) => {
  const [plain, ...others] = session(file);

  test('nothing in it is left unread', () => {
    expect(plain?.problems).toEqual([]);
    expect(JSON.stringify(plain?.rulesets)).not.toContain('"unknown"');
  });

  test.each(others.map((form) => [form.command, form] as const))('%s', (_, { rulesets, problems }) => {
    expect(problems).toEqual([]);
    expect(rulesets.length).toBe(1);
    expect(meaning(rulesets[0])).toEqual(meaning(plain?.rulesets[0]));
  });
});

// `iptables -S` output (`-P`, `-N`, `-A` lines, with `-c n n` under -v) and lists of iptables commands -> Ruleset.
// Neither prints its table unless a command says `-t`: it is given, found out from what only one table can hold, or assumed.
import type { Diagnostic, Parsed } from '../../base/diagnostic.ts';
import { cover, linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import { missingChains, TableBuilder } from './builder.ts';
import { applyCommand, readPrelude, type Prelude } from './command.ts';
import { familyOf, type RulesFamily } from './family.ts';
import { inferTable } from './infer.ts';
import { RuleReader } from './options.ts';
import { mergeRulesets, type Ruleset, type Table } from './ruleset.ts';
import { tokensOf } from './tokens.ts';

const VERB = '-(?:[AINPF]|-append|-insert|-new-chain|-policy|-flush)\\s+\\S';
const RULES_LINE = new RegExp(
  `^\\s*(?:(?:\\S*/)?ip6?tables(?:-nft|-legacy)?\\s+(?:-w\\s+|--wait\\s+|-t\\s+\\w+\\s+|\\d+\\s+)*)?${VERB}`,
);

/** Whether a line can open such a document. */
export function startsRules(line: string): boolean {
  return RULES_LINE.test(line);
}

/** Whether a line can stand inside such a document; blank and comment lines bridge. */
export function isRulesLine(line: string): boolean {
  return RULES_LINE.test(line) || /^\s*(?:#|$)/.test(line);
}

interface Command {
  readonly line: Span;
  readonly prelude: Prelude;
  /** From the program's name, when the line has one. */
  readonly family: RulesFamily | null;
}

/** The commands of one table. */
interface Section {
  readonly table: string | null;
  readonly family: RulesFamily | null;
  readonly commands: Command[];
}

/**
 * Reads the lines of the span. `table` and `family` are those of the command that printed them, null when it was
 * not pasted. A table that had to be found out or assumed is reported: `rules.table.inferred`, `rules.table.assumed`.
 */
export function parseRules(
  source: Source,
  span: Span,
  table: string | null,
  family: RulesFamily | null,
): Parsed<Ruleset> {
  const diagnostics: Diagnostic[] = [];
  const rulesets = sectionsOf(commandsOf(source, span), table, family).map((section): Ruleset => {
    const built = readSection(source, section, diagnostics);
    diagnostics.push(...missingChains(built));
    return { tables: [built] };
  });
  return { value: mergeRulesets(rulesets), diagnostics };
}

/** Splits where another `-t`, another program or the policy of a chain that already has one begins another table. */
function sectionsOf(
  commands: readonly Command[],
  table: string | null,
  family: RulesFamily | null,
): readonly Section[] {
  const sections: Section[] = [];
  const open = new Map<string, Section>();
  const policies = new Set<string>();
  for (const command of commands) {
    const { words, verbAt } = command.prelude;
    const [verb, chain] = [words[verbAt]?.text, words[verbAt + 1]?.text];
    const spoken = command.prelude.table;
    const key = `${command.family ?? ''} ${spoken ?? ''}`;
    const repeats = spoken === null && verb === '-P' && policies.has(chain ?? '');
    let section = repeats ? undefined : open.get(key);
    if (!section) {
      const given = spoken ?? (repeats ? null : table);
      section = { table: given, family: command.family ?? family, commands: [] };
      sections.push(section);
      open.set(key, section);
      policies.clear();
    }
    if (verb === '-P') policies.add(chain ?? '');
    section.commands.push(command);
  }
  return sections;
}

function commandsOf(source: Source, span: Span): Command[] {
  const commands: Command[] = [];
  for (const line of linesOf(source, span)) {
    if (/^\s*(?:#|$)/.test(textAt(source, line))) continue;
    const tokens = tokensOf(source, line);
    commands.push({ line, prelude: readPrelude(tokens), family: programFamily(tokens[0]?.text ?? '') });
  }
  return commands;
}

function programFamily(word: string): RulesFamily | null {
  return /ip6tables/.test(word) ? 'ip6' : /iptables/.test(word) ? 'ip' : null;
}

function readSection(source: Source, section: Section, diagnostics: Diagnostic[]): Table {
  const first = section.commands[0]?.line ?? { from: 0, to: 0 };
  const whole = cover(first, section.commands.at(-1)?.line ?? first);
  const text = section.commands.map(({ line }) => textAt(source, line)).join('\n');
  const commandLine = section.commands.some(({ prelude }) => prelude.table !== null);
  const { table: name, diagnostics: said } = inferTable(section.table, text, whole);
  if (!commandLine) diagnostics.push(...said);
  const table = new TableBuilder(section.family ?? familyOf(text) ?? 'ip', name);
  const reader = new RuleReader(table.family === 'ip6' ? 6 : 4);
  for (const { line, prelude } of section.commands)
    diagnostics.push(...applyCommand(table, reader, prelude, line));
  return table.build();
}

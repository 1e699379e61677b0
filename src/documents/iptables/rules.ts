// `iptables -S` output (`-P`, `-N`, `-A` lines, with `-c n n` under -v) and lists of iptables commands -> Ruleset.
// Neither prints its table unless a command says `-t`: it is given, found out from what only one table can hold, or assumed.
import { append } from '../../base/append.ts';
import type { Diagnostic, Parsed } from '../../base/diagnostic.ts';
import { cover, linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import { bareLine, foreignLength } from './bareline.ts';
import { TableBuilder } from './builder.ts';
import { readPrelude, type Prelude } from './command.ts';
import { familyOf, type RulesFamily } from './family.ts';
import { inferTable } from './infer.ts';
import { mergeRulesets, type Ruleset, type Table } from './ruleset.ts';
import { TableReader } from './table-reader.ts';
import { LineWords } from './words.ts';

const VERB =
  '[-–—]{1,2}(?:[AINPFDRXEZC]|append|insert|new-chain|policy|flush|delete|replace|delete-chain|rename-chain|zero|check)(?:\\s+\\S|\\s*$)';
const PROGRAM =
  '(?:\\S*[$#>%]\\s+)?(?:sudo\\s+)?(?:\\S*/)?ip6?tables(?:-nft|-legacy)?\\s+(?:(?:-w|--wait|-W)(?:[= ]?\\d+)?\\s+|-[vnx46]+\\s+|(?:-t|--table)[= ]?\\s*\\w+\\s+)*';
const RULES_LINE = new RegExp(`^\\s*(?:${PROGRAM})?${VERB}`);
/** Verbs that a listing begins with; the others need the program's name before them. */
const LISTED = /^\s*-(?:[ANPI]|append|insert|new-chain|-policy)\s+\S/;

/** Whether a line can open such a document. */
export function startsRules(text: string): boolean {
  const line = bareLine(text);
  return RULES_LINE.test(line) && (LISTED.test(line) || line.includes('tables'));
}

/** A test for lines inside such a document: commands, blank and comment lines, and what a backslash joins to the last. */
export function rulesLines(first: string): (line: string) => boolean {
  let joined = /\\\s*$/.test(first);
  return (line) => {
    const belongs = joined || RULES_LINE.test(bareLine(line)) || /^\s*(?:#|$)/.test(line);
    joined = belongs && /\\\s*$/.test(line);
    return belongs;
  };
}

/** Whether the line that starts there is one as `iptables -S` prints it, with no other joined to it. */
export function isPlainRule(text: string, from: number): boolean {
  if (!text.startsWith(APPENDS, from)) return false;
  const end = text.indexOf('\n', from);
  return !/\\\s*$/.test(text.slice(from, end < 0 ? text.length : end));
}

const APPENDS = '-A ';
const NO_PRELUDE: Prelude = { table: null, counters: null, verbAt: 0 };

interface Command {
  /** The whole of it, on however many lines. */
  readonly line: Span;
  readonly verb: string;
  /** Left out of an appended rule: only the chain of a policy is asked for. */
  readonly chain: string;
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
    return { tables: [readSection(source, section, diagnostics)] };
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
    const { verb, chain } = command;
    const spoken = command.prelude.table;
    const key = `${command.family ?? ''} ${spoken ?? ''}`;
    const repeats = spoken === null && verb === '-P' && policies.has(chain);
    let section = repeats ? undefined : open.get(key);
    if (!section) {
      const given = spoken ?? (repeats ? null : table);
      section = { table: given, family: command.family ?? family, commands: [] };
      sections.push(section);
      open.set(key, section);
      policies.clear();
    }
    if (verb === '-P') policies.add(chain);
    section.commands.push(command);
  }
  return sections;
}

function commandsOf(source: Source, span: Span): Command[] {
  const commands: Command[] = [];
  const words = new LineWords(source.text);
  for (const line of joinedLines(source, span)) {
    if (source.text.startsWith(APPENDS, line.from)) {
      commands.push({ line, verb: '-A', chain: '', prelude: NO_PRELUDE, family: null });
      continue;
    }
    if (/^\s*(?:#|$)/.test(textAt(source, line))) continue;
    words.read(line);
    const prelude = readPrelude(words);
    const [verb, chain] = [words.text(prelude.verbAt), words.text(prelude.verbAt + 1)];
    commands.push({ line, verb, chain, prelude, family: programFamily(words, prelude) });
  }
  return commands;
}

/** Lines, joined where a backslash at the end asks for it. */
function* joinedLines(source: Source, span: Span): Generator<Span> {
  let open: Span | null = null;
  for (const given of linesOf(source, span)) {
    const foreign: number = open ? 0 : foreignLength(textAt(source, given));
    const line: Span = { from: given.from + foreign, to: given.to };
    const whole: Span = open ? cover(open, line) : line;
    const text = textAt(source, line);
    const goesOn: boolean = /\\\s*$/.test(text) && (open !== null || RULES_LINE.test(text));
    open = goesOn ? whole : null;
    if (!open) yield whole;
  }
  if (open) yield open;
}

/** From the program's name, or `-4` and `-6` behind it. */
function programFamily(words: LineWords, { verbAt }: Prelude): RulesFamily | null {
  const said = words.raw(0, verbAt);
  if (/ip6tables|\s(?:-6|--ipv6)(?:\s|$)/.test(said)) return 'ip6';
  return /iptables/.test(said) ? 'ip' : null;
}

function readSection(source: Source, section: Section, diagnostics: Diagnostic[]): Table {
  const first = section.commands[0]?.line ?? { from: 0, to: 0 };
  const whole = cover(first, section.commands.at(-1)?.line ?? first);
  const text = section.commands.map(({ line }) => textAt(source, line)).join('\n');
  const commandLine = section.commands.some(({ prelude }) => prelude.table !== null);
  const { table: name, diagnostics: said } = inferTable(section.table, text, whole);
  if (!commandLine) append(diagnostics, said);
  const table = new TableBuilder(section.family ?? familyOf(text) ?? 'ip', name);
  const reader = new TableReader(source, table);
  for (const { line, prelude } of section.commands)
    if (!reader.appendUnread(line)) append(diagnostics, reader.apply(line, prelude));
  const built = table.build();
  append(diagnostics, reader.missingChains(built));
  return built;
}

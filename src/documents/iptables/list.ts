// `iptables -L` output, with any of -v -n -x --line-numbers, from 1.4 to 1.8.11 -> Ruleset. Columns are told by their
// words, not their place: pastes lose blanks. What a listing hides (interfaces without -v) becomes an unknown match.
// Format: iptables/nft-shared.c and xshared.c, print_rule_details and print_header.
import { append } from '../../base/append.ts';
import { diagnostic, type Diagnostic, type Parsed } from '../../base/diagnostic.ts';
import { cover, linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import { bareLine, bareRow, foreignLength } from './bareline.ts';
import { missingChains, TableBuilder } from './builder.ts';
import { policyOf } from './command.ts';
import { familyOf, type RulesFamily } from './family.ts';
import { inferTable } from './infer.ts';
import { isColumnRow, readHeader, readRow, type Columns, type Row } from './listrow.ts';
import { mergeRulesets, type Counters, type Rule, type Ruleset, type Table } from './ruleset.ts';
import { tokensOf } from './tokens.ts';

const CHAIN_LINE =
  /^\s*Chain\s+(\S+)\s+\((?:policy\s+(\w+)(?:\s+(\d+[KMGTP]?)\s+packets,\s+(\d+[KMGTP]?)\s+bytes)?|-?\d+ references)\)\s*$/;
const IGNORED = /^\s*(?:#|$)/;

/** Whether a line can open such a document: `Chain INPUT (policy ACCEPT)`. */
export function startsList(line: string): boolean {
  return CHAIN_LINE.test(bareLine(line));
}

/**
 * A test for lines inside such a document; blank and comment lines bridge. What another tool put before the first line
 * it put before the others too.
 */
export function listLines(first: string): (line: string) => boolean {
  const foreign = foreignLength(first) > 0;
  return (text) => {
    const line = foreign ? bareRow(text) : text;
    return IGNORED.test(line) || CHAIN_LINE.test(line) || isColumnRow(line);
  };
}

/** The listing of one table. */
interface Section {
  readonly table: string | null;
  readonly chains: ListedChain[];
}

interface ListedChain {
  readonly name: string;
  readonly line: Span;
  readonly rows: Span[];
}

/**
 * Reads the listings of the span. `table` and `family` are those of the command that printed them, null when it was
 * not pasted; a chain that comes again begins another table.
 */
export function parseList(
  source: Source,
  span: Span,
  table: string | null,
  family: RulesFamily | null,
): Parsed<Ruleset> {
  const diagnostics: Diagnostic[] = [];
  const rulesets = sectionsOf(source, span, table, diagnostics).map((section): Ruleset => {
    const built = readSection(source, section, family, diagnostics);
    append(diagnostics, [...hiddenInterfaces(built), ...missingChains(built)]);
    return { tables: [built] };
  });
  return { value: mergeRulesets(rulesets), diagnostics: withoutRepeats(diagnostics) };
}

function isVague({ code, parameters }: Diagnostic): boolean {
  return code === 'rules.match.unresolved' && parameters['name'] === 'anywhere';
}

/** ip6tables without -n says `anywhere` in every line: told once. */
function withoutRepeats(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const first = diagnostics.find(isVague);
  return first ? diagnostics.filter((each) => each === first || !isVague(each)) : diagnostics;
}

function sectionsOf(source: Source, span: Span, table: string | null, diagnostics: Diagnostic[]): Section[] {
  const sections: Section[] = [];
  let foreign = false;
  for (const whole of linesOf(source, span)) {
    const given = textAt(source, whole);
    foreign ||= sections.length === 0 && foreignLength(given) > 0;
    const text = foreign ? bareRow(given) : given;
    const line = { from: whole.to - text.length, to: whole.to };
    if (IGNORED.test(text)) continue;
    const name = CHAIN_LINE.exec(text)?.[1];
    let section = sections.at(-1);
    if (name === undefined) {
      const chain = section?.chains.at(-1);
      if (chain) chain.rows.push(line);
      else diagnostics.push(diagnostic('error', 'rules.line', line));
      continue;
    }
    if (!section || section.chains.some((chain) => chain.name === name))
      sections.push((section = { table: section ? null : table, chains: [] }));
    section.chains.push({ name, line, rows: [] });
  }
  return sections;
}

function readSection(
  source: Source,
  section: Section,
  given: RulesFamily | null,
  diagnostics: Diagnostic[],
): Table {
  const lines = section.chains.flatMap((chain) => [chain.line, ...chain.rows]);
  const text = lines.map((line) => textAt(source, line)).join('\n');
  const first = lines[0] ?? { from: 0, to: 0 };
  const inferred = inferTable(section.table, text, cover(first, lines.at(-1) ?? first));
  append(diagnostics, inferred.diagnostics);
  const table = new TableBuilder(given ?? familyOf(text) ?? 'ip', inferred.table);
  for (const chain of section.chains) readChain(source, table, chain, diagnostics);
  return table.build();
}

function readChain(source: Source, table: TableBuilder, chain: ListedChain, diagnostics: Diagnostic[]): void {
  const [, , policy, packets, bytes] = CHAIN_LINE.exec(textAt(source, chain.line)) ?? [];
  const counters = packets === undefined ? null : listCounters(packets, bytes ?? '0');
  table.declare(chain.name, policyOf(policy ?? ''), counters, chain.line);
  let columns: Columns | null = null;
  for (const line of chain.rows) {
    const tokens = tokensOf(source, line);
    const header = readHeader(tokens);
    if (header) columns = header;
    else
      addRule(
        table,
        chain.name,
        readRow(source, tokens, columns, table.family === 'ip6' ? 6 : 4),
        line,
        diagnostics,
      );
  }
}

function addRule(
  table: TableBuilder,
  chain: string,
  row: Row | null,
  line: Span,
  diagnostics: Diagnostic[],
): void {
  if (!row) {
    diagnostics.push(diagnostic('error', 'rules.line', line));
    return;
  }
  append(diagnostics, row.diagnostics);
  const { matches, targets } = row;
  const counters = row.counters && listCounters(row.counters[0], row.counters[1]);
  table.append(chain, { matches, targets, counters, span: line });
}

/** Told once a listing, at the first rule whose interfaces it hides. */
function hiddenInterfaces(table: Table): Diagnostic[] {
  const first = table.chains.flatMap((chain) => chain.rules).find(hidesInterfaces);
  return first ? [diagnostic('warning', 'rules.interfaces.hidden', first.span)] : [];
}

function hidesInterfaces(rule: Rule): boolean {
  return rule.matches.some(({ test }) => test.kind === 'unknown' && test.reason === 'hidden');
}

const UNITS: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 };

/** `11627`, or `698K`, which iptables rounds down to the unit (decimal; iptables/xshared.c, xtables_print_num). */
function listCounters(packets: string, bytes: string): Counters {
  const exact = /^\d+$/.test(packets + bytes);
  return { packets: unrounded(packets), bytes: unrounded(bytes), exact };
}

function unrounded(text: string): number {
  return Number.parseInt(text, 10) * (UNITS[text.at(-1) ?? ''] ?? 1);
}

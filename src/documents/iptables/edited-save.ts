// A ruleset of iptables-save, and some of its lines replaced -> what reading it anew would give. Only those lines are read;
// all other rules move to where they stand now. Where more would change than their chains' rules, null: read anew.
import type { Edit } from '../../base/edit.ts';
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import { chainsByName, type ChainsByName } from './contents.ts';
import { familySign } from './family.ts';
import type { Chain, Rule, Ruleset } from './ruleset.ts';
import { isPlainSave } from './save.ts';
import { madeOf, sectionsOf, type ReadSection } from './sections.ts';
import { movedRule, readBody, type LineReader } from './unread-rule.ts';

/** A rule that stands in one of the lines, and its chain. */
interface NewRule {
  readonly chain: string;
  readonly rule: Rule;
}

/** From where a place is told to where it stands now. */
export type Move = (span: Span) => Span;

/** Moves what stands behind the edited lines, and what holds them. */
export function movedBy({ to, end }: Edit): Move {
  const distance = end - to;
  return (span) =>
    span.to < to || distance === 0
      ? span
      : { from: span.from < to ? span.from : span.from + distance, to: span.to + distance };
}

/** Whether all of these lines are rules put behind the others, in ASCII, and speak of nothing but rules. */
export function areRules(text: string): boolean {
  if (text === '') return true;
  if (!text.endsWith('\n') || /[^\t\r\n -~]|%/.test(text)) return false;
  const source = { name: '', text };
  for (const { from } of linesOf(source, { from: 0, to: text.length }))
    if (!isPlainSave(text, from) || text[from] === ':') return false;
  return true;
}

/**
 * The ruleset as `now` has it; both texts differ by the edit alone, whose lines are rules (`areRules`). Null where the lines
 * stand in no table that is whole and plain, or where something has to be reported of them.
 */
export function editedSave(ruleset: Ruleset, was: Source, now: Source, edit: Edit): Ruleset | null {
  const sections = sectionsOf(ruleset);
  const place = sections.findLastIndex(({ from }) => from < edit.from);
  const touched = sections[place];
  if (!touched?.plain || sections.length !== ruleset.tables.length) return null;
  const before = textAt(was, edit);
  const after = textAt(now, { from: edit.from, to: edit.end });
  if (familySign(before) !== familySign(after)) return null;
  const fresh = rulesIn(now, { from: edit.from, to: edit.end }, touched);
  const gone = chainsIn(before);
  const known = chainsByName(touched.table);
  if (!fresh || ![...gone, ...fresh.map(({ chain }) => chain)].every((name) => known.get(name)?.span))
    return null;
  if (!fresh.every(({ rule }) => leadsTo(rule, known))) return null;
  return madeOf(
    sections.map((section, i) => movedSection(section, now, edit, i === place ? { gone, fresh } : null)),
  );
}

/** The names of the chains that these lines put rules into. */
function chainsIn(lines: string): readonly string[] {
  return Array.from(lines.matchAll(/^(?:\[\d+:\d+\] )?-A (\S+)/gm), ([, name = '']) => name);
}

/** The rules of these lines; null when something has to be reported. */
function rulesIn({ text }: Source, lines: Span, { rules }: ReadSection): readonly NewRule[] | null {
  const found: NewRule[] = [];
  for (const span of linesOf({ name: '', text }, lines)) {
    const line = text.slice(span.from, span.to);
    const [chain = ''] = chainsIn(line);
    const { diagnostics, ...body } = readBody(rules, line, span.from);
    if (diagnostics.length > 0) return null;
    found.push({ chain, rule: { number: 0, ...body, span } });
  }
  return found;
}

/** Whether the chain that the rule leads to is there. */
function leadsTo({ targets }: Rule, chains: ChainsByName): boolean {
  return targets.every(({ action }) => !('chain' in action) || chains.has(action.chain));
}

/** What becomes of the rules of some chains. */
interface Change {
  readonly gone: readonly string[];
  readonly fresh: readonly NewRule[];
}

function movedSection(section: ReadSection, now: Source, edit: Edit, change: Change | null): ReadSection {
  const move = movedBy(edit);
  const { table, rules, likes } = section;
  const reader: LineReader = { text: now.text, rules, likes };
  const touched = new Set(change ? [...change.gone, ...change.fresh.map(({ chain }) => chain)] : []);
  const chains = table.chains.map((chain): Chain => {
    const span = chain.span && move(chain.span);
    const cut = chain.cutBy && { cutBy: move(chain.cutBy) };
    if (!change || !touched.has(chain.name))
      return { ...chain, span, ...cut, rules: movedRules(chain.rules, edit, reader) };
    const fresh = change.fresh.filter((each) => each.chain === chain.name);
    return { ...chain, span, ...cut, rules: editedRules(chain.rules, fresh, edit, reader), identity: {} };
  });
  const { from } = move({ from: section.from, to: section.from });
  return { ...section, from, table: { ...table, chains } };
}

function movedRules(rules: readonly Rule[], { to, end }: Edit, reader: LineReader): readonly Rule[] {
  return rules.map((rule) => movedRule(rule, reader, rule.span.from < to ? 0 : end - to));
}

/** Rules of a chain stand in the order of their lines. */
function editedRules(
  rules: readonly Rule[],
  fresh: readonly NewRule[],
  { from, to, end }: Edit,
  reader: LineReader,
): readonly Rule[] {
  const above = rules.filter(({ span }) => span.from < from);
  const below = rules.filter(({ span }) => span.from >= to);
  const shift = above.length + fresh.length;
  return [
    ...above.map((rule) => movedRule(rule, reader, 0)),
    ...fresh.map(({ rule }, i): Rule => ({ ...rule, number: above.length + i + 1 })),
    ...below.map((rule, i) => movedRule(rule, reader, end - to, shift + i + 1)),
  ];
}

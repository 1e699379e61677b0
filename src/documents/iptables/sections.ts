// The tables of an iptables-save, each with where it stands and with what knows its lines again when some are edited.
import type { RuleReader } from './options.ts';
import { mergeRulesets, type Ruleset, type Table } from './ruleset.ts';
import type { Likes } from './unread-rule.ts';

/** One `*table`, and where its line starts. */
export interface ReadSection {
  readonly from: number;
  readonly table: Table;
  readonly rules: RuleReader;
  readonly likes: Likes;
  /** Whether each line stands for itself: COMMIT closes the table, and no line changes what others said. */
  readonly plain: boolean;
}

const known = new WeakMap<Ruleset, readonly ReadSection[]>();

/** The ruleset that these make; of two tables of the same name the later one counts. */
export function madeOf(sections: readonly ReadSection[]): Ruleset {
  const ruleset = mergeRulesets(sections.map(({ table }) => ({ tables: [table] })));
  known.set(ruleset, sections);
  return ruleset;
}

/** What a ruleset was made of; none where it was not read from iptables-save. */
export function sectionsOf(ruleset: Ruleset): readonly ReadSection[] {
  return known.get(ruleset) ?? [];
}

// Lines of iptables' own notation -> changes to one table. A rule that is known to read well is taken as it stands: its
// words are looked at when somebody asks for them.
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Source, Span } from '../../base/source.ts';
import { missingChains, type TableBuilder } from './builder.ts';
import { applyCommand, readPrelude, type Prelude } from './command.ts';
import { RuleReader } from './options.ts';
import type { Table } from './ruleset.ts';
import { lastWord, Shapes } from './shape.ts';
import { Likes, UnreadRule } from './unread-rule.ts';
import { LineWords } from './words.ts';

const REMOVES = /(?:^|\s)-(?:X|E|-delete-chain|-rename-chain)/;

const APPENDS = /^(?:\[\d+:\d+\] )?-A /;

const BRACKET = 0x5b;

export class TableReader {
  readonly table: TableBuilder;
  readonly words: LineWords;
  readonly rules: RuleReader;
  readonly text: string;
  readonly likes: Likes;
  private readonly shapes = new Shapes();
  /** Whether every chain that was once there stays. */
  private steady = true;
  /** Whether every rule was put behind the others of its chain. */
  private inOrder = true;

  constructor(source: Source, table: TableBuilder) {
    this.text = source.text;
    this.table = table;
    this.words = new LineWords(source.text);
    this.rules = new RuleReader(table.family === 'ip6' ? 6 : 4);
    this.likes = new Likes(this.shapes, this.rules);
  }

  /** Takes an `-A` line when it is of a shape that reads well, and the chain it jumps to is there; says whether it did. */
  appendUnread(line: Span): boolean {
    const { text } = this;
    const isRule = text.startsWith('-A', line.from) || text.charCodeAt(line.from) === BRACKET;
    const shape = isRule ? this.shapes.of(text, line) : null;
    if (shape === null) return false;
    if (shape === 'jump' && !this.table.has(lastWord(text, line.to))) return false;
    const name = text.indexOf('-A ', line.from) + 3;
    this.table.add(text.slice(name, text.indexOf(' ', name)), new UnreadRule(this, line.from, line.to));
    return true;
  }

  /** Carries out any other line. Returns what was wrong with it. */
  apply(line: Span, prelude?: Prelude): readonly Diagnostic[] {
    this.words.read(line);
    const problems = applyCommand(
      this.table,
      this.rules,
      this.words,
      prelude ?? readPrelude(this.words),
      line,
    );
    const text = this.text.slice(line.from, line.to);
    if (problems.length === 0) this.shapes.learn(text);
    this.steady &&= !REMOVES.test(text);
    this.inOrder &&= APPENDS.test(text);
    return problems;
  }

  /** Whether rules stand in their chains as their lines do in the text. */
  get standsAsWritten(): boolean {
    return this.inOrder;
  }

  /** Jumps to chains that the table, now built, does not have. */
  missingChains(built: Table): Diagnostic[] {
    return missingChains(built, (rule) => this.steady && rule instanceof UnreadRule);
  }
}

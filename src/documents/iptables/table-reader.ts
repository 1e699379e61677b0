// Lines of iptables' own notation -> changes to one table. A rule that is known to read well is taken as it stands: its
// words are looked at when somebody asks for them.
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Source, Span } from '../../base/source.ts';
import { missingChains, type TableBuilder } from './builder.ts';
import { applyCommand, readPrelude, type Prelude } from './command.ts';
import { RuleReader } from './options.ts';
import type { Deed, Table } from './ruleset.ts';
import { Shapes } from './shape.ts';
import { isTargetName } from './targetoptions.ts';
import { readBody, UnreadRule } from './unread-rule.ts';
import { LineWords } from './words.ts';

const REMOVES = /(?:^|\s)-(?:X|E|-delete-chain|-rename-chain)/;

const BRACKET = 0x5b;

export class TableReader {
  readonly table: TableBuilder;
  readonly words: LineWords;
  readonly rules: RuleReader;
  readonly text: string;
  private readonly shapes = new Shapes();
  private readonly likes = new Map<Span, Deed>();
  /** Whether every chain that was once there stays. */
  private steady = true;

  constructor(source: Source, table: TableBuilder) {
    this.text = source.text;
    this.table = table;
    this.words = new LineWords(source.text);
    this.rules = new RuleReader(table.family === 'ip6' ? 6 : 4);
  }

  /** Takes an `-A` line when it is of a shape that reads well, and the chain it jumps to is there; says whether it did. */
  appendUnread(line: Span): boolean {
    const { text } = this;
    const isRule = text.startsWith('-A', line.from) || text.charCodeAt(line.from) === BRACKET;
    const shape = isRule ? this.shapes.of(text, line.from) : null;
    if (shape === null) return false;
    if (shape === 'jump') {
      const chain = text.slice(text.lastIndexOf(' ', line.to - 1) + 1, line.to);
      if (isTargetName(chain) || !this.table.has(chain)) return false;
    }
    const name = text.indexOf('-A ', line.from) + 3;
    this.table.add(text.slice(name, text.indexOf(' ', name)), new UnreadRule(this, line));
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
    if (problems.length === 0) this.shapes.learn(this.text, line);
    this.steady &&= !REMOVES.test(this.text.slice(line.from, line.to));
    return problems;
  }

  /** What the rule asks and does from whose line the shape of that line was learned. */
  likeOf(line: Span): Deed | undefined {
    const from = this.shapes.likeOf(this.text, line.from);
    if (!from) return undefined;
    const known = this.likes.get(from) ?? readBody(this, from);
    this.likes.set(from, known);
    return known;
  }

  /** Jumps to chains that the table, now built, does not have. */
  missingChains(built: Table): Diagnostic[] {
    return missingChains(built, (rule) => this.steady && rule instanceof UnreadRule);
  }
}

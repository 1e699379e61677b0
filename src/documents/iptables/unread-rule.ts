// A rule whose line is known to read well: its words are looked at when somebody asks for them, and then kept, wherever an
// edit of other lines moves it.
import type { Span } from '../../base/source.ts';
import { readPrelude } from './command.ts';
import type { RuleBody, RuleReader } from './options.ts';
import type { Deed, Rule } from './ruleset.ts';
import type { Target } from './target.ts';
import type { Shapes } from './shape.ts';
import { LineWords } from './words.ts';

/** What reads lines of its table, one at a time. */
export interface LineReader {
  readonly text: string;
  readonly rules: RuleReader;
  readonly likes: Likes;
}

/** What rules of the same shape ask and do: one of each is read. */
export class Likes {
  private readonly shapes: Shapes;
  private readonly rules: RuleReader;
  private readonly deeds = new Map<string, Deed>();

  constructor(shapes: Shapes, rules: RuleReader) {
    this.shapes = shapes;
    this.rules = rules;
  }

  /** Of the shape that the line has. */
  of(text: string, line: Span): Deed | undefined {
    const known = this.shapes.lineLike(text, line);
    if (known === undefined) return undefined;
    const deed = this.deeds.get(known) ?? readBody(this.rules, known, 0);
    this.deeds.set(known, deed);
    return deed;
  }
}

type Body = Omit<RuleBody, 'diagnostics'>;

const words = new LineWords('');

/** A line by itself: pieces of it do not keep the whole text. */
function copyOf(text: string, { from, to }: Span): string {
  return ` ${text.slice(from, to)}`.slice(1);
}

/** Reads the words of an `-A` line that stands there. */
export function readBody(rules: RuleReader, line: string, at: number): RuleBody {
  words.readCopy(line, at);
  const { counters: before, verbAt } = readPrelude(words);
  const body = rules.read(words, verbAt + 2);
  return { ...body, counters: body.counters ?? before };
}

function movedBody(distance: number, body: Body): Body {
  if (distance === 0) return body;
  const moved = ({ from, to }: Span): Span => ({ from: from + distance, to: to + distance });
  return {
    matches: body.matches.map(({ test, negated, span }) => ({ test, negated, span: moved(span) })),
    targets: body.targets.map(({ action, span }) => ({ action, span: moved(span) })),
    counters: body.counters,
  };
}

/** The same rule, so far from where it stood. */
export function movedRule(rule: Rule, reader: LineReader, distance: number, number = rule.number): Rule {
  if (rule instanceof UnreadRule) return rule.moved(reader, distance, number);
  if (distance === 0 && number === rule.number) return rule;
  const { from, to } = rule.span;
  return { ...movedBody(distance, rule), number, span: { from: from + distance, to: to + distance } };
}

export class UnreadRule implements Rule {
  number = 0;
  /** Of the line, as two numbers: of a large ruleset hardly any place is asked for. */
  private readonly from: number;
  private readonly to: number;
  private readonly reader: LineReader;
  private body: Body | null = null;
  /** How far the line has come from where the body's places are told. */
  private distance = 0;
  private alike: Deed | null = null;

  /** From and to where the line goes: an `-A` line without the program's name before it. */
  constructor(reader: LineReader, from: number, to: number) {
    this.reader = reader;
    this.from = from;
    this.to = to;
  }

  get span(): Span {
    return { from: this.from, to: this.to };
  }

  /** The same rule where another text, which that reader reads, has it. */
  moved(reader: LineReader, distance: number, number: number): UnreadRule {
    const moved = new UnreadRule(reader, this.from + distance, this.to + distance);
    moved.number = number;
    moved.alike = this.alike;
    moved.body = this.body;
    moved.distance = this.distance + distance;
    return moved;
  }

  get matches(): Rule['matches'] {
    return this.read().matches;
  }

  get targets(): Rule['targets'] {
    return this.body ? this.read().targets : (this.jumpTarget() ?? this.read().targets);
  }

  get counters(): Rule['counters'] {
    return this.read().counters;
  }

  get like(): Deed {
    return (this.alike ??= this.reader.likes.of(this.reader.text, this.span) ?? this.read());
  }

  /** A jump is the last that its line says. */
  private jumpTarget(): readonly Target[] | null {
    const kind = this.like.targets[0]?.action.kind;
    if (kind !== 'jump' && kind !== 'goto') return null;
    const { to } = this;
    const { text } = this.reader;
    const name = text.lastIndexOf(' ', to - 1) + 1;
    const from = text.lastIndexOf(' ', name - 2) + 1;
    return [{ action: { kind, chain: text.slice(name, to) }, span: { from, to } }];
  }

  private read(): Body {
    const { text, rules } = this.reader;
    this.body = this.body
      ? movedBody(this.distance, this.body)
      : readBody(rules, copyOf(text, this.span), this.from);
    this.distance = 0;
    return this.body;
  }
}

// A rule whose line is known to read well: its words are looked at when somebody asks for them, and then kept. Lines that
// come again, as all but one do when a person edits one, are not read again.
import type { Span } from '../../base/source.ts';
import { readPrelude } from './command.ts';
import type { RuleBody, RuleReader } from './options.ts';
import type { Deed, Rule } from './ruleset.ts';
import type { Target } from './target.ts';
import type { LineWords } from './words.ts';

/** What reads lines of its table, one at a time. */
interface Reader {
  readonly text: string;
  readonly words: LineWords;
  readonly rules: RuleReader;
  /** What a rule of the same shape asks and does. */
  readonly likeOf: (line: Span) => Deed | undefined;
}

type Body = Omit<RuleBody, 'diagnostics'>;

/** What a line says, and where it stood. */
interface ReadLine {
  readonly body: Body;
  readonly at: number;
}

/** So many lines are remembered, before all are forgotten. */
const REMEMBERED = 200_000;

/** By family, then by text. */
const remembered = { 4: new Map<string, ReadLine>(), 6: new Map<string, ReadLine>() } as const;

function bodyOf(reader: Reader, line: Span): Body {
  const lines = remembered[reader.rules.family];
  const text = reader.text.slice(line.from, line.to);
  const known = lines.get(text);
  if (known) return movedBy(line.from - known.at, known.body);
  const body = readBody(reader, line);
  if (lines.size >= REMEMBERED) lines.clear();
  lines.set(text, { body, at: line.from });
  return body;
}

/** Reads the line's words, whether or not they were read before. */
export function readBody({ words, rules }: Pick<Reader, 'words' | 'rules'>, line: Span): Body {
  words.read(line);
  const { counters: before, verbAt } = readPrelude(words);
  const { matches, targets, counters } = rules.read(words, verbAt + 2);
  return { matches, targets, counters: counters ?? before };
}

function movedBy(distance: number, body: Body): Body {
  if (distance === 0) return body;
  const moved = ({ from, to }: Span): Span => ({ from: from + distance, to: to + distance });
  return {
    matches: body.matches.map(({ test, negated, span }) => ({ test, negated, span: moved(span) })),
    targets: body.targets.map(({ action, span }) => ({ action, span: moved(span) })),
    counters: body.counters,
  };
}

export class UnreadRule implements Rule {
  number = 0;
  readonly span: Span;
  private readonly reader: Reader;
  private body: Body | null = null;
  private alike: Deed | null = null;
  private jump: readonly Target[] | null = null;

  /** `line` is an `-A` line without the program's name before it. */
  constructor(reader: Reader, line: Span) {
    this.reader = reader;
    this.span = line;
  }

  get matches(): Rule['matches'] {
    return this.read().matches;
  }

  get targets(): Rule['targets'] {
    return this.body?.targets ?? this.jumpTarget() ?? this.read().targets;
  }

  get counters(): Rule['counters'] {
    return this.read().counters;
  }

  get like(): Deed {
    return (this.alike ??= this.reader.likeOf(this.span) ?? this.read());
  }

  /** A jump is the last that its line says. */
  private jumpTarget(): readonly Target[] | null {
    if (this.jump) return this.jump;
    const kind = this.like.targets[0]?.action.kind;
    if (kind !== 'jump' && kind !== 'goto') return null;
    const { text } = this.reader;
    const { to } = this.span;
    const name = text.lastIndexOf(' ', to - 1) + 1;
    const from = text.lastIndexOf(' ', name - 2) + 1;
    return (this.jump = [{ action: { kind, chain: text.slice(name, to) }, span: { from, to } }]);
  }

  private read(): Body {
    return (this.body ??= bodyOf(this.reader, this.span));
  }
}

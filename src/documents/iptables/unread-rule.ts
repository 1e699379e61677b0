// A rule whose line is known to read well: its words are looked at when somebody asks for them, and then kept.
import type { Span } from '../../base/source.ts';
import { readPrelude } from './command.ts';
import type { RuleBody, RuleReader } from './options.ts';
import type { Rule } from './ruleset.ts';
import type { LineWords } from './words.ts';

/** What reads lines of its table, one at a time. */
interface Reader {
  readonly words: LineWords;
  readonly rules: RuleReader;
}

type Body = Omit<RuleBody, 'diagnostics'>;

function readBody({ words, rules }: Reader, line: Span): Body {
  words.read(line);
  const { counters: before, verbAt } = readPrelude(words);
  const { matches, targets, counters } = rules.read(words, verbAt + 2);
  return { matches, targets, counters: counters ?? before };
}

export class UnreadRule implements Rule {
  number = 0;
  readonly span: Span;
  private readonly reader: Reader;
  private body: Body | null = null;

  /** `line` is an `-A` line without the program's name before it. */
  constructor(reader: Reader, line: Span) {
    this.reader = reader;
    this.span = line;
  }

  get matches(): Rule['matches'] {
    return this.read().matches;
  }

  get targets(): Rule['targets'] {
    return this.read().targets;
  }

  get counters(): Rule['counters'] {
    return this.read().counters;
  }

  private read(): Body {
    return (this.body ??= readBody(this.reader, this.span));
  }
}

// Rules that read well -> patterns of their shapes: the same words, but for values of the same form. A rule that fits one
// reads well too, so its words need no look before somebody asks for them: nearly all rules of a large ruleset fit a
// few. A pattern may be too narrow, never too wide: values of other forms are kept as they stand.
import type { Span } from '../../base/source.ts';
import { extensionArity } from './extensions.ts';
import { isTargetName } from './targetoptions.ts';

const BYTE = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const ADDRESS_4 = String.raw`${BYTE}(?:\.${BYTE}){3}`;
const GROUPS = String.raw`[\da-f]{1,4}(?::[\da-f]{1,4})*`;
const ADDRESS_6 = String.raw`(?:(?:[\da-f]{1,4}:){7}[\da-f]{1,4}|(?=(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}(?:[/ \]\r\n]|$))(?:${GROUPS})?::(?:${GROUPS})?)`;
/** Some of those below 65536 are left out. */
const PORT = String.raw`(?:6[0-4]\d{3}|[1-5]\d{4}|\d{1,4})`;
const NAME = String.raw`(?![-!])[\w@%.:,/*+-]+`;

const HOSTS = [`${ADDRESS_4}(?:/(?:3[0-2]|[12]?\\d))?`, `${ADDRESS_6}(?:/(?:12[0-8]|1[01]\\d|[1-9]?\\d))?`];
const MASKED = ['0x[\\da-f]{1,8}(?:/0x[\\da-f]{1,8})?', '[1-9]\\d{0,8}'];
const SOME_PORTS = [`${PORT}(?::${PORT})?(?:,${PORT}(?::${PORT})?)*`];
const ID = ['\\d{1,10}'];

/** The forms in which every value of an option is understood. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  '-s': HOSTS,
  '-d': HOSTS,
  '-i': [NAME],
  '-o': [NAME],
  '--comment': ['"[^"\\\\\\n]*"', NAME],
  '--dport': [PORT],
  '--sport': [PORT],
  '--dports': SOME_PORTS,
  '--sports': SOME_PORTS,
  '--ports': SOME_PORTS,
  '--uid-owner': ID,
  '--gid-owner': ID,
  '--mark': MASKED,
  '--set-mark': MASKED,
  '--set-xmark': MASKED,
  '--to-destination': [`${ADDRESS_4}(?::${PORT})?`, `\\[${ADDRESS_6}\\](?::${PORT})?`, ADDRESS_6],
  '--to-source': [ADDRESS_4, ADDRESS_6],
  '--to-ports': [PORT],
  '-c': ['\\d+'],
};

const RULE = /^(?:\[\d+:\d+\] )?-A \S+ (.*)$/;
const START = String.raw`(?:\[\d+:\d+\] )?-A ${NAME} `;
const END = String.raw`(?=\r?\n|$)`;

function literal(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function hasForm(form: string, value: string): boolean {
  return new RegExp(`^(?:${form}) $`).test(`${value} `);
}

/** What a value may be replaced by; itself when its option is none of those whose values are known. */
function valueForm(module: string, option: string, value: string): string {
  const forms = Object.hasOwn(FORMS, option) ? FORMS[option] : undefined;
  const known = forms ?? (extensionArity(module, option) === null ? [] : [NAME]);
  return known.find((form) => hasForm(form, value)) ?? literal(value);
}

const WORDS = /"[^"\\]*"|\S+/g;

/** The pattern of what stands behind the chain's name. */
function patternOf(words: readonly string[], jumps: boolean): string {
  let module = '';
  const patterns = words.map((word, i) => {
    const before = (words[i - 2] === '-c' ? words[i - 2] : words[i - 1]) ?? '';
    if (before === '-m' || before === '-p') module = word;
    if (jumps && i === words.length - 1) return NAME;
    return word.startsWith('-') || word === '!' ? literal(word) : valueForm(module, before, word);
  });
  return patterns.join(' ');
}

/** More shapes than that are not remembered: asking for each would cost more than reading. */
const LIMIT = 64;

/** A rule of more words is no shape of others: its pattern would be larger than what patterns may be. */
const WORDS_LIMIT = 64;

/** So many lines that fit no shape are put up with. */
const PATIENCE = 256;

/** So many rules are read sooner than patterns are made of them. */
const FEW = 100;

/** Shapes that end alike, as one pattern. */
interface Family {
  /** Each with the line it was learned from. */
  readonly patterns: Map<string, string>;
  asked: RegExp | null;
  /** The same with a group for each shape: slower. */
  told: RegExp | null;
}

function emptyFamily(): Family {
  return { patterns: new Map(), asked: null, told: null };
}

function oneOf(patterns: readonly string[]): RegExp {
  return new RegExp(`${START}(?:${patterns.join('|')})${END}`, 'y');
}

function fits(family: Family, text: string, from: number): boolean {
  if (family.patterns.size === 0) return false;
  family.asked ??= oneOf([...family.patterns.keys()]);
  family.asked.lastIndex = from;
  return family.asked.test(text);
}

/** The line from which the shape was learned that the line there fits. */
function learnedFrom(family: Family, text: string, from: number): string | undefined {
  if (family.patterns.size === 0) return undefined;
  family.told ??= oneOf([...family.patterns.keys()].map((pattern) => `${pattern}()`));
  family.told.lastIndex = from;
  const groups = family.told.exec(text);
  return groups ? [...family.patterns.values()][groups.indexOf('', 1) - 1] : undefined;
}

export class Shapes {
  private readonly jumping = emptyFamily();
  private readonly others = emptyFamily();
  /** Lines that fitted, less those that did not: where hardly any two rules are alike, it is not worth asking. */
  private worth = PATIENCE;
  private read = 0;

  /** Remembers the shape of a line whose rule was read, and of which nothing had to be reported; not of the first few. */
  learn(line: string): void {
    this.read += 1;
    if (this.read <= FEW) return;
    const words = RULE.exec(line)?.[1]?.match(WORDS) ?? [];
    const verbs = words.flatMap((word, i) => (/^-(?:j|g|-jump|-goto)$/.test(word) ? [i] : []));
    const jumps = verbs.some((at) => words[at] !== '-j' || !isTargetName(words[at + 1] ?? ''));
    if (
      this.worth < 0 ||
      words.length === 0 ||
      words.length > WORDS_LIMIT ||
      (jumps && verbs[0] !== words.length - 2)
    )
      return;
    const family = jumps ? this.jumping : this.others;
    if (family.patterns.size >= LIMIT) return;
    const pattern = patternOf(words, jumps);
    if (!new RegExp(`^${START}${pattern}$`).test(line)) return;
    if (family.patterns.has(pattern)) return;
    family.patterns.set(pattern, line);
    family.asked = null;
    family.told = null;
  }

  /** Whether the rule of that line reads well. `jump`: to the chain that its last word names. */
  of(text: string, line: Span): 'jump' | 'other' | null {
    if (this.worth < 0) return null;
    const family = this.familyOf(text, line);
    this.worth += family ? 1 : -1;
    return family && (family === this.jumping ? 'jump' : 'other');
  }

  /** A line that was read and is of the shape of that one, which `of` said has one. */
  lineLike(text: string, line: Span): string | undefined {
    const family = this.familyOf(text, line);
    return family ? learnedFrom(family, text, line.from) : undefined;
  }

  /** No jump ends with the name of a target. */
  private familyOf(text: string, { from, to }: Span): Family | null {
    const mayJump = !isTargetName(lastWord(text, to));
    if (mayJump && fits(this.jumping, text, from)) return this.jumping;
    return fits(this.others, text, from) ? this.others : null;
  }
}

/** The last word of a line that ends there. */
export function lastWord(text: string, end: number): string {
  return text.slice(text.lastIndexOf(' ', end - 1) + 1, end);
}

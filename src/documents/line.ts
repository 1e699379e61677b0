// The lines of a paste as its splitter sees them: fences and ends of here-documents, command lines, lines that start
// a document. A line is looked at only when no document has taken it: most of a large dump never is.
import { perObject } from '../base/lazy.ts';
import { linesOf, textAt, type IsPlain, type Source, type Span } from '../base/source.ts';
import { plainText } from '../base/typography.ts';
import { commandAtPrompt, commandOf, type Command } from './command.ts';
import type { LineKind } from './kind.ts';

/** What tells kinds of lines apart stands at their beginning; a line may be as long as the paste. */
const LOOK = 4096;

/** A line that is indented by more looks as if by so much: patterns would go over its blanks again and again. */
const INDENTED = 256;
const BLANKS = /[^\S\n]*/y;

export interface Line {
  /** Its beginning: at most 4096 units, of which at most 256 are blanks before the first word. */
  readonly text: string;
  readonly span: Span;
}

export function isBlank({ text }: Line): boolean {
  return text.trim() === '';
}

const FENCE = /^\s*(?:`{3,}|~{3,})\s*(?:\{?\.?([\w+#-]+))?[^`]*$/;
const HEREDOC_END = /^(?:EOF|EOT|END|YAML)$/;

/** Languages of programs: what stands in such a fence is no document. */
const CODE =
  /^(?:c|cpp|c\+\+|h|go|golang|java|kotlin|scala|python|py|js|javascript|ts|typescript|jsx|tsx|rust|rs|ruby|php|lua|dockerfile|makefile|sql|css|html|diff|mermaid|proto|protobuf)$/i;

/** Whether a line only separates: a code fence, the end of a here-document. */
export function isFence({ text }: Line): boolean {
  return FENCE.test(text) || HEREDOC_END.test(text.trim());
}

/** Whether a line only rules off: between two YAML documents, between two sections, after an interrupt. */
export function isRuler({ text }: Line): boolean {
  return text.length < LOOK && /^\s*(?:-{3,}|\*{3,}|_{3,}|={3,}|\^[CD])\s*$/.test(text);
}

/** Whether a fence opens the text of a program. */
export function opensCode({ text }: Line): boolean {
  const language = FENCE.exec(text)?.[1];
  return language !== undefined && CODE.test(language);
}

/** JSON that a person copies starts with a bracket and goes on with JSON; `[1]` and `[WARN]` in prose do not. */
const JSON_START = /^\s*(?:\{\s*(?:["“”}/#.…]|$)|\[\s*(?:[{["“”\]/#.…]|$))/;

/** How most JSON begins that a tool prints. */
const LONE_BRACKET = /^\s*[[{]\s*$/;

export function startsJson({ text }: Line): boolean {
  return JSON_START.test(text.includes('&') ? plainText(text) : text);
}

const DASH = 0x2d;
const COLON = 0x3a;

/** Most lines hold no prompt: they need no closer look. */
const MAYBE_PROMPTED = /^.{0,100}?[$#>%➜❯λ→]/u;

/** The command of a line that a prompt, or what stands for one, introduces. */
export function promptedCommand({ text, span }: Line): Command | null {
  const first = text.charCodeAt(0);
  if (first === DASH || first === COLON) return null; // a rule or a chain, of which there may be very many
  return MAYBE_PROMPTED.test(text) ? commandAtPrompt(text, span) : null;
}

/** What a line begins: a document of that kind, or the output of that command. */
export interface Beginning {
  readonly kind: LineKind | undefined;
  readonly command: Command | null;
}

/** So many lines are remembered: those that were looked at ahead, and those that come again and again. */
const REMEMBERED = 64;

const begun = new WeakMap<readonly LineKind[], Map<string, LineKind | undefined>>();

/** The first kind that a line starts. */
function kindOf(text: string, kinds: readonly LineKind[]): LineKind | undefined {
  let known = begun.get(kinds);
  if (!known) begun.set(kinds, (known = new Map()));
  if (known.has(text)) return known.get(text);
  const kind = kinds.find((each) => each.starts(text));
  if (known.size >= REMEMBERED) known.clear();
  known.set(text, kind);
  return kind;
}

/** Behind a prompt stands what makes something, or a command. */
const commandKinds = perObject((kinds: readonly LineKind[]) => kinds.filter(({ ofCommands }) => ofCommands));

export const NOTHING: Beginning = { kind: undefined, command: null };

export function beginningOf(line: Line, kinds: readonly LineKind[]): Beginning {
  const { text, span } = line;
  if (LONE_BRACKET.test(text)) return NOTHING;
  const prompted = promptedCommand(line);
  const kind = kindOf(text, prompted ? commandKinds(kinds) : kinds);
  return kind ? { kind, command: null } : { kind, command: prompted ?? commandOf(text, span) };
}

/** The lines from an offset on, which must be the start of one; of plain ones in a row the last. */
export function* linesFrom(source: Source, from: number, isPlain?: IsPlain): Generator<Line> {
  for (const span of linesOf(source, { from, to: source.text.length }, isPlain)) yield lineOf(source, span);
}

function lineOf(source: Source, span: Span): Line {
  BLANKS.lastIndex = span.from;
  const blanks = BLANKS.exec(source.text)?.[0].length ?? 0;
  const from = span.from + Math.max(0, blanks - INDENTED);
  return { text: textAt(source, { from, to: Math.min(span.to, from + LOOK) }), span };
}

export function lineAt(source: Source, from: number): Line | undefined {
  const [line] = linesFrom(source, from);
  return line;
}

export function linesBelow(source: Source, { span }: Line, isPlain?: IsPlain): Iterable<Line> {
  return linesFrom(source, lineStart(source, span.to + 1), isPlain);
}

/** The end of the line that holds an offset. */
export function lineEnd({ text }: Source, offset: number): number {
  const end = text.indexOf('\n', offset);
  const to = end < 0 ? text.length : end;
  return to > offset && text[to - 1] === '\r' ? to - 1 : to;
}

/** The first start of a line at an offset or behind it. */
export function lineStart({ text }: Source, offset: number): number {
  if (offset === 0 || text[offset - 1] === '\n') return offset;
  const lineEnd = text.indexOf('\n', offset);
  return lineEnd < 0 ? text.length : lineEnd + 1;
}

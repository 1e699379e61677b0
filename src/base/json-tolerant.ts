// JSON text -> tree with spans. Takes what people paste: comments, trailing and missing commas, `...` for what was
// left out, an end cut off, the quotes of a word processor, the references of a web page. The rest is read, what is strict
// of it where it is looked at, and each gap is marked. Grammar: RFC 8259.
import { diagnostic, type Diagnostic, type Parameters, type Parsed } from './diagnostic.ts';
import {
  DEPTH_LIMIT,
  type JsonArray,
  type JsonMember,
  type JsonNode,
  type JsonObject,
  type JsonString,
  type JsonUnparsed,
} from './json.ts';
import { lazyContainer } from './json-lazy.ts';
import { structureOf, type JsonStructure } from './json-structure.ts';
import type { Source, Span } from './source.ts';
import { characterAt, isItself, plainText } from './typography.ts';

const WORD_END = /[\s,:[\]{}"#&]/;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const OMISSION = /\.{3}|…|省略/;
const BLANK = /[\s\u200b]/;

class Scanner {
  at: number;
  readonly diagnostics: Diagnostic[] = [];
  private readonly text: string;
  private readonly end: number;
  private typographic = false;
  /** Of the text that was gone over last; null when nothing is taken for strict. */
  private strict: JsonStructure | null;
  /** The first container of it that begins here or further on. */
  private container = 0;

  constructor(text: string, within: Span, strict: JsonStructure | null) {
    this.text = text;
    this.strict = strict;
    this.at = within.from;
    this.end = within.to;
  }

  value(depth: number): JsonNode {
    const gaps: Span[] = [];
    this.skipBlank(gaps);
    switch (this.peek()) {
      case '{':
        return depth < DEPTH_LIMIT ? (this.strictly(depth) ?? this.object(depth)) : this.tooDeep();
      case '[':
        return depth < DEPTH_LIMIT ? (this.strictly(depth) ?? this.array(depth)) : this.tooDeep();
      case '"':
        return this.string();
      default:
        return this.scalar();
    }
  }

  /** The container here, when all of it is strict. What no structure reaches is gone over now, each character once. */
  private strictly(depth: number): JsonNode | null {
    if (!this.strict) return null;
    if (this.at >= this.strict.end) {
      this.strict = structureOf(this.text, { from: this.at, to: this.end }, depth);
      this.container = 0;
    }
    const { count, opens, closes } = this.strict;
    while (this.container < count && (opens[this.container] ?? 0) < this.at) this.container += 1;
    const to = opens[this.container] === this.at ? (closes[this.container] ?? 0) : 0;
    if (this.container === count || to === 0) return null;
    this.at = to;
    return lazyContainer(this.strict, this.container);
  }

  /** The character that stands here, or that stands for it: see typography.ts. '' is the end. */
  private peek(): string {
    if (this.at >= this.end) return '';
    const own = this.text[this.at] ?? '';
    return isItself(own) ? own : characterAt(this.text, this.at).is;
  }

  /** Goes past the character here; the first one that only stands for it is told. */
  private step(): void {
    if (isItself(this.text[this.at] ?? '')) {
      this.at += 1;
      return;
    }
    const { is, width } = characterAt(this.text, this.at);
    const span = { from: this.at, to: this.at + width };
    if (!this.typographic && this.text[this.at] !== is) {
      this.typographic = true;
      this.report('info', 'json.typography', span);
    }
    this.at += width;
  }

  private report(severity: Diagnostic['severity'], code: string, span: Span, parameters?: Parameters): void {
    this.diagnostics.push(diagnostic(severity, code, span, parameters));
  }

  /** Blanks and comments. A comment that says something was left out is a gap of the container around it. */
  private skipBlank(gaps: Span[]): void {
    while (this.at < this.end) {
      const c = this.text[this.at] ?? '';
      if (c === ' ' || c === '\n' || c === '\r' || c === '\t' || c === '\u00a0' || c === '\ufeff')
        this.at += 1;
      else if (c === '#' || (c === '/' && this.text[this.at + 1] === '/')) this.comment(gaps, '\n', 0);
      else if (c === '/' && this.text[this.at + 1] === '*') this.comment(gaps, '*/', 2);
      else if ((c === '&' || c > '\u007f') && BLANK.test(this.peek())) this.step();
      else return;
    }
  }

  private comment(gaps: Span[], terminator: string, keep: number): void {
    const found = this.text.indexOf(terminator, this.at);
    const to = found < 0 || found > this.end ? this.end : found + keep;
    const span = { from: this.at, to };
    if (OMISSION.test(this.text.slice(span.from, span.to))) this.gap(gaps, span);
    this.at = Math.max(to, this.at + 1);
  }

  private gap(gaps: Span[], span: Span): void {
    gaps.push(span);
    this.report('info', 'json.gap', span);
  }

  private object(depth: number): JsonObject {
    const from = this.at;
    this.step();
    const members: JsonMember[] = [];
    const gaps: Span[] = [];
    const closed = this.entries('}', gaps, () => {
      if (this.peek() !== '"') return this.stray(gaps, 'a key in double quotes');
      const { value: key, span: keySpan } = this.string();
      this.skipBlank(gaps);
      if (this.peek() === ':') this.step();
      else
        this.report('error', 'json.expected', this.here(), {
          expected: ':',
          found: this.peek() || 'the end',
        });
      members.push({ key, keySpan, value: this.value(depth + 1) });
    });
    return { kind: 'object', span: this.spanFrom(from, closed ? null : '}', depth), members, gaps };
  }

  private array(depth: number): JsonArray {
    const from = this.at;
    this.step();
    const items: JsonNode[] = [];
    const gaps: Span[] = [];
    const closed = this.entries(']', gaps, () => {
      const item = this.value(depth + 1);
      if (item.kind === 'unparsed') gaps.push(item.span);
      else items.push(item);
    });
    return { kind: 'array', span: this.spanFrom(from, closed ? null : ']', depth), items, gaps };
  }

  /** Reads entries up to the closing bracket; false when the text, or a bracket of the other kind, ends it first. */
  private entries(close: string, gaps: Span[], entry: () => void): boolean {
    let needsComma = false;
    for (;;) {
      this.skipBlank(gaps);
      const c = this.peek();
      if (c === close) {
        this.step();
        return true;
      }
      if (c === '' || c === ']' || c === '}') return false;
      if (c === ',') {
        this.step();
        needsComma = false;
        continue;
      }
      // Nobody puts a comma before what they leave out.
      if (needsComma && !/[.…]/.test(c))
        this.report('warning', 'json.expected', this.here(), { expected: ',', found: c });
      const before = this.at;
      const gapsBefore = gaps.length;
      entry();
      if (this.at === before) this.at += 1; // whatever stands here, never stand still
      needsComma = gaps.length === gapsBefore; // what was left out took its comma along
    }
  }

  /** `missing` is the bracket that never came. A bracket of the other kind that ended the whole value is part of it. */
  private spanFrom(from: number, missing: string | null, depth: number): Span {
    if (missing !== null) {
      this.report('error', 'json.unclosed', { from, to: from + 1 }, { expected: missing });
      if (depth === 0 && this.at < this.end) this.at += 1;
    }
    return { from, to: this.at };
  }

  private here(): Span {
    return { from: this.at, to: Math.min(this.at + 1, this.end) };
  }

  private string(): JsonString {
    return this.text[this.at] === '"' ? this.plainString() : this.typographicString();
  }

  private plainString(): JsonString {
    const from = this.at++;
    let escaped = false;
    while (this.at < this.end) {
      const c = this.text[this.at];
      if (c === '"' || c === '\n') break;
      if (c === '\\') {
        escaped = true;
        this.at += 1;
      }
      this.at += 1;
    }
    this.at = Math.min(this.at, this.end);
    const raw = this.text.slice(from + 1, this.at);
    this.closeString(from);
    return { kind: 'string', span: { from, to: this.at }, value: escaped ? this.unescape(raw, from) : raw };
  }

  /** Opened by a quote that stands for JSON's: ended by any of them, and what it holds is written the same way. */
  private typographicString(): JsonString {
    const from = this.at;
    this.step();
    const inner = this.at;
    while (this.at < this.end && this.text[this.at] !== '\n' && this.peek() !== '"')
      this.at += this.text[this.at] === '\\' ? 2 : characterAt(this.text, this.at).width;
    this.at = Math.min(this.at, this.end);
    const raw = plainText(this.text.slice(inner, this.at));
    this.closeString(from);
    return { kind: 'string', span: { from, to: this.at }, value: this.unescape(raw, from) };
  }

  private closeString(from: number): void {
    if (this.peek() === '"') this.step();
    else this.report('error', 'json.unclosed', { from, to: this.at }, { expected: '"' });
  }

  private unescape(raw: string, from: number): string {
    try {
      const value: unknown = JSON.parse(`"${raw.replaceAll('\t', '\\t')}"`);
      return typeof value === 'string' ? value : raw;
    } catch {
      this.report('warning', 'json.escape', { from, to: this.at });
      return raw;
    }
  }

  private scalar(): JsonNode {
    const from = this.at;
    NUMBER.lastIndex = from;
    const number = NUMBER.exec(this.text);
    const afterNumber = number ? this.text[from + number[0].length] : undefined;
    if (number && (afterNumber === undefined || WORD_END.test(afterNumber))) {
      this.at = Math.min(this.end, from + number[0].length);
      const text = this.text.slice(from, this.at);
      return { kind: 'number', span: { from, to: this.at }, value: Number(text), text };
    }
    while (this.at < this.end && !WORD_END.test(this.text[this.at] ?? ' ')) this.at += 1;
    const span = { from, to: this.at };
    const word = this.text.slice(from, this.at);
    if (word === 'true' || word === 'false') return { kind: 'boolean', span, value: word === 'true' };
    if (word === 'null') return { kind: 'null', span };
    this.unreadable(span, word, 'a value');
    return { kind: 'unparsed', span };
  }

  private unreadable(span: Span, word: string, expected: string): void {
    if (OMISSION.test(word)) this.report('info', 'json.gap', span);
    else this.report('error', 'json.expected', span, { expected, found: word || this.peek() || 'the end' });
  }

  /** Something that cannot start a member: kept as a gap of the object. */
  private stray(gaps: Span[], expected: string): void {
    const from = this.at;
    while (this.at < this.end && !/[\n,[\]{}"]/.test(this.text[this.at] ?? '')) this.at += 1;
    if (this.at === from) this.at += 1;
    const span = { from, to: this.at };
    gaps.push(span);
    this.unreadable(span, this.text.slice(from, this.at), expected);
  }

  private tooDeep(): JsonUnparsed {
    const from = this.at;
    this.at = this.end;
    this.report('error', 'json.depth', { from, to: from + 1 }, { limit: DEPTH_LIMIT });
    return { kind: 'unparsed', span: { from, to: this.end } };
  }
}

/**
 * Reads one value at the start of `within`. Never throws; what is unreadable becomes `unparsed` or a gap. `strict` is the
 * structure of that text, as far as it has one.
 */
export function readTolerantly(
  source: Source,
  within: Span,
  strict: JsonStructure | null = null,
): Parsed<JsonNode> & { readonly end: number } {
  const scanner = new Scanner(source.text, within, strict);
  const value = scanner.value(0);
  return { value, diagnostics: scanner.diagnostics, end: scanner.at };
}

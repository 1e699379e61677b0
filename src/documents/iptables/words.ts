// One line of a command -> its words by place, one object for line after line. A word's text is made only when it is
// asked for: of a large ruleset most words are looked at once.
import type { Span } from '../../base/source.ts';
import { isBlank, unquoted, wordEnd } from './tokens.ts';

export class LineWords {
  /** How many words the line has. */
  count = 0;
  private source: string;
  /** Where the source begins in the text that places are told of. */
  private base = 0;
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private lastAt = -1;
  private lastText = '';

  constructor(source: string) {
    this.source = source;
  }

  /** Reads a line of which the text keeps a copy: whatever is made of its words keeps no more than that. */
  readCopy(line: string, at: number): void {
    this.source = line;
    this.base = at;
    this.read({ from: at, to: at + line.length });
  }

  /** Reads another line. A backslash at the end of a line joins it with the next. */
  read(line: Span): void {
    const { source, starts, ends, base } = this;
    const [from, to] = [line.from - base, line.to - base];
    this.count = 0;
    this.lastAt = -1;
    let at = from;
    while (at < to) {
      const code = source.charCodeAt(at);
      if (isBlank(code) || code === 0x0a || code === 0x0d || this.joins(at, to)) at += 1;
      else {
        starts[this.count] = at;
        at = wordEnd(source, at, to);
        ends[this.count] = at;
        this.count += 1;
      }
    }
  }

  /** A backslash that stands before a line end, or at the end of all. */
  private joins(at: number, to: number): boolean {
    if (this.source.charCodeAt(at) !== 0x5c) return false;
    const next = at + 1 < to ? this.source.charCodeAt(at + 1) : 0x0a;
    return next === 0x0a || next === 0x0d;
  }

  /** The word without its quotes; empty behind the last. */
  text(at: number): string {
    if (at === this.lastAt) return this.lastText;
    if (at >= this.count) return '';
    this.lastAt = at;
    this.lastText = unquoted(this.source, this.starts[at] ?? 0, this.ends[at] ?? 0);
    return this.lastText;
  }

  /** Whether the word is `!`. */
  isBang(at: number): boolean {
    const start = this.starts[at] ?? 0;
    return at < this.count && this.source.charCodeAt(start) === 0x21 && this.ends[at] === start + 1;
  }

  /** The words from one to the one before another, as they stand. */
  raw(first: number, behind: number): string {
    return behind <= first ? '' : this.source.slice(this.starts[first], this.ends[behind - 1]);
  }

  /** The place of the words from one to the one before another; at least of the first. */
  span(first: number, behind: number): Span {
    const last = Math.min(Math.max(first, behind - 1), this.count - 1);
    return { from: this.base + (this.starts[first] ?? 0), to: this.base + (this.ends[last] ?? 0) };
  }
}

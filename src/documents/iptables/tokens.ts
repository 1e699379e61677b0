// A line of a command or listing -> words with places. Blanks separate; quotes hold a word together.
import type { Source, Span } from '../../base/source.ts';

export interface Token {
  /** Without the quotes, escapes resolved. */
  readonly text: string;
  readonly span: Span;
}

/** Blank, tab, no-break space. */
export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0xa0;
}

/** The words of a span, left to right. An open quote ends with the line. */
export function tokensOf(source: Source, line: Span): Token[] {
  const tokens: Token[] = [];
  let at = line.from;
  while (at < line.to) {
    if (isBlank(source.text.charCodeAt(at))) at += 1;
    else {
      const to = wordEnd(source.text, at, line.to);
      tokens.push({ text: unquoted(source.text, at, to), span: { from: at, to } });
      at = to;
    }
  }
  return tokens;
}

const DOUBLE = 0x22;
const SINGLE = 0x27;
const BACKSLASH = 0x5c;

/** Where the word that starts at `from` ends. */
export function wordEnd(text: string, from: number, end: number): number {
  const first = text.charCodeAt(from);
  let at = from + 1;
  if (first === DOUBLE || first === SINGLE) {
    while (at < end && text.charCodeAt(at) !== first)
      at += text.charCodeAt(at) === BACKSLASH && first === DOUBLE ? 2 : 1;
    return Math.min(at + 1, end);
  }
  for (; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (isBlank(code) || code === 0x0a) break;
  }
  return at;
}

/** The text of a word: its quotes left out, what they escape resolved. */
export function unquoted(text: string, from: number, to: number): string {
  const first = text.charCodeAt(from);
  if (first !== DOUBLE && first !== SINGLE) return text.slice(from, to);
  const closed = to - from > 1 && text.charCodeAt(to - 1) === first;
  const inner = text.slice(from + 1, closed ? to - 1 : to);
  return first === DOUBLE && inner.includes('\\') ? inner.replace(/\\(.)/gs, '$1') : inner;
}

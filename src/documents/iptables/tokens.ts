// A line of a command or listing -> words with places. Blanks separate; quotes hold a word together.
import type { Source, Span } from '../../base/source.ts';

export interface Token {
  /** Without the quotes, escapes resolved. */
  readonly text: string;
  readonly span: Span;
}

/** Blank, tab, no-break space. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0xa0;
}

/** The words of a span, left to right. An open quote ends with the line. */
export function tokensOf(source: Source, line: Span): Token[] {
  const tokens: Token[] = [];
  let at = line.from;
  while (at < line.to) {
    if (isBlank(source.text.charCodeAt(at))) at += 1;
    else {
      const token = tokenAt(source.text, at, line.to);
      tokens.push(token);
      at = token.span.to;
    }
  }
  return tokens;
}

function tokenAt(text: string, from: number, end: number): Token {
  const quote = text[from];
  if (quote === '"' || quote === "'") return quotedAt(text, from, end, quote);
  let at = from;
  while (at < end && !isBlank(text.charCodeAt(at))) at += 1;
  return { text: text.slice(from, at), span: { from, to: at } };
}

function quotedAt(text: string, from: number, end: number, quote: string): Token {
  let value = '';
  let at = from + 1;
  while (at < end && text[at] !== quote) {
    if (text[at] === '\\' && quote === '"' && at + 1 < end) at += 1;
    value += text[at] ?? '';
    at += 1;
  }
  return { text: value, span: { from, to: Math.min(at + 1, end) } };
}

// nft text -> words with places. Braces, commas, semicolons and line ends are words of their own; `#` comments vanish.
// Grammar: nftables src/scanner.l.
import { textAt, type Source, type Span } from '../../base/source.ts';
import type { Token } from '../iptables/tokens.ts';

/** The word of a line end; `;` reads as one too. */
export const LINE_END = '\n';

/** Blanks, what a backslash joins, and comments. */
const NOTHING = /(?:[^\S\n]|\\(?:[^]|$)|#.*)*/y;
const WORD = /"[^"]*"?|[{}(),;\n]|[^\s{}(),;#"]+/y;

/** The words of a span. A backslash at a line's end joins it with the next. */
export function nftTokens(source: Source, within: Span): Token[] {
  const text = textAt(source, within);
  const tokens: Token[] = [];
  const end = (pattern: RegExp, at: number): number => {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : text.length;
  };
  for (let at = end(NOTHING, 0); at < text.length; at = end(NOTHING, at)) {
    const to = end(WORD, at);
    tokens.push({
      text: wordText(text.slice(at, to)),
      span: { from: within.from + at, to: within.from + to },
    });
    at = to;
  }
  return tokens;
}

function wordText(raw: string): string {
  if (raw === ';') return LINE_END;
  return raw.startsWith('"') ? raw.replace(/^"|"$/g, '') : raw;
}

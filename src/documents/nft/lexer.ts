// nft text -> words with places. Braces, commas, semicolons and line ends are words of their own; `#` comments vanish.
// Grammar: nftables src/scanner.l.
import type { Source, Span } from '../../base/source.ts';
import type { Token } from '../iptables/tokens.ts';

/** The word of a line end; `;` reads as one too. */
export const LINE_END = '\n';

const SINGLE = /[{}(),;\n]/;
const WORD_END = /[\s{}(),;#"]/;

/** The words of a span. A backslash at a line's end joins it with the next. */
export function nftTokens(source: Source, within: Span): Token[] {
  const { text } = source;
  const tokens: Token[] = [];
  let at = within.from;
  while (at < within.to) {
    const char = text[at] ?? '';
    if (char === '#') at = lineEnd(text, at, within.to);
    else if (char === '\\' || (char !== '\n' && /\s/.test(char))) at += char === '\\' ? 2 : 1;
    else {
      const to = wordEnd(text, at, within.to);
      tokens.push({ text: wordText(text.slice(at, to)), span: { from: at, to } });
      at = to;
    }
  }
  return tokens;
}

function lineEnd(text: string, from: number, end: number): number {
  const found = text.indexOf('\n', from);
  return found < 0 || found > end ? end : found;
}

function wordEnd(text: string, from: number, end: number): number {
  const char = text[from] ?? '';
  if (char === '"') {
    const close = text.indexOf('"', from + 1);
    return close < 0 || close >= end ? end : close + 1;
  }
  if (SINGLE.test(char)) return from + 1;
  let at = from + 1;
  while (at < end && !WORD_END.test(text[at] ?? ' ')) at += 1;
  return at;
}

function wordText(raw: string): string {
  if (raw === ';') return LINE_END;
  return raw.startsWith('"') ? raw.replace(/^"|"$/g, '') : raw;
}

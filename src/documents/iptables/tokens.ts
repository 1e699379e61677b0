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
const AMPERSAND = 0x26;
/** Below it, no letter of a rule is of a word processor. */
const PLAIN = 0x2000;

/** Quotes of a page's source and of a word processor: what opens and what closes. */
const OTHER_QUOTES: readonly (readonly [string, RegExp])[] = [
  ['&quot;', /&quot;/g],
  ['&#34;', /&#34;/g],
  ['&#39;', /&#39;/g],
  ['“', /[“”]/g],
  ['”', /[“”]/g],
];

/** Where the word that starts at `from` ends. */
export function wordEnd(text: string, from: number, end: number): number {
  const first = text.charCodeAt(from);
  let at = from + 1;
  if (first === DOUBLE || first === SINGLE) {
    while (at < end && text.charCodeAt(at) !== first)
      at += text.charCodeAt(at) === BACKSLASH && first === DOUBLE ? 2 : 1;
    return Math.min(at + 1, end);
  }
  if (first === AMPERSAND || first >= PLAIN) {
    const quoted = otherQuoteEnd(text, from, end);
    if (quoted !== null) return quoted;
  }
  for (; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (isBlank(code) || code === 0x0a) break;
  }
  return at;
}

/** The end of a word in quotes of another kind; null when none opens here. */
function otherQuoteEnd(text: string, from: number, end: number): number | null {
  const [open, close] = OTHER_QUOTES.find(([quote]) => text.startsWith(quote, from)) ?? [];
  if (open === undefined || close === undefined) return null;
  close.lastIndex = from + open.length;
  const found = close.exec(text);
  return found && found.index < end ? found.index + found[0].length : null;
}

/** The text of a word: its quotes left out, what they escape resolved. */
export function unquoted(text: string, from: number, to: number): string {
  const first = text.charCodeAt(from);
  if (first === AMPERSAND || first >= PLAIN) return typeset(text.slice(from, to));
  if (first !== DOUBLE && first !== SINGLE) return text.slice(from, to);
  const closed = to - from > 1 && text.charCodeAt(to - 1) === first;
  const inner = text.slice(from + 1, closed ? to - 1 : to);
  return first === DOUBLE && inner.includes('\\') ? inner.replace(/\\(.)/gs, '$1') : inner;
}

const ENTITIES: Readonly<Record<string, string>> = { gt: '>', lt: '<', amp: '&', quot: '"' };

/** `–dport` is `--dport`, `–A` is `-A`, `&quot;a -&gt; b&quot;` is `a -> b`. */
function typeset(word: string): string {
  const dashed = /^[–—−]+(?=\w)/.exec(word)?.[0];
  if (dashed !== undefined) {
    const rest = word.slice(dashed.length);
    return (rest.length === 1 ? '-' : '--') + rest;
  }
  const inner = /^(?:&quot;|&#3[49];|[“”])(.*)(?:&quot;|&#3[49];|[“”])$/s.exec(word)?.[1] ?? word;
  return inner.replace(/&(gt|lt|amp|quot);/g, (_, name: string) => ENTITIES[name] ?? '');
}

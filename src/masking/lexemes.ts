// A text -> its lexemes: secrets, identifiers, times, addresses, compounds of words; what stands between them belongs
// to none. Everything with a letter or digit is in one, so that nothing passes unseen.
import { parseAddress, type IpAddress } from '../base/ip.ts';

export type Lexeme =
  | { readonly kind: 'secret'; readonly text: string }
  | { readonly kind: 'query'; readonly text: string }
  | { readonly kind: 'uuid'; readonly text: string }
  | { readonly kind: 'hex'; readonly text: string }
  | { readonly kind: 'mac'; readonly text: string }
  | { readonly kind: 'time'; readonly text: string }
  /** A port by its name in /etc/services, as iptables -L prints it. */
  | { readonly kind: 'port'; readonly text: string }
  | {
      readonly kind: 'address';
      readonly text: string;
      readonly address: IpAddress;
      readonly separator: '.' | '-' | '_';
      /** The `/24` behind it, or the mask; '' when there is none. */
      readonly length: string;
    }
  | { readonly kind: 'compound'; readonly text: string };

const WORD = String.raw`[\p{L}\p{N}\p{M}_]+`;

/** Keys and certificates, tokens, what headers and assignments say that it is one. */
const SECRETS = [
  String.raw`-----BEGIN[^-]*-----[\s\S]*?(?:-----END[^-]*-----|$)`,
  String.raw`\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}`,
  String.raw`\b(?:Bearer|Basic)\s+[\w+/=.~-]+`,
  String.raw`\b(?:(?:set-)?cookie|(?:proxy-)?authorization):[ \t]*\S[^\r\n]*`,
  String.raw`\b(?:[\w-]*(?:passw(?:or)?d|passphrase|secret|api[_-]?key|access[_-]?key|private[_-]?key)|pwd|token|sid|session[_-]?id)["']?[ \t]*[=:][ \t]*(?:"[^"\n]*"|'[^'\n]*'|[^\s"',;&)]+)`,
];

const LEXEME = new RegExp(
  [
    `(?<secret>${SECRETS.join('|')})`,
    String.raw`(?<query>\?[^\s"',;)\]}]*=[^\s"',;)\]}]*)`,
    String.raw`(?<uuid>\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b)`,
    String.raw`(?<hex>(?<![\w.-])(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{7,}(?![\w.-]))`,
    String.raw`(?<mac>(?<![\da-f:])(?:[\da-f]{2}:){5,}[\da-f]{2}(?![\da-f:]))`,
    String.raw`(?<port>\b[ds]pts?:!?[a-z][\w-]*)`,
    String.raw`(?<time>\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?|\b\d\d:\d\d:\d\d(?:\.\d+)?(?![\da-f:]))`,
    String.raw`(?<quad>(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\d)|(?<!\d)\d{1,3}(?:-\d{1,3}){3}(?![\d-]))(?<length>/\d{1,2}(?![\d.])|/\d{1,3}(?:\.\d{1,3}){3})?`,
    String.raw`(?<six>(?<![\w:])(?!::\d{1,3}(?:\.\d{1,3}){3}:)(?:[\da-f]{0,4}:){2,7}(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4})(?!\w|\.\d))(?<length6>/\d{1,3}(?!\d))?`,
    String.raw`(?<compound>${WORD}(?:[-.]+${WORD})*)`,
  ].join('|'),
  'giu',
);

function compound(text: string): Lexeme {
  return { kind: 'compound', text };
}

function addressLexeme(text: string, written: string, length: string): Lexeme | null {
  const found = /^\d+([-_])/.exec(written)?.[1];
  const separator = found === '-' || found === '_' ? found : '.';
  const address = parseAddress(written.replaceAll(separator, '.'));
  return address && { kind: 'address', text, address, separator, length };
}

/** `10-0-0-1` in the name of a node, `10.0.0.1` in that of a listener. */
const INSIDE = /(?<!\d)\d{1,3}([-._])\d{1,3}(?:\1\d{1,3}){2}(?!\d|\1\d)/g;

/** A compound is one lexeme; one with addresses in it is those, and what stands around them. */
function inside(text: string): Lexeme[] {
  const lexemes: Lexeme[] = [];
  let at = 0;
  for (const { 0: written, index } of text.matchAll(INSIDE)) {
    const address = addressLexeme(written, written, '');
    if (!address) continue;
    if (index > at) lexemes.push(compound(text.slice(at, index)));
    lexemes.push(address);
    at = index + written.length;
  }
  if (at < text.length) lexemes.push(compound(text.slice(at)));
  return lexemes;
}

function lexemesAt(text: string, groups: Readonly<Record<string, string | undefined>>): Lexeme[] {
  const written = groups['quad'] ?? groups['six'];
  if (written !== undefined)
    return [addressLexeme(text, written, groups['length'] ?? groups['length6'] ?? '') ?? compound(text)];
  for (const kind of ['secret', 'query', 'uuid', 'hex', 'mac', 'port', 'time'] as const)
    if (groups[kind] !== undefined) return [{ kind, text }];
  return inside(text);
}

/** The text with each lexeme replaced. */
export function replaceLexemes(text: string, replace: (lexeme: Lexeme) => string): string {
  let written = '';
  let at = 0;
  for (const match of text.matchAll(LEXEME)) {
    const lexemes = lexemesAt(match[0], match.groups ?? {});
    written += text.slice(at, match.index) + lexemes.map(replace).join('');
    at = match.index + match[0].length;
  }
  return written + text.slice(at);
}

/** The lexemes of a text, in order. */
export function lexemesOf(text: string): Lexeme[] {
  return Array.from(text.matchAll(LEXEME), (match) => lexemesAt(match[0], match.groups ?? {})).flat();
}

/** The parts of a compound, and what joins them. */
export function replaceParts(text: string, replace: (part: string) => string): string {
  return text.replace(/[\p{L}\p{N}\p{M}]+/gu, replace);
}

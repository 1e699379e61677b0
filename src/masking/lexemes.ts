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
      readonly separator: '.' | '-';
      /** The `/24` behind it, or the mask; '' when there is none. */
      readonly length: string;
    }
  | { readonly kind: 'compound'; readonly text: string };

const WORD = String.raw`[\p{L}\p{N}\p{M}_]+`;

const LEXEME = new RegExp(
  [
    String.raw`(?<secret>-----BEGIN[^-]*-----[\s\S]*?(?:-----END[^-]*-----|$)|\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}|\b(?:Bearer|Basic)\s+[\w+/=.~-]+)`,
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
  const separator = /^\d+-/.test(written) ? '-' : '.';
  const address = parseAddress(separator === '-' ? written.replaceAll('-', '.') : written);
  return address && { kind: 'address', text, address, separator, length };
}

function lexemeOf(text: string, groups: Readonly<Record<string, string | undefined>>): Lexeme {
  const written = groups['quad'] ?? groups['six'];
  if (written !== undefined)
    return addressLexeme(text, written, groups['length'] ?? groups['length6'] ?? '') ?? compound(text);
  for (const kind of ['secret', 'query', 'uuid', 'hex', 'mac', 'port', 'time'] as const)
    if (groups[kind] !== undefined) return { kind, text };
  return compound(text);
}

/** The text with each lexeme replaced. */
export function replaceLexemes(text: string, replace: (lexeme: Lexeme) => string): string {
  let written = '';
  let at = 0;
  for (const match of text.matchAll(LEXEME)) {
    written += text.slice(at, match.index) + replace(lexemeOf(match[0], match.groups ?? {}));
    at = match.index + match[0].length;
  }
  return written + text.slice(at);
}

/** The lexemes of a text, in order. */
export function lexemesOf(text: string): Lexeme[] {
  return Array.from(text.matchAll(LEXEME), (match) => lexemeOf(match[0], match.groups ?? {}));
}

/** The parts of a compound, and what joins them. */
export function replaceParts(text: string, replace: (part: string) => string): string {
  return text.replace(/[\p{L}\p{N}\p{M}]+/gu, replace);
}

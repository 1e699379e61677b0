// Characters that stand for one of JSON's: the quotes that word processors set, and the character references of HTML
// that a copied page source holds. https://html.spec.whatwg.org/multipage/named-characters.html (those of ASCII).

/** What a place in a text holds; `width` in UTF-16 units. */
export interface Character {
  readonly is: string;
  readonly width: number;
}

const QUOTES = new Set('“”„‟″＂');

const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/iy;

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  colon: ':',
  comma: ',',
  gt: '>',
  lbrace: '{',
  lbrack: '[',
  lcub: '{',
  ldquo: '"',
  lsqb: '[',
  lt: '<',
  nbsp: '\u00a0',
  period: '.',
  quot: '"',
  rbrace: '}',
  rbrack: ']',
  rcub: '}',
  rdquo: '"',
  rsqb: ']',
  sol: '/',
};

function referred(
  decimal: string | undefined,
  hex: string | undefined,
  name: string | undefined,
): string | null {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? null;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

/** Whether a character cannot stand for another one. */
export function isItself(character: string): boolean {
  return character <= '\u007f' && character !== '&';
}

/** The character at an offset, or the one that it stands for. */
export function characterAt(text: string, at: number): Character {
  const own = text[at] ?? '';
  if (isItself(own)) return { is: own, width: 1 };
  if (QUOTES.has(own)) return { is: '"', width: 1 };
  if (own !== '&') return { is: own, width: 1 };
  REFERENCE.lastIndex = at;
  const found = REFERENCE.exec(text);
  const is = found && referred(found[1], found[2], found[3]);
  if (!found || is === null) return { is: own, width: 1 };
  return { is: QUOTES.has(is) ? '"' : is, width: found[0].length };
}

/** A text without references. */
export function plainText(text: string): string {
  return text.replace(/&[#\w]+;/g, (reference) => {
    const { is, width } = characterAt(reference, 0);
    return width === reference.length ? is : reference;
  });
}

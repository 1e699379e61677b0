// A piece of JSON text as bytes, and what is gone over in it a thousand times as often as anything else: blanks and plain
// characters of strings, four at a time where they come in a row. What stands beyond the piece is not looked at.

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const BACKSLASH = 0x5c;
export const OPEN_ARRAY = 0x5b;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;
const FOUR_SPACES = 0x20202020;
const BEYOND_ASCII = 0x80808080;
const TRUE = 0x74727565;
const FALS = 0x66616c73;
const NULL = 0x6e756c6c;

/** The most UTF-16 units that are taken at a time. */
export const PIECE = 1 << 16;

/** The piece in hand, a byte for each unit (those beyond ASCII are all above 0x7f), and zeros behind it. */
export const bytes = new Uint8Array(3 * PIECE + 4);
const words = new DataView(bytes.buffer);
const encoder = new TextEncoder();

/** Puts a piece of text into `bytes`. */
export function take(piece: string): void {
  const { written } = encoder.encodeInto(piece, bytes);
  if (written > piece.length) aByteEach(written);
  words.setInt32(piece.length, 0);
}

/** UTF-8, in place, to a byte for each UTF-16 unit. */
function aByteEach(written: number): void {
  words.setInt32(written, BEYOND_ASCII);
  let units = 0;
  for (let at = 0; at < written;) {
    const end = behindAscii(at);
    bytes.copyWithin(units, at, end);
    units += end - at;
    const lead = bytes[end] ?? 0;
    const width = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    bytes[units++] = 0x80;
    if (width === 4) bytes[units++] = 0x80; // a surrogate pair
    at = end + width;
  }
}

/** The next byte that is not ASCII's. */
function behindAscii(from: number): number {
  let at = from;
  while ((words.getInt32(at) & BEYOND_ASCII) === 0) at += 4;
  while ((bytes[at] ?? 0) < 0x80) at += 1;
  return at;
}

/** The next byte that is no blank. */
export function behindBlanks(from: number): number {
  let at = from;
  for (;;) {
    const byte = bytes[at] ?? 0;
    if (byte === SPACE) {
      at += 1;
      while (words.getInt32(at) === FOUR_SPACES) at += 4;
    } else if (byte === 0x0a || byte === 0x0d || byte === 0x09) at += 1;
    else return at;
  }
}

/**
 * The next byte that does not simply stand in a string: a quote, a backslash, a control character. Four at a time as
 * in https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord
 */
export function behindPlain(from: number): number {
  let at = from;
  for (;;) {
    const word = words.getInt32(at);
    const quotes = word ^ 0x22222222;
    const backslashes = word ^ 0x5c5c5c5c;
    const below =
      ((word - 0x20202020) & ~word) |
      ((quotes - 0x01010101) & ~quotes) |
      ((backslashes - 0x01010101) & ~backslashes);
    if ((below & BEYOND_ASCII) !== 0) break;
    at += 4;
  }
  for (;;) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE || byte === BACKSLASH || byte < SPACE) return at;
    at += 1;
  }
}

function behindDigits(from: number): number {
  let at = from;
  while ((bytes[at] ?? 0) >= ZERO && (bytes[at] ?? 0) <= NINE) at += 1;
  return at;
}

/** Of true, false or null in a container; else 0. */
function literalWidth(at: number, closer: number): number {
  const word = words.getInt32(at);
  const width = word === TRUE || word === NULL ? 4 : word === FALS && bytes[at + 4] === 0x65 ? 5 : 0;
  return closer === 0 ? 0 : width;
}

/** Behind a literal, or a whole number that ends in this piece; the same place when it is another scalar. */
export function behindScalar(at: number, closer: number): number {
  const first = bytes[at] ?? 0;
  if (first <= ZERO || first > NINE) return at + literalWidth(at, closer);
  const end = behindDigits(at + 1);
  const byte = bytes[end] ?? 0;
  return byte > 0 && (byte <= SPACE || byte === COMMA || byte === closer) ? end : at;
}

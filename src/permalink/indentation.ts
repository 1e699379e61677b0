// Text <-> the same text with each line's indentation written as the difference from the line before: what is nested
// deeper then looks like what is not, and deflate finds it again. Control characters stand for the common differences.
// Lines that are blank, or indented with anything but spaces, stay as they are.
import { CONTENT_LIMIT, TooLarge } from './limits.ts';

/** For the even differences from -24 to 24, without 0. */
const CODES = Array.from({ length: 24 }, (_, i) => String.fromCharCode(i < 7 ? i + 2 : i + 7));
const OTHER = '\u0001';

/** Characters that this notation uses itself. Tab, line feed and carriage return are none of them. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const RESERVED = /[\u0001-\u0008\u000e-\u001f]/;

/** Whether a text can be written this way; others have to be kept as they are. */
export function canOutdent(text: string): boolean {
  return !RESERVED.test(text);
}

function codeOf(difference: number): string {
  if (difference === 0) return '';
  const place = difference / 2 + 12;
  const code = CODES[place > 12 ? place - 1 : place];
  return Number.isInteger(place) && code !== undefined ? code : `${OTHER}${difference};`;
}

function differenceOf(code: string): number {
  if (code === '') return 0;
  if (code.startsWith(OTHER)) return Number(code.slice(1, -1));
  const place = CODES.indexOf(code);
  return 2 * ((place < 12 ? place : place + 1) - 12);
}

/** Writes the differences. `canOutdent` must hold. */
export function outdent(text: string): string {
  let before = 0;
  return text.replace(/\n( *)(?=\S)/g, (_, spaces: string) => {
    const code = codeOf(spaces.length - before);
    before = spaces.length;
    return `\n${code}`;
  });
}

// oxlint-disable-next-line no-control-regex -- control characters are what is read
const LINE_START = /\n(\u0001-?\d{1,9};|[\u0002-\u0008\u000e-\u001f]|(?=\S))/g;

/** The text that `outdent` was given. Throws on differences that it never writes, and `TooLarge`. */
export function indent(text: string): string {
  let column = 0;
  let size = text.length;
  return text.replace(LINE_START, (_, code: string) => {
    column += differenceOf(code);
    size += column;
    if (size > CONTENT_LIMIT) throw new TooLarge();
    return `\n${' '.repeat(column)}`;
  });
}

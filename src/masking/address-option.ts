// TOA's option as tcpdump prints it, `unknown-200 0x17cd6a348374` -> the same port and another address.
import { parseAddress } from '../base/ip.ts';
import type { Mask } from './mask.ts';

const OPTION = /\b(unknown-(?:200|254) 0x[0-9a-f]{4})([0-9a-f]{8})\b/;

/** A capture under the mask, its options too. */
export function captureText(text: string, mask: Mask, words: ReadonlySet<string>): string {
  const found = OPTION.exec(text);
  if (!found) return mask.rename(text, words);
  const [whole, head = '', digits = ''] = found;
  const before = mask.rename(text.slice(0, found.index), words);
  return `${before}${head}${masked(digits, mask)}${captureText(text.slice(found.index + whole.length), mask, words)}`;
}

function masked(digits: string, mask: Mask): string {
  const dotted = (digits.match(/../g) ?? []).map((byte) => parseInt(byte, 16)).join('.');
  const word = parseAddress(mask.rename(dotted))?.words[0] ?? 0;
  return word.toString(16).padStart(8, '0');
}

// A hexdump of a PROXY protocol header -> the same header under other addresses, as xxd prints it. What the header holds
// beyond addresses and ports (names, identifiers) is left out.
// https://www.haproxy.org/download/3.1/doc/proxy-protocol.txt
import { addressOf, parseAddress } from '../base/ip.ts';
import type { DumpedHeader } from '../documents/proxyheader/dumped.ts';
import type { Mask } from './mask.ts';

/** Bytes of version 2 before the addresses. */
const FIXED = 16;

const WORDS: ReadonlySet<string> = new Set(['PROXY', 'TCP4', 'TCP6', 'UDP4', 'UDP6', 'UNKNOWN']);

function wordsAt(bytes: Uint8Array, at: number, count: number): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: count }, (_, i) => view.getUint32(at + 4 * i));
}

/** Both addresses of version 2, each `count` words of 32 bits. */
function binary(bytes: Uint8Array, count: number, mask: Mask): Uint8Array {
  const size = 8 * count + 4;
  const copy = bytes.slice(0, FIXED + size);
  if (copy.length < FIXED + size) return bytes.slice(0, Math.min(bytes.length, FIXED));
  const view = new DataView(copy.buffer);
  view.setUint16(FIXED - 2, size);
  for (const at of [FIXED, FIXED + 4 * count]) {
    const renamed = parseAddress(mask.rename(addressOf(wordsAt(copy, at, count)).text));
    renamed?.words.forEach((word, i) => view.setUint32(at + 4 * i, word));
  }
  return copy;
}

function maskedBytes({ bytes, version }: DumpedHeader, mask: Mask): Uint8Array {
  if (version === 2) return binary(bytes, (bytes[FIXED - 3] ?? 0) >> 4 === 2 ? 4 : 1, mask);
  const [line = ''] = String.fromCharCode(...bytes.subarray(0, 108)).split('\r\n');
  return Uint8Array.from(`${mask.rename(line, WORDS)}\r\n`, (c) => c.charCodeAt(0));
}

/** The rows of the copy: `00000000: 0d0a 0d0a …`. */
export function headerDump(header: DumpedHeader, mask: Mask): string {
  const digits = Array.from(maskedBytes(header, mask), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const rows = digits.match(/.{1,32}/g) ?? [];
  return rows
    .map((row, i) => `${(16 * i).toString(16).padStart(8, '0')}: ${row.replace(/.{4}(?=.)/g, '$& ')}`)
    .join('\n');
}

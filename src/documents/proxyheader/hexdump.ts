// A hexdump (xxd, hexdump -C, od -tx1, tcpdump -X, Wireshark) -> the PROXY protocol header in it.
// https://www.haproxy.org/download/3.1/doc/proxy-protocol.txt
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import type { DumpedHeader } from './dumped.ts';

const ROW = /^\s*(?:0x)?([0-9a-f]{4,8}):?\s+((?:[0-9a-f]{2}){1,8}(?:\s{1,2}(?:[0-9a-f]{2}){1,8})*)(?=\s|$)/i;
/** Every row but the last is that long in all of these tools. */
const WIDTH = 16;

const SIGNATURES: readonly (readonly [version: 1 | 2, bytes: readonly number[]])[] = [
  [1, [0x50, 0x52, 0x4f, 0x58, 0x59, 0x20]],
  [2, [0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a]],
];

export function isHexRow(line: string): boolean {
  return ROW.test(line);
}

/** Rows below the first, up to the first line that is none; hexdump ends with an offset alone. */
export function hexRows(): (line: string) => boolean {
  let ended = false;
  return (line) => {
    ended ||= !isHexRow(line) && !/^[0-9a-f]{8}\s*$/i.test(line);
    return !ended;
  };
}

function bytesIn(line: string): number[] {
  const digits = (ROW.exec(line)?.[2] ?? '').replace(/\s+/g, '');
  const pairs = digits.match(/../g) ?? [];
  return pairs.slice(0, WIDTH).map((pair) => Number.parseInt(pair, 16));
}

function indexOf(bytes: readonly number[], wanted: readonly number[]): number {
  return bytes.findIndex((_, at) => wanted.every((byte, i) => bytes[at + i] === byte));
}

/** Null when the dump holds no such header. */
export function readHexdump(source: Source, within: Span): DumpedHeader | null {
  const bytes = Array.from(linesOf(source, within)).flatMap((line) => bytesIn(textAt(source, line)));
  for (const [version, signature] of SIGNATURES) {
    const at = indexOf(bytes, signature);
    if (at >= 0) return { bytes: Uint8Array.from(bytes.slice(at)), version, span: within };
  }
  return null;
}

// Bytes <-> the characters of a link. Codec `d1` begins with their count (LEB128), so that a link can tell how much of
// it is missing; codec `d`, of the first links, has none.
import { base64urlnopad } from '@scure/base';
import CRC32 from 'crc-32';

/** CRC-32 of the payload's characters, eight hexadecimal digits; `before` are characters of the link it covers as well. */
export function checksum(payload: string, before = ''): string {
  return (CRC32.str(before + payload) >>> 0).toString(16).padStart(8, '0');
}

function countBytes(count: number): number[] {
  const low = count % 128;
  return count < 128 ? [count] : [low + 128, ...countBytes((count - low) / 128)];
}

/** The characters of bytes, their count before them. */
export function counted(bytes: Uint8Array): string {
  const count = countBytes(bytes.length);
  const all = new Uint8Array(count.length + bytes.length);
  all.set(count);
  all.set(bytes, count.length);
  return base64urlnopad.encode(all);
}

/** Programs that make links of text leave a last `_` or `-` out of them: then one more letter, never read. */
export function safeEnd(payload: string): string {
  return /[-_]$/.test(payload) ? `${payload}A` : payload;
}

/** How many characters a counted payload has, told by the first of them; null when too few are there. */
function fullLength(payload: string): number | null {
  const start = payload.slice(0, 8);
  const bytes = start.length < 8 ? [] : base64urlnopad.decode(start);
  let count = 0;
  for (const [i, byte] of bytes.entries()) {
    count += (byte % 128) * 128 ** i;
    if (byte < 128) return Math.ceil(((i + 1 + count) * 4) / 3);
  }
  return null;
}

/** The bytes without their count. */
export function uncounted(payload: string): Uint8Array {
  const bytes = base64urlnopad.decode(payload);
  return bytes.subarray(bytes.findIndex((byte) => byte < 128) + 1);
}

export type Arrived =
  | { readonly kind: 'whole'; readonly payload: string }
  | { readonly kind: 'cut'; readonly missing: number | null }
  | { readonly kind: 'changed' };

/** What arrived of a counted payload; what stands behind it was added on the way. */
export function countedArrived(written: string, crc: string, before = ''): Arrived {
  const full = fullLength(written);
  if (full === null) return { kind: 'cut', missing: null };
  if (full > written.length) return { kind: 'cut', missing: full - written.length };
  const payload = written.slice(0, full);
  return checksum(payload, before) === crc ? { kind: 'whole', payload } : { kind: 'changed' };
}

/** The longest run of characters whose checksum is right, at most 64 of them left out; else it is cut or changed. */
export function uncountedArrived(written: string, crc: string): Arrived {
  for (let length = written.length; length >= Math.max(0, written.length - 64); length -= 1) {
    const payload = written.slice(0, length);
    if (checksum(payload) === crc) return { kind: 'whole', payload };
  }
  return { kind: 'cut', missing: null };
}

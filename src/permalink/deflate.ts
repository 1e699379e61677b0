// Text <-> raw deflate (RFC 1951) with or without a preset dictionary, with a limit on what comes out.
import { deflateSync, Inflate, inflateSync, strFromU8, strToU8 } from 'fflate';
import { CONTENT_LIMIT, TooLarge } from './limits.ts';

/** The stream is read in pieces of so many bytes, so that a bomb is noticed early. */
const PIECE = 16 * 1024;

/** The most that a byte of deflate can stand for: 258 for every two bits. */
const EXPANSION = 4 * 258;

/** A hash table of 128 KiB (fflate's `mem` 4) finds what its largest of 32 MiB does, and need not be cleared for long. */
export function deflate(text: string, dictionary?: Uint8Array): Uint8Array {
  return deflateSync(strToU8(text), { level: 9, mem: 4, ...(dictionary ? { dictionary } : {}) });
}

/** Throws on a damaged stream, and `TooLarge` on more than CONTENT_LIMIT. */
export function inflate(packed: Uint8Array, dictionary?: Uint8Array): string {
  const options = dictionary ? { dictionary } : {};
  const canExceed = packed.length * EXPANSION > CONTENT_LIMIT;
  return strFromU8(canExceed ? inflatedInPieces(packed, options) : inflateSync(packed, options));
}

function inflatedInPieces(packed: Uint8Array, options: { dictionary?: Uint8Array }): Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream = new Inflate(options, (chunk) => {
    size += chunk.length;
    if (size > CONTENT_LIMIT) throw new TooLarge();
    chunks.push(chunk);
  });
  for (let at = 0; at < packed.length; at += PIECE)
    stream.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
  return joined(chunks, size);
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

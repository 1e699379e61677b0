// Text <-> raw deflate (RFC 1951) with or without a preset dictionary, with a limit on what comes out.
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { CONTENT_LIMIT, TooLarge } from './limits.ts';

/** The stream is read in pieces of so many bytes, so that a bomb is noticed early. */
const PIECE = 16 * 1024;

export function deflate(text: string, dictionary?: Uint8Array): Uint8Array {
  return deflateSync(strToU8(text), { level: 9, mem: 12, ...(dictionary ? { dictionary } : {}) });
}

/** Throws on a damaged stream, and `TooLarge` on more than CONTENT_LIMIT. */
export function inflate(packed: Uint8Array, dictionary?: Uint8Array): string {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream = new Inflate(dictionary ? { dictionary } : {}, (chunk) => {
    size += chunk.length;
    if (size > CONTENT_LIMIT) throw new TooLarge();
    chunks.push(chunk);
  });
  for (let at = 0; at < packed.length; at += PIECE)
    stream.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
  return strFromU8(joined(chunks, size));
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

// Scenario <-> URL fragment: `#s1.<codec>.<crc32>.<payload>`, all in characters that no chat program mangles.
// Codec `d`: JSON, raw deflate (RFC 1951), base64url without padding (RFC 4648). Once written, a link opens for ever.
import { base64urlnopad } from '@scure/base';
import CRC32 from 'crc-32';
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import type { Parameters } from '../base/diagnostic.ts';
import { readScenario, type Scenario } from '../engine/scenario.ts';

/** No scenario a person pastes inflates to more; a bomb does. */
const INFLATED_LIMIT = 32 * 1024 * 1024;

/** A lost `#`, an encoded one, and whatever a chat program put behind the payload are forgiven. */
const FRAGMENT = /(?:^|[#/?&=]|%23)s1\.([a-z])\.([0-9a-f]{8})\.([A-Za-z0-9_-]*)/;
const SAMPLE = /(?:^|#|%23)g\/([a-z0-9-]+)/;

export type Opened =
  | { readonly kind: 'scenario'; readonly scenario: Scenario }
  | { readonly kind: 'sample'; readonly id: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'damaged'; readonly code: string; readonly parameters: Parameters };

function checksum(payload: string): string {
  return (CRC32.str(payload) >>> 0).toString(16).padStart(8, '0');
}

/** The fragment, `#` included, that opens this scenario again. */
export function encodeScenario(scenario: Scenario): string {
  const packed = deflateSync(strToU8(JSON.stringify(scenario)), { level: 9 });
  const payload = base64urlnopad.encode(packed);
  return `#s1.d.${checksum(payload)}.${payload}`;
}

/** The short fragment of a built-in sample. */
export function sampleFragment(id: string): string {
  return `#g/${id}`;
}

/** The inflated bytes; throws on a damaged stream and on more than INFLATED_LIMIT. */
function inflate(packed: Uint8Array): Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream = new Inflate((chunk) => {
    size += chunk.length;
    if (size > INFLATED_LIMIT) throw new RangeError('inflates too far');
    chunks.push(chunk);
  });
  const step = 16 * 1024;
  for (let at = 0; at < packed.length; at += step)
    stream.push(packed.subarray(at, at + step), at + step >= packed.length);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function damaged(code: string, parameters: Parameters = {}): Opened {
  return { kind: 'damaged', code, parameters };
}

/** The longest run of payload characters whose checksum is right: what stands behind it was added on the way. */
function trimmedPayload(payload: string, crc: string): string | null {
  if (checksum(payload) === crc) return payload;
  for (let length = payload.length - 1; length >= Math.max(0, payload.length - 64); length -= 1)
    if (checksum(payload.slice(0, length)) === crc) return payload.slice(0, length);
  return null;
}

/** Reads a fragment, or a whole link, that came from outside. Never throws: what is wrong is a `damaged` with a code. */
export function decodeFragment(link: string): Opened {
  const sample = SAMPLE.exec(link)?.[1];
  const found = FRAGMENT.exec(link);
  if (!found) return sample === undefined ? { kind: 'none' } : { kind: 'sample', id: sample };
  const [, codec = '', crc = '', written = ''] = found;
  if (codec !== 'd') return damaged('permalink.codec', { codec });
  const payload = trimmedPayload(written, crc);
  if (payload === null) return damaged('permalink.checksum', { length: written.length });
  try {
    const read = readScenario(JSON.parse(strFromU8(inflate(base64urlnopad.decode(payload)))));
    if ('scenario' in read) return { kind: 'scenario', scenario: read.scenario };
    const [problem] = read.problems;
    return damaged('permalink.scenario', { path: problem?.path ?? '', expected: problem?.expected ?? '' });
  } catch (error) {
    return damaged(error instanceof RangeError ? 'permalink.size' : 'permalink.payload');
  }
}

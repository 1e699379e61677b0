// The preset dictionaries: text that a scenario's is likely to repeat. Both ends must hold the same one, so a file is
// frozen once a link was written with it (a test knows its checksum); a better one gets the next number.
import { strToU8 } from 'fflate';
import { outdent } from './indentation.ts';
import first from './dictionary-1.txt?raw';

let bytes: Uint8Array | undefined;

/** Dictionary 1, as deflate takes it: at most the 32 KiB that its window reaches back. */
export function dictionary1(): Uint8Array {
  bytes ??= strToU8(outdent(first));
  return bytes;
}

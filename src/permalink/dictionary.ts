// The preset dictionaries: text that a scenario's is likely to repeat. Both ends must hold the same one, so a file is
// frozen once a link was written with it (a test knows its checksum); a better one gets the next number.
import { strToU8 } from 'fflate';
import { outdent } from './indentation.ts';
import first from './dictionary-1.txt?raw';
import tools from './dictionary-2.txt?raw';

/** What deflate can reach back, in bytes. */
const WINDOW = 32 * 1024;

let bytes: Uint8Array | undefined;
let bytes2: Uint8Array | undefined;

/** Dictionary 1, as deflate takes it: at most the 32 KiB that its window reaches back. */
export function dictionary1(): Uint8Array {
  bytes ??= strToU8(outdent(first));
  return bytes;
}

/** Where dictionary 1 makes room: of all places the one that its links miss least, measured over the gallery. */
const ROOM_AT = 4096;

/** Dictionary 2: what tools show of a running system, then as much of dictionary 1 as fits behind it. */
export function dictionary2(): Uint8Array {
  if (bytes2) return bytes2;
  const [head, old] = [strToU8(outdent(tools)), dictionary1()];
  bytes2 = new Uint8Array(WINDOW);
  bytes2.set(head);
  bytes2.set(old.subarray(0, ROOM_AT), head.length);
  bytes2.set(old.subarray(ROOM_AT + head.length + old.length - WINDOW), head.length + ROOM_AT);
  return bytes2;
}

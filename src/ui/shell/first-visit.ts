// Whether the page opens on what the build has written into it: the answer to the first sample.
import { isDraftKept } from '../../session/draft-mark.ts';
import type { Memory } from '../../session/settings.ts';

/** Nothing is asked for by the address but a language, and nothing was left at the last visit. */
export function opensOnFirstSample(memory: Memory): boolean {
  const asked = [...new URLSearchParams(location.search).keys()].filter((key) => key !== 'l');
  return location.hash.length < 2 && asked.length === 0 && !isDraftKept(memory);
}

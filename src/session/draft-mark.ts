// Whether a draft is kept, told without waiting: IndexedDB, which holds it, answers only after the page was painted.
import type { Memory } from './settings.ts';

const KEY = 'sidetrace.draft';

export function isDraftKept(memory: Memory): boolean {
  try {
    return memory.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

export function markDraft(memory: Memory): void {
  try {
    memory.setItem(KEY, 'kept');
  } catch {
    // Forbidden: the next visit shows the first sample until its draft has been read.
  }
}

// localStorage where it may be used; elsewhere (a sandboxed frame, forbidden cookies) a memory of nothing.
import type { Memory } from '../../session/settings.ts';

const FORGETFUL: Memory = { getItem: () => null, setItem: () => {} };

export function pageMemory(): Memory {
  try {
    return localStorage;
  } catch {
    return FORGETFUL;
  }
}

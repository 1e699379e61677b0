// localStorage where it may be used; elsewhere (a sandboxed frame, forbidden cookies) a memory of nothing.
import type { Memory } from '../../session/settings.ts';

const FORGETFUL: Memory = { getItem: () => null, setItem: () => {} };

/** The same for as long as this tab is open. */
export function tabMemory(): Memory {
  try {
    return sessionStorage;
  } catch {
    return FORGETFUL;
  }
}

export function pageMemory(): Memory {
  try {
    return localStorage;
  } catch {
    return FORGETFUL;
  }
}

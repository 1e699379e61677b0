// What the browser says about the screen and its reader, followed as it changes.
import { useSyncExternalStore } from 'react';

const STILL = '(prefers-reduced-motion: reduce)';

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (notify) => {
      const list = matchMedia(query);
      list.addEventListener('change', notify);
      return () => list.removeEventListener('change', notify);
    },
    () => matchMedia(query).matches,
    () => false, // where there is no screen yet
  );
}

/** Whether the reader asked for no motion; read when something is about to move. */
export function isStill(): boolean {
  return matchMedia(STILL).matches;
}

// What only somebody who is there needs: it is fetched when they first do something, not while the page loads.
import { useEffect, useState } from 'react';

const ACTS = ['pointerdown', 'pointermove', 'touchstart', 'click', 'keydown', 'wheel', 'paste', 'dragenter'];

/** Begins at the first sign that somebody is there, or that the screen has changed. Returns the way to call it off. */
export function atFirstAct(work: () => void): () => void {
  const listening = new AbortController();
  const begin = (): void => {
    listening.abort();
    work();
  };
  for (const name of [...ACTS, 'resize', 'beforeprint'])
    addEventListener(name, begin, { capture: true, passive: true, signal: listening.signal });
  return () => listening.abort();
}

/** Whether somebody has done something. */
export function useActed(): boolean {
  const [acted, setActed] = useState(false);
  useEffect(() => atFirstAct(() => setActed(true)), []);
  return acted;
}

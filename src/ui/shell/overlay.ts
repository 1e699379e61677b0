// What can lie over the screen, one at a time.
import { useState } from 'react';

export const OVERLAYS = [
  'compare',
  'export',
  'gallery',
  'keys',
  'log',
  'present',
  'privacy',
  'quiz',
  'search',
  'share',
  'tour',
  'whatIf',
] as const;
export type OverlayName = (typeof OVERLAYS)[number];

export interface Overlay {
  readonly shown: OverlayName | null;
  readonly show: (name: OverlayName | null) => void;
}

/** `?present`, `?quiz` and `?tour` open the page on one of them. */
function asked(): OverlayName | null {
  const search = new URLSearchParams(location.search);
  return OVERLAYS.find((name) => search.has(name)) ?? null;
}

export function useOverlay(): Overlay {
  const [shown, show] = useState<OverlayName | null>(asked);
  return { shown, show };
}

// What can lie over the screen, one at a time.
import { useState } from 'react';

export const OVERLAYS = [
  'carry',
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

/** The one that `?present`, `?quiz`, `?tour` … of an address asks for. */
export function askedOverlay(search: string): OverlayName | null {
  const asked = new URLSearchParams(search);
  return OVERLAYS.find((name) => asked.has(name)) ?? null;
}

export function useOverlay(first: OverlayName | null): Overlay {
  const [shown, show] = useState(first);
  return { shown, show };
}

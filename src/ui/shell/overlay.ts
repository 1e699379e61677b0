// What can lie over the screen, one at a time.
import { useCallback, useState } from 'react';

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

/** What was closed is not opened again by a reload, nor by the address when it is sent on. */
function forgetAsked(): void {
  const address = new URL(location.href);
  if (askedOverlay(address.search) === null) return;
  for (const name of OVERLAYS) address.searchParams.delete(name);
  history.replaceState(null, '', address);
}

export function useOverlay(first: OverlayName | null): Overlay {
  const [shown, setShown] = useState(first);
  const show = useCallback((name: OverlayName | null) => {
    setShown(name);
    forgetAsked();
  }, []);
  return { shown, show };
}

// The stops of the tour, and at which of them a reader left it.
export const TOUR_STOPS = ['answer', 'paste', 'picture', 'timeline', 'details', 'gallery'] as const;
export type TourStop = (typeof TOUR_STOPS)[number];

const KEY = 'sidetrace.tour';

function kept(memory: Pick<Storage, 'getItem'>): number | null {
  try {
    const value = memory.getItem(KEY);
    return value === null ? null : Number(value);
  } catch {
    return null;
  }
}

/** Whether the tour is still to be offered. */
export function isTourOpen(memory: Pick<Storage, 'getItem'>): boolean {
  return (kept(memory) ?? 0) < TOUR_STOPS.length;
}

/** The position of the stop to go on with; a finished tour begins anew. */
export function readTourStop(memory: Pick<Storage, 'getItem'>): number {
  const at = kept(memory) ?? 0;
  return Number.isInteger(at) && at > 0 && at < TOUR_STOPS.length ? at : 0;
}

export function keepTourStop(memory: Pick<Storage, 'setItem'>, at: number): void {
  try {
    memory.setItem(KEY, String(at));
  } catch {
    // A private window may forbid it: the tour then begins anew.
  }
}

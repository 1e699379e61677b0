// How wide the panes beside the picture are, where a person chose it, kept between visits.
import type { CSSProperties } from 'react';
import type { Memory } from '../../session/settings.ts';

export type Side = 'paste' | 'details';

/** Pixels; null where nobody chose. */
export type Widths = Readonly<Record<Side, number | null>>;

export const NARROWEST = 240;
export const WIDEST = 720;
const KEY = 'sidetrace.panes';

export function held(width: number): number {
  return Math.round(Math.max(NARROWEST, Math.min(WIDEST, width)));
}

function widthOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? held(value) : null;
}

export function readWidths(memory: Memory): Widths {
  try {
    const [paste, details]: readonly unknown[] = JSON.parse(memory.getItem(KEY) ?? '[]');
    return { paste: widthOf(paste), details: widthOf(details) };
  } catch {
    return { paste: null, details: null };
  }
}

/** A store that refuses costs only the memory. */
export function keepWidths(memory: Memory, { paste, details }: Widths): void {
  try {
    memory.setItem(KEY, JSON.stringify([paste, details]));
  } catch {
    // A private window may forbid it.
  }
}

/** For the style sheet, which has widths of its own where none was chosen. */
export function stylesOf({ paste, details }: Widths): CSSProperties {
  return {
    ...(paste !== null && { '--paste-width': `min(${paste}px, 40%)` }),
    ...(details !== null && { '--details-width': `min(${details}px, 40%)` }),
  };
}

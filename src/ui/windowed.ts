// Rows of one height, of which only those in sight exist. Beyond what a browser can scroll, a pixel of scrolling stands
// for several: the last of millions of rows is still reached.
import { useEffect, useState, type RefObject } from 'react';

/** Pixels; Firefox lays out at most 17.8 million, Chromium 33.5 million. */
const TALLEST = 15_000_000;
/** Rows beside those in sight. */
const SPARE = 15;

interface Windowed {
  /** Pixels of the box that holds the rows. */
  readonly height: number;
  /** The rows that exist. */
  readonly rows: readonly { readonly index: number; readonly top: number }[];
  readonly scrollTo: (index: number) => void;
}

/** Which rows stand where, for a frame scrolled to `scrolled` that shows `room` pixels. */
export function windowOf(count: number, rowHeight: number, scrolled: number, room: number) {
  const whole = count * rowHeight;
  const height = Math.min(whole, TALLEST);
  const hidden = Math.max(0, height - room);
  const scale = hidden === 0 ? 1 : Math.max(1, (whole - room) / hidden);
  const offset = scrolled * scale; // where the frame's top is among all rows
  const first = Math.max(0, Math.floor(offset / rowHeight) - SPARE);
  const last = Math.min(count - 1, Math.ceil((offset + room) / rowHeight) + SPARE);
  const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => ({
    index: first + i,
    top: (first + i) * rowHeight - offset + scrolled,
  }));
  return { height, scale, rows };
}

/** Follows the scrolling of a frame whose rows have `rowHeight` pixels each. */
export function useWindowed(
  frame: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): Windowed {
  const [{ scrolled, room }, setSeen] = useState({ scrolled: 0, room: 0 });
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const look = (): void => setSeen({ scrolled: element.scrollTop, room: element.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [frame]);
  const { height, scale, rows } = windowOf(count, rowHeight, scrolled, room);
  return {
    height,
    rows,
    scrollTo: (index) => {
      frame.current?.scrollTo({ top: (index * rowHeight - room / 2) / scale });
    },
  };
}

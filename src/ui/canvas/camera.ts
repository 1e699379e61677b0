// Where the canvas looks: the whole journey if it can be read at that size, else the hop the reader is at.
import { useReactFlow } from '@xyflow/react';
import { useCallback, useEffect, useRef, type RefObject } from 'react';
import type { Graph } from '../../graph/graph.ts';
import { packetAt } from '../../graph/packet-way.ts';
import type { Point } from '../../graph/node.ts';
import { useSessionState } from '../context.ts';

/** Below this the 11 px of a row cannot be read. */
const READABLE = 0.78;
const LARGEST = 1.15;
const MARGIN = 60;
const GLIDE = 450;

interface Camera {
  readonly frame: RefObject<HTMLDivElement | null>;
  start(): void;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The zoom and offset that show the whole graph, or, when that is too small, its part around a point. */
function viewOf(graph: Graph, size: Size, around: Point | null): { x: number; y: number; zoom: number } {
  const whole = Math.min(size.width / graph.width, size.height / graph.height);
  const zoom = Math.min(LARGEST, Math.max(READABLE, whole));
  const place = (length: number, room: number, at: number) => {
    if (length * zoom <= room) return (room - length * zoom) / 2;
    return Math.min(0, Math.max(room - length * zoom, room / 2 - at * zoom));
  };
  return {
    zoom,
    x: place(graph.width, size.width, around?.x ?? 0),
    y: place(graph.height, size.height, around?.y ?? 0),
  };
}

export function useCamera(graph: Graph): Camera {
  const frame = useRef<HTMLDivElement>(null);
  const { setViewport, getViewport } = useReactFlow();
  const hop = useSessionState((state) => state.hop);
  const seen = useRef<{ graph: Graph } | null>(null);

  const look = useCallback(
    (glide: boolean) => {
      const size = frame.current?.getBoundingClientRect();
      if (!size || size.width === 0) return;
      const view = viewOf(graph, size, hop === null ? null : packetAt(graph, hop));
      void setViewport(view, { duration: glide && !reducedMotion() ? GLIDE : 0 });
    },
    [graph, hop, setViewport],
  );

  const isHidden = useCallback((): boolean => {
    const size = frame.current?.getBoundingClientRect();
    const point = hop === null ? null : packetAt(graph, hop);
    if (!size || !point) return false;
    const { x, y, zoom } = getViewport();
    const at = { x: point.x * zoom + x, y: point.y * zoom + y };
    return (
      at.x < MARGIN / 2 || at.y < MARGIN || at.x > size.width - 4 * MARGIN || at.y > size.height - MARGIN
    );
  }, [graph, hop, getViewport]);

  useEffect(() => {
    const changed = seen.current !== null && seen.current.graph.width !== graph.width;
    if (seen.current === null) seen.current = { graph };
    else if (changed || isHidden()) look(true);
    seen.current = { graph };
  }, [graph, isHidden, look]);

  useResize(frame, look);
  return { frame, start: () => look(false) };
}

function useResize(frame: RefObject<HTMLDivElement | null>, look: (glide: boolean) => void): void {
  const latest = useRef(look);
  useEffect(() => {
    latest.current = look;
  }, [look]);
  useEffect(() => {
    if (!frame.current) return;
    const observer = new ResizeObserver(() => latest.current(false));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame]);
}

function reducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

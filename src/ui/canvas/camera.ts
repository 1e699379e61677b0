// Where the canvas looks: the whole journey if it can be read at that size, else the hop the reader is at.
import { useReactFlow } from '@xyflow/react';
import { useEffect, useEffectEvent, type RefObject } from 'react';
import type { Graph } from '../../graph/graph.ts';
import { packetAt } from '../../graph/packet-way.ts';
import type { Point } from '../../graph/node.ts';
import { useSessionState } from '../context.ts';
import { isStill } from '../media.ts';

/** Below this the 11 px of a row cannot be read. */
const READABLE = 0.78;
const LARGEST = 1.3;
const MARGIN = 60;
const GLIDE = 450;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The zoom and offset that show the whole graph, or, when that is too small, its whole width around a point. */
function viewOf(graph: Size, size: Size, around: Point | null): { x: number; y: number; zoom: number } {
  const whole = Math.min(size.width / graph.width, size.height / graph.height);
  const wide = Math.min(1, size.width / graph.width);
  const zoom = Math.min(LARGEST, Math.max(READABLE, wide, whole));
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

/** Keeps the canvas in `frame` looking at the journey, and the hop the reader is at in sight. */
export function useCamera(graph: Graph, frame: RefObject<HTMLDivElement | null>): void {
  const { setViewport, getViewport } = useReactFlow();
  const hop = useSessionState((state) => state.hop);

  const look = useEffectEvent((glide: boolean, width = graph.width) => {
    const size = frame.current?.getBoundingClientRect();
    if (!size || size.width === 0) return;
    const view = viewOf({ width, height: graph.height }, size, hop === null ? null : packetAt(graph, hop));
    void setViewport(view, { duration: glide && !isStill() ? GLIDE : 0 });
  });
  const keepInSight = useEffectEvent((hop: number | null) => {
    const size = frame.current?.getBoundingClientRect();
    const point = hop === null ? null : packetAt(graph, hop);
    if (!size || !point) return;
    const { x, y, zoom } = getViewport();
    if (!isInSight({ x: point.x * zoom + x, y: point.y * zoom + y }, size)) look(true);
  });

  useEffect(() => keepInSight(hop), [hop]);
  const { width } = graph;
  useEffect(() => look(true, width), [width]);
  useEffect(() => {
    if (!frame.current) return;
    const observer = new ResizeObserver(() => look(false));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame]);
}

/** Its row must be in sight too: it runs to the right of the packet. */
function isInSight({ x, y }: Point, { width, height }: Size): boolean {
  return x > MARGIN / 2 && x < width - 4 * MARGIN && y > MARGIN && y < height - MARGIN;
}

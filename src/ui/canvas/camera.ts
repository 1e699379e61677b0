// Where the canvas looks: the whole journey if it can be read at that size, else as much around the hop as can.
import { useReactFlow, type Viewport } from '@xyflow/react';
import { useDeferredValue, useEffect, useEffectEvent, type RefObject } from 'react';
import type { Graph } from '../../graph/graph.ts';
import type { Point } from '../../graph/node.ts';
import { packetAt } from '../../graph/packet-way.ts';
import { sightsOf, type Sight } from '../../graph/sights.ts';
import { useSessionState } from '../context.ts';
import { isStill } from '../media.ts';

/** Below this the 12 px of a row cannot be read. */
const READABLE = 0.78;
/** A journey shown whole may be large; of one that is not, more is to be seen around the hop. */
const LARGEST = { whole: 1.3, part: 0.9 };
const MARGIN = 60;
/** Between a sight and the edge of the canvas. */
const PADDING = 6;
const GLIDE = 450;

interface Size {
  readonly width: number;
  readonly height: number;
}

function zoomFor(sight: Size, size: Size): number {
  return Math.min((size.width - 2 * PADDING) / sight.width, (size.height - 2 * PADDING) / sight.height);
}

/** The zoom and offset that show the first sight which can be read; where even the last cannot, what is around a point. */
function viewOf(graph: Graph, sights: readonly Sight[], size: Size, point: Point | null): Viewport {
  const sight = sights.find((each) => zoomFor(each, size) >= READABLE);
  const largest = sight === sights[0] ? LARGEST.whole : LARGEST.part;
  const zoom = sight ? Math.min(largest, zoomFor(sight, size)) : READABLE;
  const middle = sight ? middleOf(sight) : (point ?? middleOf({ x: 0, y: 0, ...graph }));
  const place = (length: number, room: number, at: number) => {
    if (length * zoom <= room) return (room - length * zoom) / 2;
    return Math.min(0, Math.max(room - length * zoom, room / 2 - at * zoom));
  };
  return {
    zoom,
    x: place(graph.width, size.width, middle.x),
    y: place(graph.height, size.height, middle.y),
  };
}

function middleOf({ x, y, width, height }: Sight): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** Keeps the canvas in `frame` looking at the journey, and the hop the reader is at in sight. */
export function useCamera(graph: Graph, frame: RefObject<HTMLDivElement | null>): void {
  const { setViewport, getViewport } = useReactFlow();
  const hop = useDeferredValue(useSessionState((state) => state.hop)); // with the picture, behind the sentence
  const shape = [graph.width, ...graph.nodes.map(({ visit }) => visit.id)].join(' ');

  const look = useEffectEvent((glide: boolean) => {
    const size = frame.current?.getBoundingClientRect();
    if (!size || size.width === 0) return;
    const view = viewOf(graph, sightsOf(graph, hop), size, hop === null ? null : packetAt(graph, hop));
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
  useEffect(() => {
    if (shape !== '') look(true);
  }, [shape]);
  useEffect(() => {
    if (!frame.current) return;
    const observer = new ResizeObserver(() => look(false));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame]);
}

/** Its row must be in sight too: it runs to the right of the packet. */
function isInSight({ x, y }: Point, { width, height }: Size): boolean {
  return x > 0 && x < width - 3 * MARGIN && y > MARGIN / 2 && y < height - MARGIN / 2;
}

// The packet: a dot that moves when the reader steps, along the way from the last hop to this one, and then rests.
import { useEffect, useRef } from 'react';
import type { Graph } from '../../graph/graph.ts';
import { packetAt, packetWay, sampled } from '../../graph/packet-way.ts';
import type { Point } from '../../graph/node.ts';
import { slotOf } from '../Address.tsx';
import { useHop, useSessionState } from '../context.ts';
import { isStill } from '../media.ts';
import styles from './Packet.module.css';

const FRAMES = 24;
/** Milliseconds: long ways take longer, but a step never keeps the reader waiting. */
const SHORTEST = 400;
const LONGEST = 700;

function translated({ x, y }: Point): string {
  return `translate(${x}px, ${y}px)`;
}

export function Packet({ graph }: { readonly graph: Graph }) {
  const dot = useRef<HTMLDivElement>(null);
  const hop = useHop();
  const n = hop?.n ?? null;
  const from = useSessionState((state) => state.previousHop);
  useEffect(() => {
    if (n === null || from === null || isStill()) return;
    const points = sampled(packetWay(graph, from, n), FRAMES);
    const duration = Math.min(LONGEST, Math.max(SHORTEST, Math.abs(n - from) * SHORTEST));
    const motion = dot.current?.animate(
      points.map((point) => ({ transform: translated(point) })),
      { duration, easing: 'ease-out' },
    );
    return () => motion?.cancel();
  }, [graph, from, n]);
  const rest = n === null ? null : packetAt(graph, n);
  if (!rest || !hop) return null;
  return (
    <div
      ref={dot}
      className={styles['packet']}
      data-source={slotOf(graph.sources, hop.after.src)}
      style={{ transform: translated(rest) }}
    />
  );
}

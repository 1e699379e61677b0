// Whether the small map is there: by itself when boxes are out of sight and a corner is free, else as the
// reader chose, which is kept between visits.
import { useOnViewportChange, useStore, type Viewport } from '@xyflow/react';
import { useState } from 'react';
import type { Graph } from '../../graph/graph.ts';
import type { Memory } from '../../session/settings.ts';
import { useMedia } from '../media.ts';
import { NARROW } from '../narrow.ts';
import { pageMemory } from '../shell/storage.ts';
import { CORNERS, freeCorner, hidesABox, type Corner } from './overview.ts';

const KEY = 'sidetrace.map';
/** Pixels at zoom 1 that the names of the lanes take above the first row. */
const LANE_NAME = 30;

function readChoice(memory: Memory): boolean | null {
  try {
    const kept = memory.getItem(KEY);
    return kept === null ? null : kept === 'on';
  } catch {
    return null;
  }
}

function keepChoice(memory: Memory, isOn: boolean): void {
  try {
    memory.setItem(KEY, isOn ? 'on' : 'off');
  } catch {
    // A private window may forbid it.
  }
}

export interface Overview {
  /** Null: the map is not shown. */
  readonly corner: Corner | null;
  readonly toggle: () => void;
}

export function useOverview(graph: Graph): Overview {
  const narrow = useMedia(NARROW);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const [choice, setChoice] = useState(() => readChoice(pageMemory()));
  const [viewport, setViewport] = useState<Viewport | null>(null); // once it rests
  useOnViewportChange({ onEnd: setViewport });
  const room = { width, height };
  const boxes = [...graph.nodes, ...graph.futures];
  const names = graph.lanes.map((lane) => ({ ...lane, y: 0, height: LANE_NAME }));
  const free = viewport && freeCorner([...boxes, ...names], viewport, room);
  const isWanted = viewport !== null && hidesABox(boxes, viewport, room) && free !== null;
  const shown = !narrow && (choice ?? isWanted);
  return {
    corner: shown ? (free ?? CORNERS[0]) : null,
    toggle: () => {
      setChoice(!shown);
      keepChoice(pageMemory(), !shown);
    },
  };
}

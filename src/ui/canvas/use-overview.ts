// Whether the small map is there: by itself when the journey is not whole in sight and a corner is free, else as the
// reader chose, which is kept between visits.
import { useOnViewportChange, useStore, type Viewport } from '@xyflow/react';
import { useState } from 'react';
import type { Graph } from '../../graph/graph.ts';
import type { Memory } from '../../session/settings.ts';
import { useMedia } from '../media.ts';
import { NARROW } from '../narrow.ts';
import { pageMemory } from '../shell/storage.ts';
import { CORNERS, freeCorner, isWhole, type Corner } from './overview.ts';

const KEY = 'sidetrace.map';

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
  const free = viewport && freeCorner([...graph.nodes, ...graph.futures], viewport, room);
  const isWanted = viewport !== null && !isWhole(viewport, graph, room) && free !== null;
  const shown = !narrow && (choice ?? isWanted);
  return {
    corner: shown ? (free ?? CORNERS[0]) : null,
    toggle: () => {
      setChoice(!shown);
      keepChoice(pageMemory(), !shown);
    },
  };
}

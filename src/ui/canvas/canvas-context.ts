// What the parts of the picture share: the trace and its graph, which rows list the rules they passed over, which stays are folded.
import { createContext, useContext } from 'react';
import type { Trace } from '../../engine/trace/trace.ts';
import type { Graph } from '../../graph/graph.ts';

export interface CanvasShared {
  /** The one that is drawn: the newest follows when the sentence stands. */
  readonly trace: Trace;
  readonly graph: Graph;
  readonly open: ReadonlySet<number>;
  readonly toggle: (hop: number) => void;
  /** Folds or opens stays. */
  readonly fold: (stays: readonly string[], folded: boolean) => void;
}

export const CanvasContext = createContext<CanvasShared | null>(null);

export function useCanvas(): CanvasShared {
  const shared = useContext(CanvasContext);
  if (!shared) throw new Error('no canvas around this node');
  return shared;
}

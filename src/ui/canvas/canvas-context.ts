// What the parts of the picture share: the graph, which rows list the rules they passed over, which stays are folded.
import { createContext, useContext } from 'react';
import type { Graph } from '../../graph/graph.ts';

export interface CanvasShared {
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

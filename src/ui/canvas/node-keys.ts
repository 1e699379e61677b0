// The graph by keyboard: Tab stops at each place, arrows lead along the lines, Enter goes to the place's
// first hop, Esc from a hop to its place.
import { useReactFlow } from '@xyflow/react';
import type { FocusEvent, KeyboardEvent } from 'react';
import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { firstHop } from '../../graph/visits.ts';
import { useSession } from '../context.ts';
import { isStill } from '../media.ts';
import { useCanvas } from './canvas-context.ts';

const STEP: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function focusNode(id: string | undefined): void {
  document.querySelector<HTMLElement>(`[data-node="${id ?? ''}"]`)?.focus({ preventScroll: true });
}

/** The place that a line leads to from here, or from which one leads here. */
function neighbour(graph: Graph, { visit }: Node, step: 1 | -1): string | undefined {
  const line = graph.lines.find(
    ({ from, to, kind }) => kind === 'path' && (step === 1 ? from : to) === visit.id,
  );
  return step === 1 ? line?.to : line?.from;
}

interface NodeKeys {
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
}

export function useNodeKeys(node: Node): NodeKeys {
  const session = useSession();
  const { graph } = useCanvas();
  const { setCenter, getZoom } = useReactFlow();
  return {
    onKeyDown: (event) => {
      if (event.key === 'Escape' && event.target !== event.currentTarget) {
        event.preventDefault();
        event.stopPropagation();
        return event.currentTarget.focus({ preventScroll: true });
      }
      const step = STEP[event.key];
      if (event.target !== event.currentTarget || (step === undefined && event.key !== 'Enter')) return;
      event.preventDefault();
      event.stopPropagation();
      if (step !== undefined) return focusNode(neighbour(graph, node, step));
      session.select(firstHop(node.visit).n);
      event.currentTarget.querySelector<HTMLElement>('[data-hop]')?.focus({ preventScroll: true });
    },
    onFocus: ({ target, currentTarget }) => {
      if (target !== currentTarget || !target.matches(':focus-visible')) return;
      const at = { x: node.x + node.width / 2, y: node.y + node.height / 2 };
      void setCenter(at.x, at.y, { zoom: getZoom(), duration: isStill() ? 0 : 250 });
    },
  };
}

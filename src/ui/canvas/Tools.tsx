// The small bar in the corner of the picture: zoom, fit, the map, and folding of all pods at once.
import { Controls, ControlButton } from '@xyflow/react';
import type { Graph } from '../../graph/graph.ts';
import { useWords } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { useCanvas } from './canvas-context.ts';

interface ToolsProps {
  readonly graph: Graph;
  readonly mapShown: boolean;
  readonly onMap: () => void;
}

export function Tools({ graph, mapShown, onMap }: ToolsProps) {
  const { t } = useWords();
  const { fold } = useCanvas();
  const folded = graph.nodes.filter(({ visit }) => visit.place === 'pod').map(({ visit }) => visit.id);
  const open = graph.frames.flatMap(({ stays }) => stays);
  const foldsAll = folded.length === 0;
  const label = t(foldsAll ? 'canvas.foldAll' : 'canvas.openAll');
  return (
    <Controls showInteractive={false} fitViewOptions={{ padding: 0.02 }} orientation="horizontal">
      <ControlButton
        onClick={onMap}
        aria-pressed={mapShown}
        aria-label={t('canvas.map')}
        title={t('canvas.map')}
      >
        <Icon name="map" />
      </ControlButton>
      {(folded.length > 0 || open.length > 1) && (
        <ControlButton
          onClick={() => fold(foldsAll ? open : folded, foldsAll)}
          aria-label={label}
          title={label}
        >
          <Icon name={foldsAll ? 'fold' : 'unfold'} />
        </ControlButton>
      )}
    </Controls>
  );
}

// The small bar in the strip above the picture, where it covers nothing: zoom, fit, the map, and folding of all pods.
import { useReactFlow } from '@xyflow/react';
import type { Graph } from '../../graph/graph.ts';
import { useWords } from '../context.ts';
import { Icon, type IconName } from '../Icon.tsx';
import { isStill } from '../media.ts';
import { useCanvas } from './canvas-context.ts';
import styles from './Tools.module.css';

interface ToolsProps {
  readonly graph: Graph;
  readonly mapShown: boolean;
  readonly onMap: () => void;
}

export function Tools({ graph, mapShown, onMap }: ToolsProps) {
  const { t } = useWords();
  const { fold } = useCanvas();
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const motion = { duration: isStill() ? 0 : 200 };
  const folded = graph.nodes.filter(({ visit }) => visit.place === 'pod').map(({ visit }) => visit.id);
  const open = graph.frames.flatMap(({ stays }) => stays);
  const foldsAll = folded.length === 0;
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the tags for groups belong to forms
    <div className={styles['tools']} role="group" aria-label={t('canvas.tools')}>
      <Tool icon="minus" label={t('canvas.zoomOut')} onPress={() => void zoomOut(motion)} />
      <Tool icon="plus" label={t('canvas.zoomIn')} onPress={() => void zoomIn(motion)} />
      <Tool
        icon="fit"
        label={t('canvas.fit')}
        onPress={() => void fitView({ padding: 0.02, minZoom: 0.1, ...motion })}
      />
      <Tool icon="map" label={t('canvas.map')} pressed={mapShown} onPress={onMap} />
      {(folded.length > 0 || open.length > 1) && (
        <Tool
          icon={foldsAll ? 'fold' : 'unfold'}
          label={t(foldsAll ? 'canvas.foldAll' : 'canvas.openAll')}
          onPress={() => fold(foldsAll ? open : folded, foldsAll)}
        />
      )}
    </div>
  );
}

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  readonly pressed?: boolean;
  readonly onPress: () => void;
}

function Tool({ icon, label, pressed, onPress }: ToolProps) {
  return (
    <button type="button" aria-label={label} title={label} aria-pressed={pressed} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}

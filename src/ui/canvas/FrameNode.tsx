// The rounded frame around a pod, with the button that folds it, and the column of a lane with its name.
import { visible } from '../../base/visible.ts';
import type { NodeProps } from '@xyflow/react';
import { useSessionState, useWords } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { useCanvas } from './canvas-context.ts';
import styles from './FrameNode.module.css';
import type { FrameFlowNode, LaneFlowNode } from './flow.ts';

export function FrameNode({ data: { frame } }: NodeProps<FrameFlowNode>) {
  const { t } = useWords();
  const { fold } = useCanvas();
  const addresses = useSessionState(({ answer }) =>
    answer?.scenario.pods.find((each) => each.name === frame.pod)?.addresses.join(' '),
  );
  return (
    <div className={styles['frame']}>
      <p className={styles['name']}>
        <strong>{visible(frame.pod ?? '')}</strong> <code>{addresses}</code>
      </p>
      {frame.stays.length > 0 && (
        <button
          type="button"
          className={`${styles['fold']} nopan`}
          aria-label={t('canvas.foldPod', { pod: frame.pod ?? '' })}
          title={t('canvas.foldPod', { pod: frame.pod ?? '' })}
          onClick={() => fold(frame.stays, true)}
        >
          <Icon name="fold" />
        </button>
      )}
    </div>
  );
}

export function LaneNode({ data: { lane } }: NodeProps<LaneFlowNode>) {
  const { t } = useWords();
  return (
    <div className={styles['lane']}>
      <p>{t(`lane.${lane.place}`)}</p>
    </div>
  );
}

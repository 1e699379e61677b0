// The rounded frame around a pod, and the column of a lane with its name. Neither takes the pointer.
import type { NodeProps } from '@xyflow/react';
import { useSessionState, useWords } from '../context.ts';
import styles from './FrameNode.module.css';
import type { FrameFlowNode, LaneFlowNode } from './flow.ts';

export function FrameNode({ data: { frame } }: NodeProps<FrameFlowNode>) {
  const pods = useSessionState((state) => state.answer?.scenario.pods);
  const pod = pods?.find((each) => each.name === frame.pod);
  return (
    <div className={styles['frame']}>
      <p className={styles['name']}>
        <strong>{frame.pod}</strong> <code>{pod?.addresses.join(' ')}</code>
      </p>
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

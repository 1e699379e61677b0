// One of the two ways on from a match that the paste does not decide.
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { useWords } from '../context.ts';
import styles from './FutureBox.module.css';
import type { FutureFlowNode } from './flow.ts';
import placeStyles from './PlaceNode.module.css';

export function FutureBox({ data: { node } }: NodeProps<FutureFlowNode>) {
  const { t, say } = useWords();
  const { future } = node;
  return (
    <div className={styles['future']}>
      <Handle type="target" position={Position.Top} className={placeStyles['handle']} isConnectable={false} />
      <div>
        <strong>{t(`future.${future.assumption}`)}</strong>
      </div>
      <div title={say(future.event)}>{say(future.event)}</div>
      <div title={`${future.after.src} → ${future.after.dst}`}>
        <code>
          {future.after.src} → {future.after.dst}
        </code>
      </div>
    </div>
  );
}

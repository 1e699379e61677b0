// Where the lap of a loop begins, and where it closes: the sentence that says so.
import type { Hop, Trace } from '../../engine/trace/trace.ts';
import { lapPart } from '../../graph/lap.ts';
import { useWords } from '../context.ts';
import styles from './LapNote.module.css';

export function LapNote({ trace, hop }: { readonly trace: Trace; readonly hop: Hop }) {
  const { t } = useWords();
  const part = lapPart(trace, hop);
  if (!trace.lap || part === undefined || part === 'inside') return null;
  const { from, to } = trace.lap;
  return (
    <p className={styles['lap']}>
      ↻ {part === 'first' ? t('lap.hops', { from, to }) : t('lap.again', { from })}
    </p>
  );
}

// Two ways of a request side by side, stepped together, the first difference marked.
import { useState } from 'react';
import type { Trace } from '../../engine/trace/trace.ts';
import { useWords } from '../context.ts';
import { firstDifference, pairsOf, type Pair } from './pairs.ts';
import { Side } from './Side.tsx';
import styles from './WhatIf.module.css';

interface WaysProps {
  readonly before: Trace;
  readonly after: Trace;
  readonly titles: readonly [string, string];
  /** What pods are called on both sides, when they are other pods. */
  readonly podName?: (pod: string | null) => string;
}

export function Ways({ before, after, titles: [left, right], podName }: WaysProps) {
  const { t } = useWords();
  const pairs: readonly Pair[] = pairsOf(before, after, podName);
  const first = firstDifference(pairs);
  const [at, setAt] = useState(Math.max(0, first));
  const go = (step: number): void => setAt(Math.max(0, Math.min(pairs.length - 1, at + step)));
  return (
    <>
      <p className={styles['steps']}>
        <button type="button" className="button" disabled={at === 0} onClick={() => go(-1)}>
          {t('keys.back')}
        </button>
        <button type="button" className="button" disabled={at >= pairs.length - 1} onClick={() => go(1)}>
          {t('keys.next')}
        </button>
        {first >= 0 && (
          <button type="button" className="button" onClick={() => setAt(first)}>
            {t('whatIf.first')}
          </button>
        )}
      </p>
      <div className={styles['sides']}>
        <Side title={left} trace={before} pairs={pairs} side="before" at={at} first={first} />
        <Side title={right} trace={after} pairs={pairs} side="after" at={at} first={first} />
      </div>
    </>
  );
}

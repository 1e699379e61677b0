// What a remedy does: both answers, both ways hop by hop, what it costs, what carries it out, and the texts it changes.
import { useState } from 'react';
import type { Tried } from '../../worker.ts';
import type { Trace } from '../../engine/trace/trace.ts';
import { useTrace, useWords } from '../context.ts';
import { Command } from '../editors/Commands.tsx';
import { firstDifference, pairsOf, type Pair } from './pairs.ts';
import { Side } from './Side.tsx';
import styles from './WhatIf.module.css';

interface OutcomeProps {
  readonly tried: Tried;
  readonly onKeep: () => void;
}

export function Outcome({ tried, onKeep }: OutcomeProps) {
  const { t, say } = useWords();
  const before = useTrace();
  if (!before) return null;
  return (
    <>
      <p className={styles['keep']}>
        <button type="button" className="button" data-primary onClick={onKeep}>
          {t('whatIf.keep')}
        </button>
        <span>{t('whatIf.keepWhy')}</span>
      </p>
      <Ways before={before} after={tried.simulation.trace} />
      <h3>{t('whatIf.consequences')}</h3>
      <ul>
        {tried.consequences.map((message) => (
          <li key={message.code}>{say(message)}</li>
        ))}
      </ul>
      <h3>{t('whatIf.commands')}</h3>
      {tried.commands.map(({ text }) => (
        <div key={text} className={styles['command']}>
          <Command text={text} />
        </div>
      ))}
      <h3>{t('whatIf.patches', { count: tried.patches.length })}</h3>
      {tried.patches.map((patch) => (
        <div key={JSON.stringify(patch)} className={styles['patch']}>
          <pre>{patch.before}</pre>
          <pre>{patch.after}</pre>
        </div>
      ))}
    </>
  );
}

interface WaysProps {
  readonly before: Trace;
  readonly after: Trace;
}

function Ways({ before, after }: WaysProps) {
  const { t } = useWords();
  const pairs: readonly Pair[] = pairsOf(before, after);
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
        <Side title={t('whatIf.before')} trace={before} pairs={pairs} side="before" at={at} first={first} />
        <Side title={t('whatIf.after')} trace={after} pairs={pairs} side="after" at={at} first={first} />
      </div>
    </>
  );
}

// What to do when the application no longer sees its client: three ways, each explained in place.
import type { Trace } from '../../engine/trace/trace.ts';
import { useWords } from '../context.ts';
import styles from './Remedies.module.css';

const REMEDIES = ['xff', 'tproxy', 'proxyProtocol'] as const;

export function Remedies({ trace }: { readonly trace: Trace }) {
  const { t } = useWords();
  const { xForwardedFor } = trace.app;
  return (
    <div className={styles['remedies']}>
      <span>{t('remedy.title')}</span>
      {REMEDIES.map((remedy) => (
        <details key={remedy} name="remedy">
          <summary>{t(`remedy.${remedy}.name`)}</summary>
          <p>
            {t(`remedy.${remedy}.text`)}{' '}
            {remedy === 'xff' && xForwardedFor !== null && t('remedy.xff.seen', { value: xForwardedFor })}
          </p>
        </details>
      ))}
    </div>
  );
}

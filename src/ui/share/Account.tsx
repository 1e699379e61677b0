// What a copy holds, and what it does not: counts, with examples of the pseudonyms.
import type { SharedCopy } from '../../permalink/shared-copy.ts';
import { useWords } from '../context.ts';
import styles from './Share.module.css';

interface AccountProps {
  readonly copy: SharedCopy;
  readonly title: string;
}

export function Account({ copy, title }: AccountProps) {
  const { t } = useWords();
  const { account, lost } = copy;
  return (
    <details className={styles['account']} open>
      <summary>{title}</summary>
      {!account && <p>{t('share.original')}</p>}
      {account && account.replaced.length > 0 && (
        <>
          <h3>{t('share.replacedTitle')}</h3>
          <ul>
            {account.replaced.map(({ kind, count, samples }) => (
              <li key={kind}>
                {t(`share.replaced.${kind}`, { count })}
                <span className={styles['samples']}>
                  {samples.map(({ from, to }) => (
                    <code key={from}>
                      {from} → {to}
                    </code>
                  ))}
                  {count > samples.length && t('share.more', { count: count - samples.length })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {account && account.leftOut.length > 0 && (
        <>
          <h3>{t('share.leftOutTitle')}</h3>
          <ul>
            {account.leftOut.map(({ kind, count }) => (
              <li key={kind}>{t(`share.leftOut.${kind}`, { count })}</li>
            ))}
          </ul>
        </>
      )}
      {lost && (
        <p>
          {t('share.lost', {
            documents: lost.documents,
            configuration: lost.configuration,
            logLines: lost['log lines'],
          })}
        </p>
      )}
    </details>
  );
}

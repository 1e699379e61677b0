// The way of a request in one line: the machines, and between them the source address the packet bears there.
import { Fragment } from 'react';
import type { Carried } from '../../graph/carried.ts';
import { hostOf } from '../../graph/sources.ts';
import { Address } from '../Address.tsx';
import { useWords } from '../context.ts';
import styles from './CarryTable.module.css';

export function MiniPath({ carried: { legs } }: { readonly carried: Carried }) {
  const { t } = useWords();
  const sources = [...new Set(legs.map(({ source }) => hostOf(source)))];
  return (
    <ol className={styles['path']}>
      {legs.map(({ machine, source }) => (
        <Fragment key={machine ?? ''}>
          {machine !== null && (
            <li className={styles['leg']} aria-label={`${source} →`}>
              <Address text={source} sources={sources} />
              <span className={styles['line']} data-source={sources.indexOf(hostOf(source))} aria-hidden />
            </li>
          )}
          <li className={styles['machine']}>{machine ?? t('carry.client')}</li>
        </Fragment>
      ))}
    </ol>
  );
}

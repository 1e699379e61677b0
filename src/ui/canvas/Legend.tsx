// Which colour and pattern is which source address, and what the marks on the rows mean.
import type { Trace } from '../../engine/trace/trace.ts';
import { slot } from '../Address.tsx';
import { useWords } from '../context.ts';
import styles from './Legend.module.css';

/** Addresses that may be more than fit. */
const SCROLLS_FROM = 12;

interface LegendProps {
  readonly trace: Trace;
  readonly sources: readonly string[];
}

export function Legend({ trace, sources }: LegendProps) {
  const { t } = useWords();
  const longest = Math.max(...sources.map(({ length }) => length), 8);
  const bases = new Set(trace.hops.map((hop) => hop.basis));
  return (
    <div className={styles['legend']}>
      <span className={styles['title']}>{t('legend.source')}</span>
      <div
        className={styles['entries']}
        style={{ '--longest': longest }}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={sources.length > SCROLLS_FROM ? 0 : undefined}
      >
        {sources.map((source, i) => (
          <span key={source} className={styles['entry']}>
            <svg width="30" height="8" aria-hidden="true">
              <line x1="0" x2="30" y1="4" y2="4" data-source={slot(i)} />
            </svg>
            <span className="source-text" data-source={slot(i)}>
              {source}
            </span>
          </span>
        ))}
        {bases.has('observed') && <span className={styles['mark']}>✓ {t('legend.observed')}</span>}
        {bases.has('assumed') && <span className={styles['mark']}>~ {t('legend.assumed')}</span>}
        {bases.has('undecided') && <span className={styles['mark']}>? {t('legend.undecided')}</span>}
      </div>
    </div>
  );
}

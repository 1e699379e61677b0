// The details of the current hop, or all hops as a list: the text twin of the picture.
import { useState } from 'react';
import { useTrace, useWords } from '../context.ts';
import { HopList } from './HopList.tsx';
import { Inspector } from './Inspector.tsx';
import styles from './SidePane.module.css';

type Tab = 'hop' | 'list';
const TABS: readonly Tab[] = ['hop', 'list'];

export function SidePane() {
  const { t } = useWords();
  const trace = useTrace();
  const [tab, setTab] = useState<Tab>('hop');
  return (
    <div className={styles['pane']}>
      <div className={styles['tabs']}>
        {TABS.map((each) => (
          <button key={each} type="button" aria-pressed={tab === each} onClick={() => setTab(each)}>
            {t(`side.${each}`)}
          </button>
        ))}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <section className={styles['body']} tabIndex={0} aria-label={t(`side.${tab}`)} data-scrolls>
        {trace && tab === 'hop' && <Inspector trace={trace} />}
        {trace && tab === 'list' && <HopList trace={trace} />}
      </section>
      {trace && tab === 'hop' && (
        <div className="visually-hidden">
          <HopList trace={trace} plain />
        </div>
      )}
    </div>
  );
}

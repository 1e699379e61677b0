// The details of the current hop; all hops as a list, the text twin of the picture; and what the engine noticed.
import { lazy, Suspense, useDeferredValue, useState } from 'react';
import { isRecognised } from '../../graph/answer.ts';
import { useSimulation, useTrace, useWords } from '../context.ts';
import { Tabs } from '../Tabs.tsx';
import { Findings } from './Findings.tsx';
import { HopList } from './HopList.tsx';
import { Inspector } from './Inspector.tsx';
import styles from './SidePane.module.css';

/** For readers who hear the page and for paper: it may come after what is seen. */
const Twin = lazy(() => import('./Twin.tsx').then(({ Twin }) => ({ default: Twin })));

const HookMap = lazy(() => import('./HookMap.tsx').then(({ HookMap }) => ({ default: HookMap })));

const TABS = ['hop', 'list', 'map', 'findings'] as const;
type Shown = (typeof TABS)[number];

export function SidePane() {
  const { t } = useWords();
  const trace = useDeferredValue(useTrace());
  const [shown, setShown] = useState<Shown>('hop');
  const simulation = useSimulation();
  // what is found out of Istio's defaults alone is about nobody's cluster
  const findings = (simulation && isRecognised(simulation) && trace?.findings) || [];
  return (
    <div className={styles['pane']} data-tour="details">
      <div className={styles['bar']}>
        <Tabs
          label={t('pane.details')}
          tabs={TABS.map((id) => ({
            id,
            name: t(`side.${id}`),
            count: id === 'findings' ? findings.length : 0,
          }))}
          shown={shown}
          onShow={setShown}
        />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <section className={styles['body']} tabIndex={0} aria-label={t(`side.${shown}`)} data-scrolls>
        {trace && shown === 'hop' && <Inspector trace={trace} />}
        {trace && shown === 'list' && <HopList trace={trace} />}
        {trace && shown === 'map' && (
          <Suspense>
            <HookMap trace={trace} />
          </Suspense>
        )}
        {trace && shown === 'findings' && <Findings findings={findings} place="all" />}
      </section>
      {trace && shown !== 'list' && (
        <Suspense>
          <Twin trace={trace} />
        </Suspense>
      )}
    </div>
  );
}

// The journey as a row of stops, coloured by source address, with the controls that move along it.
import { useDeferredValue } from 'react';
import { useTrace, useWords } from '../context.ts';
import type { OverlayName } from '../shell/overlay.ts';
import { Controls } from './Controls.tsx';
import { Stops } from './Stops.tsx';
import styles from './Timeline.module.css';

interface TimelineProps {
  readonly onShow: (overlay: OverlayName) => void;
}

export function Timeline({ onShow }: TimelineProps) {
  const { t } = useWords();
  const trace = useDeferredValue(useTrace());
  return (
    <section className={styles['timeline']} aria-label={t('timeline.label')} data-tour="timeline">
      <Controls trace={trace} onShow={onShow} />
      {trace && trace.hops.length > 0 && <Stops trace={trace} />}
    </section>
  );
}

// A tour of the screen for newcomers: six stops, each beside the thing it speaks of. Skippable, and resumed where it was left.
import { useEffect, useState, type CSSProperties } from 'react';
import { keyHop } from '../../session/navigation.ts';
import { useSession, useWords } from '../context.ts';
import { pageMemory } from '../shell/storage.ts';
import styles from './Tour.module.css';
import { keepTourStop, readTourStop, TOUR_STOPS, type TourStop } from './tour-stops.ts';

export function Tour({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const session = useSession();
  const [at, setAt] = useState(() => readTourStop(pageMemory()));
  const stop = TOUR_STOPS[at] ?? 'answer';
  const box = useBox(stop);
  const last = at >= TOUR_STOPS.length - 1;
  useEffect(() => {
    keepTourStop(pageMemory(), at);
    if (stop === 'timeline') session.toEnd('first');
    const trace = session.store.getState().answer?.simulation.trace;
    if (stop === 'picture' && trace) session.select(keyHop(trace));
  }, [at, stop, session]);
  function end(done: boolean): void {
    keepTourStop(pageMemory(), done ? TOUR_STOPS.length : at);
    onClose();
  }
  return (
    <>
      <div className={styles['frame']} style={box} />
      <aside className={styles['card']} data-low={isLow(box)} aria-label={t('tour.title')} aria-live="polite">
        <p>
          <strong>{t('tour.place', { n: at + 1, count: TOUR_STOPS.length })}</strong> {t(`tour.${stop}`)}
        </p>
        <p className={styles['buttons']}>
          <button type="button" className="button" onClick={() => end(false)}>
            {t('tour.later')}
          </button>
          <button type="button" className="button" disabled={at === 0} onClick={() => setAt(at - 1)}>
            {t('tour.back')}
          </button>
          <button
            type="button"
            className="button"
            data-primary
            onClick={() => (last ? end(true) : setAt(at + 1))}
          >
            {t(last ? 'tour.end' : 'tour.next')}
          </button>
        </p>
      </aside>
    </>
  );
}

/** Where the thing is that a stop speaks of. */
function useBox(stop: TourStop): CSSProperties {
  const [box, setBox] = useState<CSSProperties>({});
  useEffect(() => {
    const look = (): void => {
      const found = document.querySelector(`[data-tour="${stop}"]`)?.getBoundingClientRect();
      setBox(found ? { left: found.x, top: found.y, width: found.width, height: found.height } : {});
    };
    look();
    addEventListener('resize', look);
    return () => removeEventListener('resize', look);
  }, [stop]);
  return box;
}

/** Whether the thing is in the lower half, so that the card goes above. */
function isLow({ top }: CSSProperties): boolean {
  return typeof top === 'number' && top > innerHeight / 2;
}

// Both ways on from a hop that the paste does not decide.
import type { Hop } from '../../engine/trace/trace.ts';
import { useWords } from '../context.ts';
import styles from './Inspector.module.css';

export function Futures({ hop }: { readonly hop: Hop }) {
  const { t, say } = useWords();
  if (hop.futures.length === 0) return null;
  return (
    <section>
      <h3>{t('inspector.futures')}</h3>
      <dl className={styles['futures']}>
        {hop.futures.map((future) => (
          <div key={future.assumption}>
            <dt>{t(`future.${future.assumption}`)}</dt>
            <dd>
              {say(future.event)}
              <br />
              {future.after.src} → {future.after.dst}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

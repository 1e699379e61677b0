// What to do when the application no longer sees its client: the ways that fit who changed the address, each explained
// in place.
import type { Simulation } from '../../engine/trace/simulation.ts';
import { decidingChange, receivingHop } from '../../graph/answer.ts';
import { useWords } from '../context.ts';
import styles from './Remedies.module.css';

type Remedy = 'xff' | 'tproxy' | 'proxyProtocol' | 'localPolicy' | 'exempt';

/**
 * No header tells what netfilter rewrote, and only HTTP has one; TPROXY helps where the app's own proxy chose the
 * address.
 */
function remediesOf({ trace, request }: Simulation): readonly Remedy[] {
  const change = decidingChange(trace);
  const chooser = trace.hops.find(({ n }) => n === change?.hop);
  if (change?.kind === 'rewrite') return ['localPolicy', 'exempt'];
  const isOwn = chooser?.pod === receivingHop(trace)?.pod;
  const header = request?.protocol === 'http' ? (['xff'] as const) : [];
  return isOwn ? [...header, 'tproxy', 'proxyProtocol'] : [...header, 'proxyProtocol'];
}

export function Remedies({ simulation }: { readonly simulation: Simulation }) {
  const { t } = useWords();
  const { xForwardedFor } = simulation.trace.app;
  return (
    <div className={styles['remedies']}>
      <span>{t('remedy.title')}</span>
      {remediesOf(simulation).map((remedy) => (
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

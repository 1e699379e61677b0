// What to do when the application no longer sees its client: the ways that fit who changed the address, each explained
// in place.
import type { Trace } from '../../engine/trace/trace.ts';
import { decidingChange, receivingHop } from '../../graph/answer.ts';
import { useWords } from '../context.ts';
import styles from './Remedies.module.css';

type Remedy = 'xff' | 'tproxy' | 'proxyProtocol' | 'localPolicy' | 'exempt';

/** No header tells what netfilter rewrote; TPROXY helps where the app's own proxy chose the address. */
function remediesOf(trace: Trace): readonly Remedy[] {
  const change = decidingChange(trace);
  const chooser = trace.hops.find(({ n }) => n === change?.hop);
  if (change?.kind === 'rewrite') return ['localPolicy', 'exempt'];
  const isOwn = chooser?.pod === receivingHop(trace)?.pod;
  return isOwn ? ['xff', 'tproxy', 'proxyProtocol'] : ['xff', 'proxyProtocol'];
}

export function Remedies({ trace }: { readonly trace: Trace }) {
  const { t } = useWords();
  const { xForwardedFor } = trace.app;
  return (
    <div className={styles['remedies']}>
      <span>{t('remedy.title')}</span>
      {remediesOf(trace).map((remedy) => (
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

// The sentence of the hop in large type, and the addresses it leaves, fit to be read from the back of a room.
import { sourcesOf } from '../../graph/sources.ts';
import { Address } from '../Address.tsx';
import { useHop, useSessionState, useTrace, useWords } from '../context.ts';
import { LapNote } from '../inspector/LapNote.tsx';
import { sentenceOf } from '../sentence.ts';
import styles from './Presenter.module.css';

export function Caption() {
  const words = useWords();
  const hop = useHop();
  const trace = useTrace();
  const several = useSessionState((state) => state.scenario.pods.length > 1);
  if (!hop || !trace) return <p className={styles['caption']}>{words.t('inspector.none')}</p>;
  const sources = sourcesOf(trace);
  const changed = hop.before.src !== hop.after.src;
  return (
    <footer className={styles['caption']} aria-live="polite">
      <p>{sentenceOf(words, hop)}</p>
      <p className={styles['addresses']}>
        <span>{words.t('timeline.place', { n: hop.n, count: trace.hops.length })}</span>
        {several && hop.pod !== null && <strong>{hop.pod}</strong>}
        {changed && (
          <>
            <Address text={hop.before.src} sources={sources} /> ⇒
          </>
        )}
        <Address text={hop.after.src} sources={sources} chip={changed} /> → <code>{hop.after.dst}</code>
      </p>
      <LapNote trace={trace} hop={hop} />
    </footer>
  );
}

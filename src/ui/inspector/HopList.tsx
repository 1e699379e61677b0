// The text twin: every hop in order, as sentences.
import type { Trace } from '../../engine/trace/trace.ts';
import { sourcesOf } from '../../graph/sources.ts';
import { Address } from '../Address.tsx';
import { useSession, useSessionState, useWords } from '../context.ts';
import { rowLabel, sentenceOf } from '../sentence.ts';
import styles from './HopList.module.css';

interface HopListProps {
  readonly trace: Trace;
  /** Words only, without buttons: what a screen reader finds while the details are shown. */
  readonly plain?: boolean;
}

export function HopList({ trace, plain = false }: HopListProps) {
  const words = useWords();
  const session = useSession();
  const current = useSessionState((state) => state.hop);
  const sources = sourcesOf(trace);
  return (
    <ol className={styles['list']} aria-label={words.t('side.list')}>
      {trace.hops.map((hop) => {
        const { name, verdict } = rowLabel(hop, words);
        return (
          <li key={hop.n} data-current={hop.n === current}>
            {plain ? (
              <span>{name}</span>
            ) : (
              <button
                type="button"
                aria-current={hop.n === current ? 'step' : undefined}
                onClick={() => session.select(hop.n)}
              >
                <code>
                  {name} {verdict}
                </code>
              </button>
            )}
            <p>
              {sentenceOf(words, hop)} <Address text={hop.after.src} sources={sources} /> →{' '}
              <code>{hop.after.dst}</code>
            </p>
          </li>
        );
      })}
    </ol>
  );
}

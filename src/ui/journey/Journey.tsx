// The journey down the page, for screens too narrow for the picture: a card for each place, a row for each hop, and the
// ribbon of the source address along its edge. Same order, same numbers, same colours as the picture.
import { visible } from '../../base/visible.ts';
import { useDeferredValue, useEffect, useRef } from 'react';
import type { Hop, Trace } from '../../engine/trace/trace.ts';
import { sourcesOf } from '../../graph/sources.ts';
import { firstHop, visitsOf, type Visit } from '../../graph/visits.ts';
import { isSourceStop } from '../../session/navigation.ts';
import { Address, slotOf } from '../Address.tsx';
import { Legend } from '../canvas/Legend.tsx';
import { useSession, useSessionState, useTrace, useWords } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { LapNote } from '../inspector/LapNote.tsx';
import { placeName } from '../place-name.ts';
import { scrollWithin } from '../scroll-within.ts';
import { rowLabel, sentenceOf } from '../sentence.ts';
import styles from './Journey.module.css';

export function Journey() {
  const { t } = useWords();
  const newest = useTrace();
  const trace = useDeferredValue(newest);
  if (!trace && newest) return null; // a moment later
  if (!trace || trace.hops.length === 0) return <p className={styles['empty']}>{t('canvas.empty')}</p>;
  return (
    <div className={styles['journey']} data-testid="journey">
      <Legend trace={trace} sources={sourcesOf(trace)} />
      <ol className={styles['visits']}>
        {visitsOf(trace).map((visit) => (
          <VisitCard key={visit.id} visit={visit} trace={trace} />
        ))}
      </ol>
    </div>
  );
}

interface VisitCardProps {
  readonly visit: Visit;
  readonly trace: Trace;
}

function VisitCard({ visit, trace }: VisitCardProps) {
  const words = useWords();
  const { t } = words;
  const { packet } = firstHop(visit);
  return (
    <li className={styles['visit']}>
      <p className={styles['place']}>
        <strong>{placeName(firstHop(visit), trace, words)}</strong> <span>{visible(visit.pod ?? '')}</span>
        {packet === 'reply' && <em>{t('packet.reply')}</em>}
      </p>
      <ol>
        {visit.hops.map((hop) => (
          <Row key={hop.n} hop={hop} trace={trace} />
        ))}
      </ol>
    </li>
  );
}

function Row({ hop, trace }: { readonly hop: Hop; readonly trace: Trace }) {
  const sources = sourcesOf(trace);
  const words = useWords();
  const session = useSession();
  const item = useRef<HTMLLIElement>(null);
  const current = useSessionState((state) => state.hop === hop.n);
  useEffect(() => {
    const list = item.current?.closest<HTMLElement>(`.${styles['visits']}`);
    if (current && item.current && list) scrollWithin(list, item.current);
  }, [current]);
  const { name, verdict } = rowLabel(hop, words);
  return (
    <li ref={item} data-basis={hop.basis}>
      <svg className={styles['ribbon']} aria-hidden="true">
        <line x1="4" x2="4" y1="0" y2="100%" data-source={slotOf(sources, hop.after.src)} />
      </svg>
      <button type="button" aria-current={current ? 'step' : undefined} onClick={() => session.select(hop.n)}>
        <b>{isSourceStop(hop) ? <Icon name="cut" /> : (hop.step ?? '·')}</b>
        <code>{name}</code>
        <span className={styles['verdict']}>{verdict}</span>
        {current && <span className={styles['sentence']}>{sentenceOf(words, hop)}</span>}
        {hop.before.src !== hop.after.src && (
          <span className={styles['change']}>
            {words.t('row.src')} → <Address text={hop.after.src} sources={sources} />
          </span>
        )}
        {hop.before.dst !== hop.after.dst && (
          <span className={styles['change']}>
            {words.t('row.dst')} → <code>{hop.after.dst}</code>
          </span>
        )}
      </button>
      <LapNote trace={trace} hop={hop} />
    </li>
  );
}

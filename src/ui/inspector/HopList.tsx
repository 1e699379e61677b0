// The text twin: every hop in order, as sentences, each with its breakpoint.
import { memo, useEffect, useRef } from 'react';
import type { Hop, Trace } from '../../engine/trace/trace.ts';
import { sourcesOf } from '../../graph/sources.ts';
import { Address } from '../Address.tsx';
import { useSession, useSessionState, useWords } from '../context.ts';
import { LapNote } from './LapNote.tsx';
import { rowLabel, sentenceOf } from '../sentence.ts';
import styles from './HopList.module.css';

interface HopListProps {
  readonly trace: Trace;
  /** Words only, without buttons: what a screen reader finds while something else is shown. */
  readonly plain?: boolean;
}

export const HopList = memo(({ trace, plain = false }: HopListProps) => {
  const { t } = useWords();
  const sources = sourcesOf(trace);
  return (
    <ol className={styles['list']} aria-label={t('side.list')} id={plain ? 'twin' : undefined}>
      {trace.hops.map((hop) => (
        <HopItem key={hop.n} hop={hop} trace={trace} sources={sources} plain={plain} />
      ))}
    </ol>
  );
});

interface HopItemProps {
  readonly hop: Hop;
  readonly trace: Trace;
  readonly sources: readonly string[];
  readonly plain: boolean;
}

function HopItem({ hop, trace, sources, plain }: HopItemProps) {
  const words = useWords();
  const session = useSession();
  const item = useRef<HTMLLIElement>(null);
  const current = useSessionState((state) => state.hop === hop.n);
  const hovered = useSessionState((state) => state.hovered === hop.n);
  useEffect(() => {
    if (current && !plain) item.current?.scrollIntoView({ block: 'nearest' });
  }, [current, plain]);
  const { name, verdict } = rowLabel(hop, words);
  return (
    <li
      ref={item}
      value={hop.n}
      data-current={current}
      data-hovered={hovered}
      onPointerEnter={() => session.hover(hop.n)}
      onPointerLeave={() => session.hover(null)}
    >
      {plain ? <span>{name}</span> : <Breakpoint hop={hop} />}
      {!plain && (
        <button
          type="button"
          className={styles['name']}
          aria-current={current ? 'step' : undefined}
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
      <LapNote trace={trace} hop={hop} />
    </li>
  );
}

function Breakpoint({ hop: { n } }: { readonly hop: Hop }) {
  const { t } = useWords();
  const session = useSession();
  const set = useSessionState((state) => state.breakpoints.has(n));
  const label = t(set ? 'timeline.breakpointOff' : 'timeline.breakpoint', { n });
  return (
    <button
      type="button"
      className={styles['breakpoint']}
      aria-pressed={set}
      aria-label={label}
      title={label}
      onClick={() => session.toggleBreakpoint(n)}
    />
  );
}

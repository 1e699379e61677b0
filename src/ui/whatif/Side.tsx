// One of two ways: what the application sees, and its hops in the rows it shares with the other.
import { useEffect, useRef } from 'react';
import type { Trace } from '../../engine/trace/trace.ts';
import { sourcesOf } from '../../graph/sources.ts';
import { Address } from '../Address.tsx';
import { useWords } from '../context.ts';
import { scrollWithin } from '../scroll-within.ts';
import { Scrolling } from '../Scrolling.tsx';
import { rowLabel } from '../sentence.ts';
import { differs, type Pair } from './pairs.ts';
import styles from './WhatIf.module.css';

interface SideProps {
  readonly title: string;
  readonly trace: Trace;
  readonly pairs: readonly Pair[];
  readonly side: 'before' | 'after';
  /** The row both stand on. */
  readonly at: number;
  readonly first: number;
}

export function Side({ title, trace, pairs, side, at, first }: SideProps) {
  const words = useWords();
  const sources = sourcesOf(trace);
  const rows = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const row = rows.current?.querySelectorAll('li')[at];
    if (rows.current && row) scrollWithin(rows.current, row);
  }, [at]);
  const seen = trace.app.remoteAddress;
  return (
    <section className={styles['side']} aria-label={title}>
      <h3>{title}</h3>
      <p className={styles['seen']}>
        {words.t(`outcome.${trace.outcome}`)}
        {seen !== null && (
          <>
            {' '}
            <Address text={seen} sources={sources} chip />
          </>
        )}
      </p>
      <Scrolling ref={rows} className={styles['rows']} label={title}>
        <ol>
          {pairs.map((pair, i) => {
            const hop = pair[side];
            return (
              <li
                // oxlint-disable-next-line react/no-array-index-key -- a row is its place
                key={i}
                data-current={i === at}
                data-differs={differs(pair)}
                data-first={i === first}
              >
                {hop && (
                  <>
                    <code>{rowLabel(hop, words).name}</code>{' '}
                    <Address text={hop.after.src} sources={sources} />
                  </>
                )}
              </li>
            );
          })}
        </ol>
      </Scrolling>
    </section>
  );
}

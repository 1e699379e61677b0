// One hop: the rules it passed over (a line that opens), the row itself, and the address it changed. Focus walks with
// the reader from row to row.
import { useEffect, useRef } from 'react';
import { LISTED_PASSED, type Row } from '../../graph/measure.ts';
import { slot } from '../Address.tsx';
import { useSession, useSessionState, useWords } from '../context.ts';
import { rowLabel, sentenceOf, whyNot } from '../sentence.ts';
import { useCanvas } from './canvas-context.ts';
import styles from './HopRow.module.css';

interface HopRowProps {
  readonly row: Row;
}

export function HopRow({ row }: HopRowProps) {
  const words = useWords();
  const session = useSession();
  const { hop } = row;
  const current = useSessionState((state) => state.hop === hop.n);
  const hovered = useSessionState((state) => state.hovered === hop.n);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const focused = document.activeElement;
    if (current && focused instanceof HTMLElement && focused.dataset['hop'] !== undefined)
      button.current?.focus({ preventScroll: true });
  }, [current]);
  const { name, verdict } = rowLabel(hop, words);
  return (
    <div className={styles['row']} style={{ top: row.y, height: row.height }} data-basis={hop.basis}>
      <PassedOver row={row} />
      <button
        type="button"
        className={`${styles['hop']} nopan`}
        data-current={current}
        data-hovered={hovered}
        data-hop={hop.n}
        ref={button}
        tabIndex={current ? 0 : -1}
        aria-current={current ? 'step' : undefined}
        title={`${name}  ${verdict}\n${sentenceOf(words, hop)}`}
        onClick={() => session.select(hop.n)}
        onPointerEnter={() => session.hover(hop.n)}
        onPointerLeave={() => session.hover(null)}
      >
        <span className={styles['line']}>
          <b data-empty={hop.step === null}>{hop.step ?? '·'}</b>
          <span className={styles['what']}>
            <span className={styles['name']}>{name}</span>
            {row.changes.length === 0 && <span className={styles['verdict']}>{verdict}</span>}
          </span>
          <BasisMark basis={hop.basis} />
        </span>
        {row.futures.map((future) => (
          <span key={future.assumption} className={styles['future']} title={words.say(future.event)}>
            {words.t(`future.${future.assumption}`)}: {words.say(future.event)}
          </span>
        ))}
        {row.changes.map((end, i) => (
          <span key={end} className={styles['changed']}>
            <span
              className={end === 'src' ? 'source-text' : undefined}
              data-source={end === 'src' ? slot(row.sourceAfter) : undefined}
            >
              {words.t(`row.${end}`)} → {hop.after[end]}
            </span>
            {i === 0 && <span className={styles['verdict']}> {verdict}</span>}
          </span>
        ))}
      </button>
    </div>
  );
}

function BasisMark({ basis }: { readonly basis: Row['hop']['basis'] }) {
  const { t } = useWords();
  if (basis === 'derived') return null;
  const sign = { observed: '✓', assumed: '~', undecided: '?' }[basis];
  return (
    <span className={styles['basis']} data-basis={basis} title={t(`basis.${basis}`)}>
      {sign}
    </span>
  );
}

function PassedOver({ row: { hop, listed, tellsPassed } }: HopRowProps) {
  const words = useWords();
  const { toggle, open } = useCanvas();
  if (!tellsPassed) return null;
  const shown = hop.passed.slice(-Math.min(listed, LISTED_PASSED));
  return (
    <>
      <button
        type="button"
        className={`${styles['passed']} nopan`}
        aria-expanded={open.has(hop.n)}
        onClick={() => toggle(hop.n)}
      >
        {open.has(hop.n) ? '▾' : '▸'} {words.t('row.passed', { count: hop.passedCount })}
      </button>
      {listed > 0 &&
        shown.map((passed, i) => (
          <span key={`${i} ${passed.name}`} className={styles['skipped']} title={whyNot(words, passed.why)}>
            {passed.name} · {whyNot(words, passed.why)}
          </span>
        ))}
    </>
  );
}

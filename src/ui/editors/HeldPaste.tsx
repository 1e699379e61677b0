// A text too large for an editor: read from the worker a page at a time, with the marks of the answer; to look at only.
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { HeldSize } from '../../session/held-texts.ts';
import { useEngine, useWords } from '../context.ts';
import { FindForm } from '../FindForm.tsx';
import { usePaged } from '../paged.ts';
import { useWindowed } from '../windowed.ts';
import { slot } from '../Address.tsx';
import styles from './HeldPaste.module.css';
import type { Marks } from './marks-of.ts';
import type { Place } from './PasteEditor.tsx';

const LINE_HEIGHT = 19;

interface HeldPasteProps {
  readonly token: string;
  readonly label: string;
  readonly marks: Marks;
  /** The lines that prove the current hop, counted from 1. */
  readonly lit: readonly number[];
  /** Brought into view whenever it is another object. */
  readonly place: Place | null;
  readonly onHop: (hop: number) => void;
  readonly onRemove: () => void;
}

export function HeldPaste({ token, label, marks, lit, place, onHop, onRemove }: HeldPasteProps) {
  const { t } = useWords();
  const size = useSize(token);
  const frame = useRef<HTMLElement>(null);
  const shown = useWindowed(frame, size?.lines ?? 0, LINE_HEIGHT);
  const lines = useLines(token, shown.rows[0]?.index ?? 0, shown.rows.at(-1)?.index ?? 0);
  const show = useEffectEvent((line: number) => shown.scrollTo(line - 1));
  useEffect(() => {
    if (place && size) show(place.line);
  }, [place, size]);
  const decided = new Map(marks.decided.map((each) => [each.line, each]));
  return (
    <div className={styles['held']}>
      <Bar token={token} size={size} onShow={(line) => shown.scrollTo(line - 1)} onRemove={onRemove} />
      {size && size.leftOut > 0 && (
        <p className={styles['note']}>{t('held.leftOut', { count: size.leftOut })}</p>
      )}
      {size?.tooLong && <p className={styles['note']}>{t('held.tooLong')}</p>}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <section ref={frame} className={styles['frame']} tabIndex={0} aria-label={label} data-scrolls>
        <div className={styles['lines']} style={{ height: shown.height }}>
          {shown.rows.map(({ index, top }) => {
            const mark = decided.get(index + 1);
            return (
              <div
                key={index}
                className={styles['line']}
                data-lit={lit.includes(index + 1)}
                style={{ transform: `translateY(${top}px)` }}
              >
                <Gutter line={index + 1} mark={mark} current={marks.current} onHop={onHop} />
                <span>{lines.get(index) ?? ''}</span>
              </div>
            );
          })}
        </div>
      </section>
    </div>
  );
}

interface GutterProps {
  readonly line: number;
  readonly mark: Marks['decided'][number] | undefined;
  readonly current: number | null;
  readonly onHop: (hop: number) => void;
}

/** The line's number; where it decided hops, the way to them, one after the other. */
function Gutter({ line, mark, current, onHop }: GutterProps) {
  if (!mark) return <span className={styles['number']}>{line}</span>;
  const next = mark.hops.find((hop) => hop > (current ?? 0)) ?? mark.hops[0];
  return (
    <button
      type="button"
      className={styles['number']}
      data-source={slot(mark.source)}
      onClick={() => next !== undefined && onHop(next)}
    >
      {line}
    </button>
  );
}

interface BarProps {
  readonly token: string;
  readonly size: HeldSize | null;
  readonly onShow: (line: number) => void;
  readonly onRemove: () => void;
}

function Bar({ token, size, onShow, onRemove }: BarProps) {
  const { t } = useWords();
  const engine = useEngine();
  const megabytes = (engine.holding.all().get(token)?.size ?? 0) / 1e6;
  return (
    <div className={styles['bar']}>
      <span>{size && t('held.size', { megabytes: Math.round(megabytes * 10) / 10, lines: size.lines })}</span>
      <FindForm
        label={t('held.find')}
        find={(words, start) => engine.ask((remote) => remote.findInText(token, words, start))}
        onFound={(row) => onShow(row + 1)}
      />
      <button type="button" className="button" onClick={onRemove}>
        {t('held.remove')}
      </button>
    </div>
  );
}

function useSize(token: string): HeldSize | null {
  const engine = useEngine();
  const [size, setSize] = useState<HeldSize | null>(null);
  useEffect(() => {
    let gone = false;
    engine
      .ask((remote) => remote.openText(token))
      .then(
        (opened) => !gone && setSize(opened),
        () => undefined, // the reading was given up; the screen says so
      );
    return () => {
      gone = true;
    };
  }, [engine, token]);
  return size;
}

function useLines(token: string, first: number, last: number): ReadonlyMap<number, string> {
  const engine = useEngine();
  const load = useCallback(
    (start: number, end: number) => engine.ask((remote) => remote.textLines(token, start, end)),
    [engine, token],
  );
  return usePaged(load, first, last);
}

// The rows in sight, fetched from the worker a page at a time, under a head that says what each column means.
import { useCallback, useRef, useState } from 'react';
import type { LogRow, LogTable } from '../../engine/trace/log-table.ts';
import { useEngine, useTrace, useWords } from '../context.ts';
import { sourcesOf } from '../../graph/sources.ts';
import { Address } from '../Address.tsx';
import { FindForm } from '../FindForm.tsx';
import { usePaged } from '../paged.ts';
import { useWindowed } from '../windowed.ts';
import { FiveAddresses } from './FiveAddresses.tsx';
import styles from './LogTable.module.css';

const ROW_HEIGHT = 30;
const WIDE = new Set([
  'path',
  'userAgent',
  'requestId',
  'authority',
  'upstreamCluster',
  'startTime',
  'routeName',
]);

interface RowsProps {
  readonly table: LogTable;
  readonly onFollow: (n: number) => void;
}

export function Rows({ table, onFollow }: RowsProps) {
  const { t, say } = useWords();
  const engine = useEngine();
  const meanings = table.meanings.map(say);
  const frame = useRef<HTMLElement>(null);
  const [chosen, setChosen] = useState<LogRow | null>(null);
  const sight = useWindowed(frame, table.count, ROW_HEIGHT);
  const rows = useRows(sight.rows[0]?.index ?? 0, sight.rows.at(-1)?.index ?? 0);
  const shown = chosen ?? rows.get(0) ?? null;
  const columns = table.columns.map((name, i) => widthOf(name, table.heads[i] ?? name)).join(' ');
  return (
    <div className={styles['layout']}>
      <FindForm
        label={t('log.find')}
        find={(words, start) => engine.ask((remote) => remote.logFind(words, start))}
        onFound={(n) => {
          sight.scrollTo(n);
          void engine.ask((remote) => remote.logRows(n, n + 1)).then(([row]) => setChosen(row ?? null));
        }}
      />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <section ref={frame} className={styles['frame']} tabIndex={0} aria-label={t('log.rows')}>
        <div className={styles['head']} style={{ gridTemplateColumns: `64px ${columns}` }}>
          <span>{t('log.line')}</span>
          {table.columns.map((name, i) => (
            <span key={name} title={`${table.heads[i] ?? name}\n${meanings[i] ?? ''}`}>
              {table.heads[i] ?? name}
            </span>
          ))}
        </div>
        <div style={{ height: sight.height, position: 'relative' }}>
          {sight.rows.map(({ index, top }) => (
            <div
              key={index}
              className={styles['row']}
              data-chosen={shown?.n === index}
              style={{ gridTemplateColumns: `64px ${columns}`, transform: `translateY(${top}px)` }}
            >
              <Cells row={rows.get(index)} onChoose={setChosen} />
            </div>
          ))}
        </div>
      </section>
      {shown && <FiveAddresses columns={table.columns} row={shown} onFollow={() => onFollow(shown.n)} />}
    </div>
  );
}

/** Pixels of a capital letter in a head. */
const HEAD_LETTER = 9;

/** Wide enough for its head, and for what such a column holds. */
function widthOf(name: string, head: string): string {
  return `${Math.max(WIDE.has(name) ? 230 : 120, HEAD_LETTER * head.length + 24)}px`;
}

interface CellsProps {
  readonly row: LogRow | undefined;
  readonly onChoose: (row: LogRow) => void;
}

function Cells({ row, onChoose }: CellsProps) {
  const trace = useTrace();
  const sources = trace ? sourcesOf(trace) : [];
  if (!row) return <span>…</span>;
  return (
    <>
      <button type="button" className="link" onClick={() => onChoose(row)}>
        {row.line}
      </button>
      {row.values.map((value, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- a cell is its column
        <span key={i} title={value ?? ''}>
          {value !== null && isKnown(sources, value) ? (
            <Address text={value} sources={sources} />
          ) : (
            (value ?? '–')
          )}
        </span>
      ))}
    </>
  );
}

function isKnown(sources: readonly string[], value: string): boolean {
  return sources.some((source) => value.startsWith(`${source}:`));
}

function useRows(first: number, last: number): ReadonlyMap<number, LogRow> {
  const engine = useEngine();
  const load = useCallback(
    (start: number, end: number) => engine.ask((remote) => remote.logRows(start, end)),
    [engine],
  );
  return usePaged(load, first, last);
}

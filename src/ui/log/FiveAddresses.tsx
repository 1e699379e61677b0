// The five addresses of a log line on the two connections of the proxy: who spoke to Envoy, and whom Envoy spoke to.
import type { LogRow } from '../../engine/trace/log-table.ts';
import { sourcesOf } from '../../graph/sources.ts';
import { Address } from '../Address.tsx';
import { useTrace, useWords } from '../context.ts';
import { Icon } from '../Icon.tsx';
import styles from './LogTable.module.css';

interface FiveAddressesProps {
  readonly columns: readonly string[];
  readonly row: LogRow;
  readonly onFollow: () => void;
}

export function FiveAddresses({ columns, row, onFollow }: FiveAddressesProps) {
  const { t, say } = useWords();
  const trace = useTrace();
  const sources = trace ? sourcesOf(trace) : [];
  const value = (name: string) => row.values[columns.indexOf(name)] ?? null;
  const shown = (name: string) => {
    const text = value(name);
    return text === null ? <span>–</span> : <Address text={text} sources={sources} />;
  };
  return (
    <section className={styles['five']} aria-label={t('log.five')}>
      <figure>
        <figcaption>{t('log.downstream')}</figcaption>
        <p>
          {shown('downstreamRemoteAddress')} → {shown('downstreamLocalAddress')}
        </p>
      </figure>
      <span className={styles['cut']}>
        <Icon name="cut" /> Envoy
      </span>
      <figure>
        <figcaption>{t('log.upstream')}</figcaption>
        <p>
          {shown('upstreamLocalAddress')} → {shown('upstreamHost')}
        </p>
      </figure>
      <p className={styles['xff']}>
        X-Forwarded-For: <code>{value('xForwardedFor') ?? '–'}</code>
      </p>
      {row.notes.map((note) => (
        <p key={note.code} className={styles['xff']}>
          {say(note)}
        </p>
      ))}
      <button type="button" className="button" data-primary onClick={onFollow}>
        {t('request.follow')}
      </button>
    </section>
  );
}

// Netfilter as a map: its hooks and the tables at each, lit where this pass went.
import type { Trace } from '../../engine/trace/trace.ts';
import { hookMapOf, HOOKS, type MapCell } from '../../graph/hook-map.ts';
import { useHop, useSession, useWords } from '../context.ts';
import styles from './HookMap.module.css';

export function HookMap({ trace }: { readonly trace: Trace }) {
  const { t } = useWords();
  const map = hookMapOf(trace, useHop());
  if (!map) return <p>{t('hookMap.none')}</p>;
  const { pod, packet, connection, rows } = map;
  return (
    <>
      <p>{t(`hookMap.${packet}`, { pod, connection })}</p>
      {HOOKS.map((hook, i) => (
        <section key={hook} className={styles['hook']}>
          <h4>{hook}</h4>
          <ul>
            {rows.flatMap(({ table, cells }) => {
              const cell = cells[i];
              return cell?.exists ? [<Table key={table} table={table} cell={cell} />] : [];
            })}
          </ul>
        </section>
      ))}
      <p>{t('hookMap.about')}</p>
    </>
  );
}

function Table({ table, cell: { chains } }: { readonly table: string; readonly cell: MapCell }) {
  const session = useSession();
  return (
    <li data-lit={chains.length > 0}>
      <span>{table}</span>
      {chains.map(({ name, hops, isCurrent }) => (
        <button
          key={name}
          type="button"
          aria-current={isCurrent ? 'step' : undefined}
          onClick={() => session.select(hops[0]?.n ?? null)}
        >
          {name}
        </button>
      ))}
    </li>
  );
}

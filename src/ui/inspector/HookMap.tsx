// Netfilter as a map: its tables over its hooks, lit where this pass of the packet went.
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
      <div className={styles['scroll']}>
        <table className={styles['map']}>
          <thead>
            <tr>
              <th scope="col">{t('hookMap.table')}</th>
              {HOOKS.map((hook) => (
                <th key={hook} scope="col">
                  {hook}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ table, cells }) => (
              <tr key={table}>
                <th scope="row">{table}</th>
                {cells.map((cell) => (
                  <td key={cell.hook} data-exists={cell.exists} data-lit={cell.chains.length > 0}>
                    <Chains cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>{t('hookMap.about')}</p>
    </>
  );
}

function Chains({ cell: { exists, chains } }: { readonly cell: MapCell }) {
  const { t } = useWords();
  const session = useSession();
  if (!exists) return <span className="visually-hidden">{t('hookMap.absent')}</span>;
  return chains.map(({ name, hops, isCurrent }) => (
    <button
      key={name}
      type="button"
      aria-current={isCurrent ? 'step' : undefined}
      onClick={() => session.select(hops[0]?.n ?? null)}
    >
      {name}
    </button>
  ));
}

// The packet's addresses before and after a hop; what changed is lit.
import type { Addresses, Hop, Trace } from '../../engine/trace/trace.ts';
import { sourcesOf } from '../../graph/sources.ts';
import { Address } from '../Address.tsx';
import { useWords } from '../context.ts';
import styles from './Inspector.module.css';

interface AddressTableProps {
  readonly hop: Hop;
  readonly trace: Trace;
}

export function AddressTable({ hop, trace }: AddressTableProps) {
  const { t } = useWords();
  const sources = sourcesOf(trace);
  const rows = [
    {
      name: t('address.source'),
      of: (side: Addresses) => <Address text={side.src} sources={sources} />,
      key: 'src',
    },
    { name: t('address.destination'), of: (side: Addresses) => side.dst, key: 'dst' },
    { name: t('address.in'), of: (side: Addresses) => side.iif ?? '–', key: 'iif' },
    { name: t('address.out'), of: (side: Addresses) => side.oif ?? '–', key: 'oif' },
    { name: t('address.mark'), of: (side: Addresses) => `0x${side.mark.toString(16)}`, key: 'mark' },
  ] as const;
  const shown = rows.filter(({ key }) => isTold(hop.before[key]) || isTold(hop.after[key]));
  return (
    <section>
      <h3>{t('inspector.addresses')}</h3>
      <table className={styles['table']}>
        <tbody>
          {shown.map(({ name, of, key }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>
                {changed(hop, key) && (
                  <span className={styles['before']}>
                    <span className="visually-hidden">{t('address.before')} </span>
                    {of(hop.before)}
                    <span className="visually-hidden"> {t('address.after')} </span>
                  </span>
                )}
                <span className={changed(hop, key) ? styles['changed'] : undefined}>
                  {of(isTold(hop.after[key]) ? hop.after : hop.before)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** An interface that is not known yet is no change of it. */
function changed(hop: Hop, key: keyof Addresses): boolean {
  return (
    hop.before[key] !== hop.after[key] &&
    (key === 'mark' || (hop.before[key] !== null && hop.after[key] !== null))
  );
}

function isTold(value: string | number | null): boolean {
  return value !== null && value !== 0;
}

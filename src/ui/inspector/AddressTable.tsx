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
        <thead>
          <tr>
            <th>
              <span className="visually-hidden">{t('address.what')}</span>
            </th>
            <th scope="col">{t('address.before')}</th>
            <th scope="col">{t('address.after')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ name, of, key }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>{of(hop.before)}</td>
              <td>
                <span className={hop.before[key] === hop.after[key] ? undefined : styles['changed']}>
                  {of(hop.after)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function isTold(value: string | number | null): boolean {
  return value !== null && value !== 0;
}

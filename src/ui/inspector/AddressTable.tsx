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

const FIELDS = [
  ['src', 'source'],
  ['dst', 'destination'],
  ['iif', 'in'],
  ['oif', 'out'],
  ['mark', 'mark'],
] as const;

export function AddressTable({ hop, trace }: AddressTableProps) {
  const { t } = useWords();
  const sources = sourcesOf(trace);
  const shown = FIELDS.filter(
    ([field]) => belongsTo(hop, field) && (isTold(hop.before[field]) || isTold(hop.after[field])),
  );
  return (
    <section>
      <h3>{t('inspector.addresses')}</h3>
      <table className={styles['table']}>
        <tbody>
          {shown.map(([field, name]) => (
            <tr key={field}>
              <th scope="row">{t(`address.${name}`)}</th>
              <td>
                <BeforeAfter hop={hop} field={field} sources={sources} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface BeforeAfterProps {
  readonly hop: Hop;
  readonly field: keyof Addresses;
  readonly sources: readonly string[];
}

function BeforeAfter({ hop: { before, after }, field, sources }: BeforeAfterProps) {
  const { t } = useWords();
  if (!isChange(before[field], after[field]))
    return <Value value={(isTold(after[field]) ? after : before)[field]} field={field} sources={sources} />;
  return (
    <>
      <span className={styles['before']}>
        <span className="visually-hidden">{t('address.before')} </span>
        <Value value={before[field]} field={field} sources={sources} />
        <span className="visually-hidden"> {t('address.after')} </span>
      </span>
      <span className={styles['changed']}>
        <Value value={after[field]} field={field} sources={sources} />
      </span>
    </>
  );
}

interface ValueProps {
  readonly value: string | number | null;
  readonly field: keyof Addresses;
  readonly sources: readonly string[];
}

function Value({ value, field, sources }: ValueProps) {
  if (field === 'src') return <Address text={String(value)} sources={sources} />;
  return typeof value === 'number' ? `0x${value.toString(16)}` : value;
}

/** Interfaces are the kernel's: a proxy or an application has a socket. */
function belongsTo({ place }: Hop, field: keyof Addresses): boolean {
  return (field !== 'iif' && field !== 'oif') || place === 'kernel' || place === 'network';
}

/** An interface that is not known yet is no change of it. */
function isChange(before: string | number | null, after: string | number | null): boolean {
  return before !== after && before !== null && after !== null;
}

function isTold(value: string | number | null): boolean {
  return value !== null && value !== 0;
}

// What a person looks for in a log -> which entries of it: `code=503`, `code=5xx`, `address=10.0.0.7`, `id=…`, `cluster=…`,
// or any field by its name.
import { fieldText, type AccessLogEntry, type Field } from './entry.ts';

export interface Condition {
  readonly holds: (entry: AccessLogEntry) => boolean;
  /** What stands in every line whose entry fulfils it; '' when nothing needs to. */
  readonly told: string;
}

const NAMES: Readonly<Record<string, Field>> = {
  code: 'responseCode',
  cluster: 'upstreamCluster',
  id: 'requestId',
};

const ADDRESS_FIELDS: readonly Field[] = [
  'downstreamRemoteAddress',
  'downstreamLocalAddress',
  'upstreamHost',
  'upstreamLocalAddress',
];

/** Values that a JSON string spells as they are. */
const PLAIN = /^[\w.:|~/@-]+$/;

/** An address with or without its port. */
function isAt(text: string | null, address: string): boolean {
  return (
    text !== null && (text === address || text.startsWith(`${address}:`) || text.startsWith(`[${address}]:`))
  );
}

/** Reads `NAME=VALUE`; null when it is none. `-` is a field that the log leaves empty. */
export function conditionOf(text: string): Condition | null {
  const [, name, value] = /^([\w()?:-]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) return null;
  const told = PLAIN.test(value) && value !== '-' ? value : '';
  if (name === 'address')
    return { holds: (entry) => ADDRESS_FIELDS.some((field) => isAt(fieldText(entry, field), value)), told };
  const field = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  const textOf = (entry: AccessLogEntry) =>
    field === undefined ? (entry.fields[name]?.text ?? null) : fieldText(entry, field);
  if (/^(?:code|responseCode)=[1-5]xx$/.test(text))
    return { holds: (entry) => textOf(entry)?.startsWith(value.charAt(0)) ?? false, told: '' };
  const wanted = value === '-' ? null : value;
  return { holds: (entry) => textOf(entry) === wanted, told };
}

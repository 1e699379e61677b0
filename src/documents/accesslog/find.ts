// Which entries of a log hold a value: by cluster, code, address, request id. One pass over the log, eight bytes an
// entry and column: the hash of the value above the entry's number, sorted.
import type { AccessLogEntry, Field } from './entry.ts';
import { entryAt, readEntry, spanOf, type AccessLog } from './log.ts';
import { fieldReader } from './row.ts';

const ADDRESSES = ['upstreamLocalAddress', 'downstreamLocalAddress', 'downstreamRemoteAddress'] as const;
const COLUMNS = [
  'upstreamCluster',
  'responseCode',
  'requestId',
  ...ADDRESSES,
] as const satisfies readonly Field[];

export type IndexedField = (typeof COLUMNS)[number];

/** 2^24 entries, and a hash above that still fits a double's 53 bits. */
const ENTRIES = 2 ** 24;
const HASH_MASK = 2 ** 29 - 1;

type LogIndex = ReadonlyMap<IndexedField, Float64Array>;

const INDEXES = new WeakMap<AccessLog, LogIndex>();

function isAddress(field: IndexedField): boolean {
  return (ADDRESSES as readonly string[]).includes(field);
}

/** The address alone: logs and people leave ports out. */
function hostOf(text: string): string {
  const bracketed = /^\[(.*)\](?::\d+)?$/.exec(text);
  return bracketed?.[1] ?? /^([^:]*):\d+$/.exec(text)?.[1] ?? text;
}

/** FNV-1a, cut to the bits that are left above the entry's number. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash & HASH_MASK;
}

function keyOf(field: IndexedField, text: string): string {
  return isAddress(field) ? hostOf(text) : text;
}

function buildIndex(log: AccessLog): LogIndex {
  const length = Math.min(log.length, ENTRIES);
  const columns = COLUMNS.map((field) => ({ field, keys: new Float64Array(length) }));
  const reader = fieldReader(log.source, COLUMNS);
  for (let n = 0; n < length; n += 1) {
    const texts = reader(spanOf(log, n), log.formats[log.format[n] ?? 0]);
    columns.forEach(({ field, keys }, column) => {
      keys[n] = hashOf(keyOf(field, texts[column] ?? '')) * ENTRIES + n;
    });
  }
  for (const { keys } of columns) keys.sort();
  return new Map(columns.map(({ field, keys }) => [field, keys]));
}

function indexOf(log: AccessLog): LogIndex {
  const index = INDEXES.get(log) ?? buildIndex(log);
  INDEXES.set(log, index);
  return index;
}

/** The first place in sorted numbers that is not below one. */
function lowerBound(keys: Float64Array, wanted: number): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The numbers of the entries whose field holds that text, ascending; an address is compared without its port. The empty
 * text finds those that do not hold the field.
 */
export function* rowsWith(log: AccessLog, field: IndexedField, text: string): Generator<number> {
  const key = keyOf(field, text);
  const keys = indexOf(log).get(field) ?? new Float64Array();
  const first = hashOf(key) * ENTRIES;
  const read = fieldReader(log.source, [field]);
  for (let at = lowerBound(keys, first); at < keys.length && (keys[at] ?? 0) < first + ENTRIES; at += 1) {
    const n = (keys[at] ?? 0) - first;
    const [held = ''] = read(spanOf(log, n), log.formats[log.format[n] ?? 0]);
    if (keyOf(field, held) === key) yield n;
  }
}

/** The entries whose field holds that text, the earlier first. */
export function entriesWith(log: AccessLog, field: IndexedField, text: string): AccessLogEntry[] {
  return [...rowsWith(log, field, text)].flatMap((n) => entryAt(log, n) ?? []);
}

/** The last entry for which `wanted` holds; null when there is none. Reads from the end. */
export function lastEntry(log: AccessLog, wanted: (entry: AccessLogEntry) => boolean): AccessLogEntry | null {
  for (let n = log.length - 1; n >= 0; n -= 1) {
    const entry = readEntry(log, n);
    if (entry && wanted(entry)) return entryAt(log, n);
  }
  return null;
}

// An access log of any length: where each entry stands and in which format, in typed arrays. Fields are found when asked.
import type { Source, Span } from '../../base/source.ts';
import type { AccessLogEntry } from './entry.ts';
import { readRow, type RowFormat } from './row.ts';

export interface AccessLog {
  readonly source: Source;
  readonly length: number;
  /** Where each entry begins and ends in the source; prefixes are left out. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** The entry's format, as a place in `formats`. */
  readonly format: Uint8Array;
  readonly formats: readonly RowFormat[];
}

export interface LogBuilder {
  readonly add: (from: number, to: number, format: RowFormat) => void;
  readonly build: () => AccessLog;
}

/** More formats than any paste mixes: further ones are read as the last. */
const FORMAT_LIMIT = 256;

export function createLogBuilder(source: Source): LogBuilder {
  let [from, to, format] = [new Uint32Array(64), new Uint32Array(64), new Uint8Array(64)];
  let length = 0;
  const formats: RowFormat[] = [];
  const grow = (): void => {
    from = grown(from, new Uint32Array(length * 2));
    to = grown(to, new Uint32Array(length * 2));
    format = grown(format, new Uint8Array(length * 2));
  };
  const numberOf = (known: RowFormat): number => {
    const at = formats.indexOf(known);
    if (at >= 0) return at;
    if (formats.length < FORMAT_LIMIT) formats.push(known);
    return formats.length - 1;
  };
  return {
    add: (start, end, known) => {
      if (length === from.length) grow();
      from[length] = start;
      to[length] = end;
      format[length] = numberOf(known);
      length += 1;
    },
    build: () => ({
      source,
      length,
      from: from.slice(0, length),
      to: to.slice(0, length),
      format: format.slice(0, length),
      formats,
    }),
  };
}

function grown<T extends Uint32Array | Uint8Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}

/** The logs of one paste as one, in the order given. */
export function joinLogs(source: Source, logs: readonly AccessLog[]): AccessLog {
  const builder = createLogBuilder(source);
  for (const { length, from, to, format, formats } of logs)
    for (let n = 0; n < length; n += 1) {
      const known = formats[format[n] ?? 0];
      if (known) builder.add(from[n] ?? 0, to[n] ?? 0, known);
    }
  return builder.build();
}

/** Entries that were read stay the same objects as long as their log lives. */
const READ = new WeakMap<AccessLog, Map<number, AccessLogEntry>>();

/** Entry n, counted from 0; null when the log holds fewer. */
export function entryAt(log: AccessLog, n: number): AccessLogEntry | null {
  const known = READ.get(log) ?? new Map<number, AccessLogEntry>();
  READ.set(log, known);
  const read = known.get(n) ?? readEntry(log, n);
  if (read) known.set(n, read);
  return read;
}

/** Where entry n stands. */
export function spanOf({ from, to }: AccessLog, n: number): Span {
  return { from: from[n] ?? 0, to: to[n] ?? 0 };
}

/** Entry n, read anew: for a look at many, of which few are kept. */
export function readEntry(
  { source, from, to, format, formats }: AccessLog,
  n: number,
): AccessLogEntry | null {
  const known = formats[format[n] ?? 0];
  const [start, end] = [from[n], to[n]];
  if (!known || start === undefined || end === undefined) return null;
  return readRow(source, { from: start, to: end }, known);
}

/** All entries, the first one first. For logs of any length ask find.ts instead. */
export function* entriesOf(log: AccessLog): Generator<AccessLogEntry> {
  for (let n = 0; n < log.length; n += 1) {
    const entry = entryAt(log, n);
    if (entry) yield entry;
  }
}

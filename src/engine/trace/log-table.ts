// The access log of one pod as a table: its columns, any stretch of its rows as text, and the request a row tells of.
import { headOfField, meaningOfField } from '../../documents/accesslog/column.ts';
import { fieldNames, fieldText, type AccessLogEntry, type Field } from '../../documents/accesslog/entry.ts';
import { responseDetailCode, responseFlags } from '../../documents/accesslog/response-flags.ts';
import { entriesOf, entryAt, joinLogs, type AccessLog } from '../../documents/accesslog/log.ts';
import { positionAt } from '../../base/source.ts';
import type { ScenarioPod, ScenarioRequest } from '../scenario.ts';
import { readPaste } from './pod.ts';
import { requestOfEntry } from './request.ts';
import type { Message } from './trace.ts';

export interface LogTable {
  /** Field names: who spoke to whom and what came of it, then the others in the order in which the log has them. */
  readonly columns: readonly string[];
  /** Their operators as a log format has them: `%START_TIME%`. */
  readonly heads: readonly string[];
  /** What each column tells, in the same order. */
  readonly meanings: readonly Message[];
  readonly count: number;
}

/** One row: where it stands in the paste, and its values in the order of the columns; null where it has none. */
export interface LogRow {
  readonly n: number;
  /** Counts from 1. */
  readonly line: number;
  readonly from: number;
  readonly values: readonly (string | null)[];
  /** What its response flags and its response code's details say. */
  readonly notes: readonly Message[];
}

/** Rows that are looked at for columns: a log mixes few formats, and shows them early. */
const LOOKED_AT = 200;

export interface OpenLog {
  readonly table: LogTable;
  /** Rows from `start` (counted from 0) up to, and without, `end`. */
  readonly rows: (start: number, end: number) => readonly LogRow[];
  /** The first row from `start` on, round to the first one again, whose line holds the words; null when none does. */
  readonly find: (words: string, start: number) => number | null;
  /** The request that a row tells of; null when it names no destination. */
  readonly request: (n: number) => ScenarioRequest | null;
}

const TELLING: readonly Field[] = [
  'downstreamRemoteAddress',
  'upstreamLocalAddress',
  'upstreamHost',
  'xForwardedFor',
  'responseCode',
  'responseFlags',
];

function columnsOf(log: AccessLog): readonly string[] {
  const columns = new Set<string>();
  let looked = 0;
  for (const { fields } of entriesOf(log)) {
    for (const name of Object.keys(fields)) columns.add(name);
    looked += 1;
    if (looked >= LOOKED_AT) break;
  }
  const first = TELLING.flatMap((field) => fieldNames(field).filter((name) => columns.has(name)));
  return [...new Set([...first, ...columns])];
}

function notesOf(entry: AccessLogEntry): Message[] {
  const flags = responseFlags(fieldText(entry, 'responseFlags'));
  const detail = responseDetailCode(fieldText(entry, 'responseCodeDetails'));
  return [
    ...flags.map(({ code, short }) => ({ code, parameters: { flag: short } })),
    ...(detail === null ? [] : [{ code: detail, parameters: {} }]),
  ];
}

/** The row that stands at an offset, or the last one before it; -1 before the first. */
function rowBefore({ from, length }: AccessLog, offset: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((from[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The first row from `start` on whose line holds the words. What stands between rows is not looked at. */
function findFrom(log: AccessLog, words: string, start: number): number | null {
  const { text } = log.source;
  let at = text.indexOf(words, log.from[start] ?? text.length);
  while (at >= 0) {
    const n = rowBefore(log, at);
    if (n >= start && at < (log.to[n] ?? 0)) return n;
    at = text.indexOf(words, log.from[n + 1] ?? text.length);
  }
  return null;
}

/** Reads the pod's paste once; rows are taken apart when they are asked for. */
export function openLog(pod: ScenarioPod): OpenLog {
  const { paste } = readPaste(pod);
  const logs = paste.documents.flatMap(({ content }) => (content.kind === 'access-log' ? [content.log] : []));
  const log = joinLogs(paste.source, logs);
  const columns = columnsOf(log);
  return {
    table: {
      columns,
      heads: columns.map(headOfField),
      meanings: columns.map(meaningOfField),
      count: log.length,
    },
    rows: (start, end) =>
      Array.from({ length: Math.max(0, Math.min(end, log.length) - start) }, (_, i) => start + i).flatMap(
        (n) => {
          const entry = entryAt(log, n);
          if (!entry) return [];
          const values = columns.map((name) => entry.fields[name]?.text ?? null);
          const { from } = entry.span;
          return [{ n, line: positionAt(log.source, from).line, from, values, notes: notesOf(entry) }];
        },
      ),
    find: (words, start) => (words === '' ? null : (findFrom(log, words, start) ?? findFrom(log, words, 0))),
    request: (n) => {
      const entry = entryAt(log, n);
      return entry && requestOfEntry(entry);
    },
  };
}

// Lines of two proxies about one exchange: the client's upstream local address is the server's downstream remote
// address, and both log one x-request-id.
import { fieldText, type AccessLogEntry, type Field } from './entry.ts';
import { rowsWith } from './find.ts';
import { entryAt, readEntry, type AccessLog } from './log.ts';

/** Why two lines belong together. On a connection that is kept alive only the request id tells requests apart. */
export type PairReason = 'address' | 'request-id' | 'address-and-request-id';

export interface Partner {
  /** The entry's number in its log. */
  readonly row: number;
  readonly entry: AccessLogEntry;
  readonly by: PairReason;
}

/** An address with the port of a socket; null for one that a header told (port 0) or that has none. */
function socketIn(entry: AccessLogEntry, field: Field): string | null {
  const text = fieldText(entry, field);
  return text !== null && /:[1-9]\d*$/.test(text) ? text : null;
}

/** Why a client's line and a server's are of one exchange; null when they are not. */
function pairReason(client: AccessLogEntry, server: AccessLogEntry): PairReason | null {
  const [from, peer] = [
    socketIn(client, 'upstreamLocalAddress'),
    socketIn(server, 'downstreamRemoteAddress'),
  ];
  const [asked, answered] = [fieldText(client, 'requestId'), fieldText(server, 'requestId')];
  const sameAddress = from !== null && from === peer;
  const sameRequest = asked !== null && asked === answered;
  if (sameRequest)
    return sameAddress ? 'address-and-request-id' : from === null || peer === null ? 'request-id' : null;
  return sameAddress && (asked === null || answered === null) ? 'address' : null;
}

function candidates(
  log: AccessLog,
  entry: AccessLogEntry,
  from: Field,
  to: 'downstreamRemoteAddress' | 'upstreamLocalAddress',
): number[] {
  const address = socketIn(entry, from);
  const requestId = fieldText(entry, 'requestId');
  const sameRequest = requestId === null ? [] : [...rowsWith(log, 'requestId', requestId)];
  return sameRequest.length > 0 || address === null ? sameRequest : [...rowsWith(log, to, address)];
}

function partners(
  log: AccessLog,
  rows: readonly number[],
  reason: (entry: AccessLogEntry) => PairReason | null,
): Partner[] {
  return rows.flatMap((row) => {
    const read = readEntry(log, row);
    const by = read && reason(read);
    const entry = by && entryAt(log, row);
    return entry ? [{ row, entry, by }] : [];
  });
}

/** The server's lines of what a client's line tells of. */
function serverLinesOf(client: AccessLogEntry, log: AccessLog): Partner[] {
  const rows = candidates(log, client, 'upstreamLocalAddress', 'downstreamRemoteAddress');
  return partners(log, rows, (server) => (server === client ? null : pairReason(client, server)));
}

/** The client's lines of what a server's line tells of. */
export function clientLinesOf(server: AccessLogEntry, log: AccessLog): Partner[] {
  const rows = candidates(log, server, 'downstreamRemoteAddress', 'upstreamLocalAddress');
  return partners(log, rows, (client) => (client === server ? null : pairReason(client, server)));
}

export interface LinePair {
  readonly client: number;
  readonly server: number;
  readonly by: PairReason;
}

/** All pairs of two logs, in the order of the client's lines. */
export function* linePairs(client: AccessLog, server: AccessLog): Generator<LinePair> {
  for (let row = 0; row < client.length; row += 1) {
    const entry = readEntry(client, row);
    for (const partner of entry ? serverLinesOf(entry, server) : [])
      if (client !== server || partner.row !== row)
        yield { client: row, server: partner.row, by: partner.by };
  }
}

// Which log line of a pod tells of the connection in hand, and what it adds to what was computed.
import { parseEndpoint, type IpAddress } from '../../base/ip.ts';
import { rowsWith } from '../../documents/accesslog/find.ts';
import { entriesOf, entryAt, readEntry, type AccessLog } from '../../documents/accesslog/log.ts';
import { fieldText, type AccessLogEntry, type Field } from '../../documents/accesslog/entry.ts';
import type { Observed } from '../envoy/connection.ts';

interface Place {
  readonly address: IpAddress;
  readonly port: number | null;
}

export interface LogKey {
  readonly peer: Place;
  /** Where the connection was first sent to. */
  readonly destination: Place;
  readonly requestId: string | null;
}

/** The address a field holds; null when it holds none, or something that is no IP address (`envoy://…`). */
export function endpointIn(entry: AccessLogEntry, field: Field): Place | null {
  return parseEndpoint(fieldText(entry, field) ?? '');
}

/** An address with port 0, which no packet has: Envoy took it from x-forwarded-for, and it is not who connected. */
export function clientOfHeader(entry: AccessLogEntry): IpAddress | null {
  const client = endpointIn(entry, 'downstreamRemoteAddress');
  return client?.port === 0 ? client.address : null;
}

/** Who connected, as text, whoever the client is; null when the line does not tell. */
export function peerLogged(entry: AccessLogEntry): string | null {
  if (!clientOfHeader(entry)) return fieldText(entry, 'downstreamRemoteAddress');
  return entry.fields['downstreamDirectRemoteAddress']?.text ?? null;
}

function agrees(logged: Place | null, known: Place): boolean {
  if (logged?.address.text !== known.address.text) return false;
  return !logged.port || known.port === null || logged.port === known.port;
}

/** The last line whose downstream addresses are the connection's; one with the same request id is preferred. */
export function matchingEntry(log: AccessLog, key: LogKey): AccessLogEntry | null {
  const rows = [...rowsWith(log, 'downstreamRemoteAddress', key.peer.address.text)];
  let last: AccessLogEntry | null = null;
  for (const n of rows.toReversed()) {
    const entry = readEntry(log, n);
    if (!entry || !isOf(entry, key)) continue;
    if (key.requestId === null || fieldText(entry, 'requestId') === key.requestId) return entryAt(log, n);
    last ??= entryAt(log, n);
  }
  return last;
}

function isOf(entry: AccessLogEntry, { peer, destination }: LogKey): boolean {
  return (
    agrees(endpointIn(entry, 'downstreamLocalAddress'), destination) &&
    agrees(endpointIn(entry, 'downstreamRemoteAddress'), peer)
  );
}

/** Whether the line tells of an exchange that went well: a 2xx or 3xx, or bytes both ways and no response flag. */
export function wasAnswered(entry: AccessLogEntry): boolean {
  const code = fieldText(entry, 'responseCode') ?? '';
  const bytes = Number(fieldText(entry, 'bytesReceived')) > 0 && Number(fieldText(entry, 'bytesSent')) > 0;
  return /^[23]\d\d$/.test(code) || (code === '0' && bytes && fieldText(entry, 'responseFlags') === null);
}

/** What the line settles where configuration leaves a choice. */
export function observedIn(entry: AccessLogEntry | null): Observed {
  if (!entry) return {};
  const cluster = fieldText(entry, 'upstreamCluster');
  const host = endpointIn(entry, 'upstreamHost');
  return {
    ...(cluster === null ? {} : { cluster }),
    ...(host && host.port !== null ? { upstreamHost: { address: host.address, port: host.port } } : {}),
  };
}

/**
 * The line of the proxy's own earlier connection that this one continues: its upstream local address is this one's
 * downstream remote address. A pod that calls a service of its own logs both.
 */
export function callerOf(log: AccessLog, entry: AccessLogEntry): AccessLogEntry | null {
  const peer = endpointIn(entry, 'downstreamRemoteAddress');
  if (!peer?.port) return null;
  for (const n of rowsWith(log, 'upstreamLocalAddress', peer.address.text)) {
    const caller = readEntry(log, n);
    if (caller && endpointIn(caller, 'upstreamLocalAddress')?.port === peer.port) return entryAt(log, n);
  }
  return null;
}

/** Whether the pod itself was called: its own cluster, or the one for ports that no service declares. */
export function isInbound(entry: AccessLogEntry): boolean {
  return /^(?:inbound\||InboundPassthroughCluster)/.test(fieldText(entry, 'upstreamCluster') ?? '');
}

/** So many entries of a log are looked at for the pod's own addresses: it has few. */
const ENTRIES_LOOKED_AT = 20_000;

/** The addresses of the pod itself that its log shows: where inbound requests were sent to. */
export function addressesInLog(log: AccessLog): IpAddress[] {
  const found = new Map<string, IpAddress>();
  let left = ENTRIES_LOOKED_AT;
  for (const entry of entriesOf(log)) {
    const address = endpointIn(entry, 'downstreamLocalAddress')?.address;
    if (address && isInbound(entry)) found.set(address.text, address);
    if (--left === 0) break;
  }
  return [...found.values()];
}

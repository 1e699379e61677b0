// One line of an Envoy access log: operator -> value with its place.
// https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage
import type { Span } from '../../base/source.ts';

/** The operators of Istio's default formats, in camelCase; `%REQ(:METHOD)%` and its like by the header's own name. */
export const FIELDS = [
  'startTime',
  'method',
  'path',
  'protocol',
  'responseCode',
  'responseFlags',
  'responseCodeDetails',
  'connectionTerminationDetails',
  'istioPolicyStatus',
  'upstreamTransportFailureReason',
  'bytesReceived',
  'bytesSent',
  'duration',
  'upstreamServiceTime',
  'xForwardedFor',
  'userAgent',
  'requestId',
  'authority',
  'upstreamHost',
  'upstreamCluster',
  'upstreamLocalAddress',
  'downstreamLocalAddress',
  'downstreamRemoteAddress',
  'requestedServerName',
  'routeName',
] as const;

export type Field = (typeof FIELDS)[number];

/** A field's text and where it stands; `text` is null where the log has `-` or JSON null. */
export interface FieldValue {
  readonly text: string | null;
  readonly span: Span;
}

export interface AccessLogEntry {
  readonly span: Span;
  readonly fields: Readonly<Partial<Record<Field, FieldValue>>>;
}

export interface AccessLog {
  readonly entries: readonly AccessLogEntry[];
}

/** The field's text, or null where the log has `-` or does not hold that operator. */
export function fieldText(entry: AccessLogEntry, field: Field): string | null {
  return entry.fields[field]?.text ?? null;
}

/** An HTTP request has a method; a line of the TCP proxy has none. */
export function isHttp(entry: AccessLogEntry): boolean {
  return fieldText(entry, 'method') !== null;
}

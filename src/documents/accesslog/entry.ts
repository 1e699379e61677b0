// One line of an Envoy access log: field -> value with its place.
// https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage
import type { Span } from '../../base/source.ts';

/** The fields of Istio's default formats. Those of other formats are named by the same rule: field.ts. */
export type Field =
  | 'startTime'
  | 'method'
  | 'path'
  | 'protocol'
  | 'responseCode'
  | 'responseFlags'
  | 'responseCodeDetails'
  | 'connectionTerminationDetails'
  | 'istioPolicyStatus'
  | 'upstreamTransportFailureReason'
  | 'bytesReceived'
  | 'bytesSent'
  | 'duration'
  | 'upstreamServiceTime'
  | 'xForwardedFor'
  | 'userAgent'
  | 'requestId'
  | 'authority'
  | 'upstreamHost'
  | 'upstreamCluster'
  | 'upstreamLocalAddress'
  | 'downstreamLocalAddress'
  | 'downstreamRemoteAddress'
  | 'requestedServerName'
  | 'routeName';

/** A field's text and where it stands; `text` is null where the log has `-` or JSON null. */
export interface FieldValue {
  readonly text: string | null;
  readonly span: Span;
}

export interface AccessLogEntry {
  readonly span: Span;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

/** Operators that tell the same, for a format that prints another one: asked for the first, the others answer too. */
const STAND_INS: Readonly<Partial<Record<Field, readonly string[]>>> = {
  upstreamCluster: ['upstreamClusterRaw'],
  upstreamHost: ['upstreamRemoteAddress', 'upstreamHostName'],
  upstreamLocalAddress: ['upstreamLocalAddressWithoutPort'],
  downstreamLocalAddress: ['downstreamLocalAddressWithoutPort'],
  downstreamRemoteAddress: [
    'downstreamDirectRemoteAddress',
    'downstreamRemoteAddressWithoutPort',
    'downstreamDirectRemoteAddressWithoutPort',
  ],
  responseFlags: ['responseFlagsLong'],
  requestId: ['streamId'],
};

/** The keys under which a field's value may stand, the best first. */
export function fieldNames(field: Field): readonly string[] {
  return [field, ...(STAND_INS[field] ?? [])];
}

/** The field's text, or null where the log has `-` or does not hold that operator. */
export function fieldText({ fields }: AccessLogEntry, field: Field): string | null {
  const held = fieldNames(field).find((name) => fields[name]?.text);
  return held === undefined ? null : (fields[held]?.text ?? null);
}

/** An HTTP request has a method; a line of the TCP proxy has none. */
export function isHttp(entry: AccessLogEntry): boolean {
  return fieldText(entry, 'method') !== null;
}

/** A value as a format prints it: `-` and nothing at all stand for "not there". */
export function fieldValue(text: string, from: number): FieldValue {
  return { text: text === '-' || text === '' ? null : text, span: { from, to: from + text.length } };
}

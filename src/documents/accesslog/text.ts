// One text line of an access log -> AccessLogEntry: Istio's default format of every version, and Envoy's own.
// The version is told by the shape of the columns: which are quoted, and how many stand where
// (istio pilot/pkg/model/telemetry_logging.go; before 1.8 pilot/pkg/networking/core/v1alpha3/listener.go).
import type { Source, Span } from '../../base/source.ts';
import type { AccessLogEntry, Field, FieldValue } from './entry.ts';

/** Where an access log line starts, whatever kubectl, stern or a container runtime printed before it. */
const START = /\[\d{4}-\d{2}-\d{2}T[\d:.]+Z?\] "/;

const TOKEN = /\[[^\]]*\]|"[^"]*"(?=\s|$)|\S+/g;

const BYTES_TO_UPSTREAM_HOST = [
  'bytesReceived',
  'bytesSent',
  'duration',
  'upstreamServiceTime',
  'xForwardedFor',
  'userAgent',
  'requestId',
  'authority',
  'upstreamHost',
] as const;
const CLUSTER_TO_SNI = [
  'upstreamCluster',
  'upstreamLocalAddress',
  'downstreamLocalAddress',
  'downstreamRemoteAddress',
  'requestedServerName',
] as const;

interface Format {
  /** One character a column: `[` bracketed, `q` quoted, `b` bare. */
  readonly shape: RegExp;
  /** The columns behind the request line. `connectionTerminationDetails` takes the columns that are left over: it may hold blanks. */
  readonly columns: readonly Field[];
}

/** A format told by what stands between the response flags and the byte counts, and behind the upstream host. */
function format(shape: RegExp, details: readonly Field[], tail: readonly Field[]): Format {
  return {
    shape,
    columns: ['responseCode', 'responseFlags', ...details, ...BYTES_TO_UPSTREAM_HOST, ...tail],
  };
}

const ROUTED: readonly Field[] = [...CLUSTER_TO_SNI, 'routeName'];
const FAILURE = 'upstreamTransportFailureReason';

const FORMATS: readonly Format[] = [
  // Istio 1.9 and newer
  format(/^\[qbbbb+qbbbbq{5}b{6}$/, ['responseCodeDetails', 'connectionTerminationDetails', FAILURE], ROUTED),
  // Istio 1.8
  format(/^\[qbbqbbbbq{5}b{6}$/, [FAILURE], ROUTED),
  // Istio 1.3 to 1.7
  format(/^\[qbbqqbbbbq{5}b{6}$/, ['istioPolicyStatus', FAILURE], ROUTED),
  // Istio 1.2
  format(/^\[qbbqqbbbbq{5}b{5}$/, ['istioPolicyStatus', FAILURE], CLUSTER_TO_SNI),
  // Istio 1.1
  format(/^\[qbbqbbbbq{5}b{5}$/, ['istioPolicyStatus'], CLUSTER_TO_SNI),
  // Envoy's own default
  format(/^\[qbbbbbbq{5}$/, [], []),
];

interface Token {
  readonly text: string;
  readonly span: Span;
}

/** Where in the line an access log entry starts; -1 when it holds none. */
export function textEntryStart(line: string): number {
  return line.search(START);
}

function tokensOf(line: string, offset: number): Token[] {
  return Array.from(line.matchAll(TOKEN), (match) => {
    const from = offset + match.index;
    return { text: match[0], span: { from, to: from + match[0].length } };
  });
}

function shapeOf(tokens: readonly Token[]): string {
  return tokens
    .map(({ text }) => (text.startsWith('"') ? 'q' : text.startsWith('[') && text.endsWith(']') ? '[' : 'b'))
    .join('');
}

function unquoted({ text, span }: Token): Token {
  if (!text.startsWith('"') && !text.startsWith('[')) return { text, span };
  return { text: text.slice(1, -1), span: { from: span.from + 1, to: span.to - 1 } };
}

function valueOf(token: Token): FieldValue {
  const { text, span } = unquoted(token);
  return { text: text === '-' || text === '' ? null : text, span };
}

/** `GET /path HTTP/1.1`; a path may hold blanks, a TCP line has `- - -`. */
function requestFields(token: Token): [Field, FieldValue][] {
  const { text, span } = unquoted(token);
  const first = text.indexOf(' ');
  const last = text.lastIndexOf(' ');
  if (first < 0 || first === last) return [];
  const part = (from: number, to: number): FieldValue =>
    valueOf({ text: text.slice(from, to), span: { from: span.from + from, to: span.from + to } });
  return [
    ['method', part(0, first)],
    ['path', part(first + 1, last)],
    ['protocol', part(last + 1, text.length)],
  ];
}

/** Gives the surplus columns to `connectionTerminationDetails`, so that every column has one field. */
function aligned(tokens: readonly Token[], columns: readonly Field[]): [Field, FieldValue][] {
  const surplus = tokens.length - columns.length;
  const loose = columns.indexOf('connectionTerminationDetails');
  return columns.map((field, i) => {
    const first = tokens[i > loose && loose >= 0 ? i + surplus : i];
    const last = i === loose ? tokens[i + surplus] : first;
    if (!first || !last) throw new Error('a format has as many columns as its shape');
    if (first === last) return [field, valueOf(first)];
    const words = tokens.slice(i, i + surplus + 1).map((token) => token.text);
    return [field, { text: words.join(' '), span: { from: first.span.from, to: last.span.to } }];
  });
}

/** Reads the line at `span`; null when no known format has columns of that shape. */
export function parseTextEntry(source: Source, span: Span): AccessLogEntry | null {
  const line = source.text.slice(span.from, span.to);
  const start = textEntryStart(line);
  if (start < 0) return null;
  const tokens = tokensOf(line.slice(start), span.from + start);
  const format = FORMATS.find(({ shape }) => shape.test(shapeOf(tokens)));
  const [time, request, ...rest] = tokens;
  if (!format || !time || !request) return null;
  const fields: [Field, FieldValue][] = [
    ['startTime', valueOf(time)],
    ...requestFields(request),
    ...aligned(rest, format.columns),
  ];
  return { span: { from: span.from + start, to: span.to }, fields: Object.fromEntries(fields) };
}

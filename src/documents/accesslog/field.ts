// An operator of a format string -> the field it fills, and what its values look like.
// Numeric operators: those whose formatter gives a number (Envoy source/common/formatter/stream_info_formatter.cc).

/** What a value must look like (`number`, `flags`, `protocol`, `time`, `word`), should (`address`), or may (`text`). */
export type Shape = 'number' | 'flags' | 'protocol' | 'time' | 'word' | 'address' | 'text';

const HEADER_FIELDS: Readonly<Record<string, string>> = {
  ':method': 'method',
  ':path': 'path',
  ':authority': 'authority',
  host: 'authority',
  'user-agent': 'userAgent',
  'x-request-id': 'requestId',
  'x-forwarded-for': 'xForwardedFor',
  'x-envoy-original-path': 'path',
  'x-envoy-original-host': 'authority',
};

const HEADERS = /^(?:REQ|REQUEST_HEADER|REQ_WITHOUT_QUERY)$/;
const RESPONSE_HEADERS = /^(?:RESP|RESPONSE_HEADER)$/;
const TRAILERS = /^(?:TRAILER|RESPONSE_TRAILER)$/;

/** Operators whose argument only says how the value is printed. */
const HOW_ONLY = /^(?:\w*TIME(?:_LOCAL)?|\w*CERT_V_\w+|RESPONSE_CODE_DETAILS|GRPC_STATUS|PATH)$/;

const NUMBERS =
  /^(?:RESPONSE_CODE|\w*BYTES\w*|PACKETS_RETRANSMITTED|(?:\w+_)?DURATION|(?:UPSTREAM_)?CONNECTION_ID|UPSTREAM_REQUEST_ATTEMPT_COUNT|GRPC_STATUS_NUMBER|\w+(?<!WITHOUT)_PORT)$/;
const ADDRESSES = /_(?:HOST|ADDRESS(?:_WITHOUT_PORT)?)$/;
const WORDS = /^(?:RESPONSE_CODE_DETAILS|KUMA_MESH|ACCESS_LOG_TYPE|\w+_TLS_VERSION|UNIQUE_ID|TRACE_ID)$/;

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** `UPSTREAM_HOST`, `x-user-id`, `response_code` -> `upstreamHost`, `xUserId`, `responseCode`. */
export function camelCase(name: string): string {
  const [first = '', ...rest] = name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return first + rest.map(capitalised).join('');
}

/** The header that `X?Y` asks for first. */
function firstHeader(argument: string): string {
  return (argument.split('?')[0] ?? '').trim().toLowerCase();
}

/**
 * The key of an operator's value: the operator in camelCase; of a request header its own name (`method`, `userAgent`);
 * with the argument in brackets where one operator tells many things (`dynamicMetadata(a:b)`).
 */
export function fieldOf(name: string, argument: string | null): string {
  if (argument === null || HOW_ONLY.test(name)) return camelCase(name);
  const header = firstHeader(argument);
  if (HEADERS.test(name)) return HEADER_FIELDS[header] ?? camelCase(header);
  if (RESPONSE_HEADERS.test(name)) {
    if (header === 'x-envoy-upstream-service-time') return 'upstreamServiceTime';
    return `response${capitalised(camelCase(header))}`;
  }
  if (TRAILERS.test(name)) return `trailer${capitalised(camelCase(header))}`;
  if (name === 'DYNAMIC_METADATA' && argument === 'istio.mixer:status') return 'istioPolicyStatus';
  return `${camelCase(name)}(${argument})`;
}

export function shapeOf(name: string, argument: string | null): Shape {
  if (name === 'START_TIME' && argument === null) return 'time';
  if (name === 'RESPONSE_CODE_DETAILS' && argument !== null) return 'text';
  if (name.startsWith('RESPONSE_FLAGS')) return 'flags';
  if (/^(?:UPSTREAM_)?PROTOCOL$/.test(name)) return 'protocol';
  if (HEADERS.test(name) && argument?.toLowerCase() === ':method') return 'word';
  if (NUMBERS.test(name)) return 'number';
  if (ADDRESSES.test(name)) return 'address';
  return WORDS.test(name) ? 'word' : 'text';
}

const PATTERNS: Readonly<Record<Exclude<Shape, 'text'>, RegExp>> = {
  number: /^(?:-|-?\d+)$/,
  flags: /^(?:-|[A-Za-z]\w*(?:,[A-Za-z]\w*)*)$/,
  protocol: /^(?:-|HTTP\/[\d.]+)$/,
  time: /^(?:-|\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)$/,
  word: /^\S*$/,
  // An address blotted out in part still has its port, or dots between numbers.
  address: /^(?:-|[\da-fA-F]*:[\da-fA-F:.]*|\S*\d\.\d\S*|\S+:\d+|\w+:\/\/\S*|[/@]\S*)$/,
};

/** Whether a value looks as its operator prints it. */
export function fitsShape(shape: Shape, text: string): boolean {
  return shape === 'text' || PATTERNS[shape].test(text);
}

/** A value of another look may still be meant: people blot out addresses. */
export function isStrict(shape: Shape): boolean {
  return shape !== 'address' && shape !== 'text';
}

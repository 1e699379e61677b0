// The command operators of Envoy's access log, and what each tells: a code for a sentence in i18n.
// https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#command-operators
import type { Parameters } from '../../base/diagnostic.ts';
import type { FormatOperator } from './format.ts';

interface Meaning {
  readonly code: string;
  readonly parameters: Parameters;
}

/** Operators that have a sentence of their own. */
const SINGLE = `START_TIME START_TIME_LOCAL EMIT_TIME EMIT_TIME_LOCAL PROTOCOL UPSTREAM_PROTOCOL RESPONSE_CODE
  RESPONSE_CODE_DETAILS CONNECTION_TERMINATION_DETAILS RESPONSE_FLAGS RESPONSE_FLAGS_LONG BYTES_RECEIVED BYTES_SENT
  BYTES_RETRANSMITTED PACKETS_RETRANSMITTED REQUEST_HEADERS_BYTES RESPONSE_HEADERS_BYTES RESPONSE_TRAILERS_BYTES
  UPSTREAM_REQUEST_ATTEMPT_COUNT DURATION COMMON_DURATION REQUEST_DURATION REQUEST_TX_DURATION RESPONSE_DURATION
  RESPONSE_TX_DURATION ROUNDTRIP_DURATION DOWNSTREAM_HANDSHAKE_DURATION UPSTREAM_CONNECTION_POOL_READY_DURATION
  UPSTREAM_HOST UPSTREAM_HOST_NAME UPSTREAM_HOST_NAME_WITHOUT_PORT UPSTREAM_CLUSTER UPSTREAM_CLUSTER_RAW
  UPSTREAM_LOCAL_ADDRESS UPSTREAM_REMOTE_ADDRESS UPSTREAM_TRANSPORT_FAILURE_REASON DOWNSTREAM_REMOTE_ADDRESS
  DOWNSTREAM_DIRECT_REMOTE_ADDRESS DOWNSTREAM_LOCAL_ADDRESS DOWNSTREAM_DIRECT_LOCAL_ADDRESS
  DOWNSTREAM_TRANSPORT_FAILURE_REASON CONNECTION_ID UPSTREAM_CONNECTION_ID STREAM_ID TRACE_ID UNIQUE_ID GRPC_STATUS
  GRPC_STATUS_NUMBER LOCAL_REPLY_BODY ROUTE_NAME VIRTUAL_CLUSTER_NAME FILTER_CHAIN_NAME ACCESS_LOG_TYPE HOSTNAME
  REQUESTED_SERVER_NAME TLS_JA3_FINGERPRINT TLS_JA4_FINGERPRINT CUSTOM_FLAGS PATH KUMA_MESH KUMA_SOURCE_SERVICE
  KUMA_DESTINATION_SERVICE KUMA_SOURCE_ADDRESS KUMA_SOURCE_ADDRESS_WITHOUT_PORT`;

/** Operators whose sentence quotes the argument. */
const WITH_ARGUMENT: Readonly<Record<string, string>> = {
  REQ: 'request-header',
  REQUEST_HEADER: 'request-header',
  REQ_WITHOUT_QUERY: 'request-header-without-query',
  RESP: 'response-header',
  RESPONSE_HEADER: 'response-header',
  TRAILER: 'response-trailer',
  RESPONSE_TRAILER: 'response-trailer',
  QUERY_PARAM: 'query-param',
  DYNAMIC_METADATA: 'dynamic-metadata',
  CLUSTER_METADATA: 'cluster-metadata',
  UPSTREAM_METADATA: 'upstream-metadata',
  METADATA: 'metadata',
  FILTER_STATE: 'filter-state',
  UPSTREAM_FILTER_STATE: 'upstream-filter-state',
  ENVIRONMENT: 'environment',
  CEL: 'cel',
};

const SINGLES: ReadonlySet<string> = new Set(SINGLE.split(/\s+/));

/** Operators that exist for both connections, or for several parts of one thing: a pattern and the sentence's name. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^(?<of>(?:DOWNSTREAM|UPSTREAM)_\w*ADDRESS)_WITHOUT_PORT$/, 'without-port'],
  [/^(?<of>(?:DOWNSTREAM|UPSTREAM)_(?:DIRECT_)?(?:LOCAL|REMOTE))_PORT$/, 'port'],
  [/^(?<connection>(?:DOWN|UP)STREAM)_WIRE_BYTES_SENT$/, 'wire-bytes-sent'],
  [/^(?<connection>(?:DOWN|UP)STREAM)_WIRE_BYTES_RECEIVED$/, 'wire-bytes-received'],
  [/^(?<connection>(?:DOWN|UP)STREAM)_HEADER_BYTES_SENT$/, 'header-bytes-sent'],
  [/^(?<connection>(?:DOWN|UP)STREAM)_HEADER_BYTES_RECEIVED$/, 'header-bytes-received'],
  [/^(?<connection>(?:DOWN|UP)STREAM)_DECOMPRESSED_HEADER_BYTES_SENT$/, 'plain-header-bytes-sent'],
  [/^(?<connection>(?:DOWN|UP)STREAM)_DECOMPRESSED_HEADER_BYTES_RECEIVED$/, 'plain-header-bytes-received'],
  [/^(?<connection>(?:DOWN|UP)STREAM)_LOCAL_(?<kind>IP|DNS|URI|EMAIL|OTHERNAME)_SAN$/, 'local-san'],
  [/^(?<connection>(?:DOWN|UP)STREAM)_PEER_(?<kind>IP|DNS|URI|EMAIL|OTHERNAME)_SAN$/, 'peer-san'],
  [/^(?<connection>DOWNSTREAM)_LOCAL_SUBJECT$/, 'local-subject'],
  [/^(?<connection>(?:DOWN|UP)STREAM)_PEER_SUBJECT$/, 'peer-subject'],
  [/^(?<connection>(?:DOWN|UP)STREAM)_PEER_ISSUER$/, 'peer-issuer'],
  [/^(?<connection>DOWNSTREAM)_PEER_SERIAL$/, 'peer-serial'],
  [/^(?<connection>(?:DOWN|UP)STREAM)_PEER_CERT$/, 'peer-cert'],
  [/^(?<connection>(?:DOWN|UP)STREAM)_PEER_CERT_V_START$/, 'peer-cert-start'],
  [/^(?<connection>(?:DOWN|UP)STREAM)_PEER_CERT_V_END$/, 'peer-cert-end'],
  [/^(?<connection>DOWNSTREAM)_PEER_FINGERPRINT_(?<bits>1|256)$/, 'peer-fingerprint'],
  [/^(?<connection>DOWNSTREAM)_PEER_CHAIN_FINGERPRINTS_(?<bits>1|256)$/, 'chain-fingerprints'],
  [/^(?<connection>DOWNSTREAM)_PEER_CHAIN_SERIALS$/, 'chain-serials'],
  [/^(?<connection>(?:DOWN|UP)STREAM)_TLS_SESSION_ID$/, 'tls-session-id'],
  [/^(?<connection>(?:DOWN|UP)STREAM)_TLS_CIPHER$/, 'tls-cipher'],
  [/^(?<connection>(?:DOWN|UP)STREAM)_TLS_VERSION$/, 'tls-version'],
];

function familyMeaning(name: string): Meaning | null {
  for (const [pattern, code] of FAMILIES) {
    const match = pattern.exec(name);
    if (match)
      return {
        code: `operator.${code}`,
        parameters: Object.fromEntries(
          Object.entries(match.groups ?? {}).map(([key, value]) => [
            key,
            key === 'connection' ? value.toLowerCase() : value,
          ]),
        ),
      };
  }
  return null;
}

/** Whether an operator of that name needs no argument: a JSON key may be called so. */
export function isPlainOperator(name: string): boolean {
  return SINGLES.has(name) || /_(?:METADATA|STATE)$/.test(name) || familyMeaning(name) !== null;
}

/** Whether Envoy, or a mesh that writes into its formats, has an operator of that name. */
export function isOperator(name: string): boolean {
  return SINGLES.has(name) || Object.hasOwn(WITH_ARGUMENT, name) || familyMeaning(name) !== null;
}

/** What an operator tells. An operator of another build is told as unknown. */
export function meaningOf({ name, argument }: Pick<FormatOperator, 'name' | 'argument'>): Meaning {
  if (SINGLES.has(name))
    return { code: `operator.${name.toLowerCase().replaceAll('_', '-')}`, parameters: {} };
  const quoting = Object.hasOwn(WITH_ARGUMENT, name) ? WITH_ARGUMENT[name] : undefined;
  if (quoting !== undefined) return { code: `operator.${quoting}`, parameters: { argument: argument ?? '' } };
  return familyMeaning(name) ?? { code: 'operator.unknown', parameters: { name } };
}

/** Every operator with a name of its own; the families are told by `isOperator`. */
export function singleOperators(): readonly string[] {
  return [...SINGLES, ...Object.keys(WITH_ARGUMENT)];
}

// %RESPONSE_FLAGS% and %RESPONSE_CODE_DETAILS% -> codes for sentences. Flags stand in short or long form, several
// with commas between. https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage
// https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/response_code_details

const LONG_NAMES: Readonly<Record<string, string>> = {
  UH: 'NoHealthyUpstream',
  UF: 'UpstreamConnectionFailure',
  UO: 'UpstreamOverflow',
  NR: 'NoRouteFound',
  URX: 'UpstreamRetryLimitExceeded',
  NC: 'NoClusterFound',
  DT: 'DurationTimeout',
  DC: 'DownstreamConnectionTermination',
  LH: 'FailedLocalHealthCheck',
  UT: 'UpstreamRequestTimeout',
  LR: 'LocalReset',
  UR: 'UpstreamRemoteReset',
  UC: 'UpstreamConnectionTermination',
  DI: 'DelayInjected',
  FI: 'FaultInjected',
  RL: 'RateLimited',
  UAEX: 'UnauthorizedExternalService',
  RLSE: 'RateLimitServiceError',
  IH: 'InvalidEnvoyRequestHeaders',
  SI: 'StreamIdleTimeout',
  DPE: 'DownstreamProtocolError',
  UPE: 'UpstreamProtocolError',
  UMSDR: 'UpstreamMaxStreamDurationReached',
  RFCF: 'ResponseFromCacheFilter',
  NFCF: 'NoFilterConfigFound',
  OM: 'OverloadManagerTerminated',
  DF: 'DnsResolutionFailed',
  DO: 'DropOverload',
  DR: 'DownstreamRemoteReset',
  UDO: 'UnconditionalDropOverload',
};

const SHORT_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries(LONG_NAMES).map(([short, long]) => [long, short]),
);

export interface ResponseFlag {
  /** `UF`; as it was logged when Envoy has no such flag. */
  readonly short: string;
  readonly long: string | null;
  readonly code: string;
}

/** The flags of a field, in either form; none for `-`. */
export function responseFlags(text: string | null): ResponseFlag[] {
  if (text === null || text === '-') return [];
  return text.split(',').map((name) => {
    const short = SHORT_NAMES.get(name) ?? name;
    const long = Object.hasOwn(LONG_NAMES, short) ? (LONG_NAMES[short] ?? null) : null;
    return { short, long, code: long === null ? 'flag.unknown' : `flag.${short.toLowerCase()}` };
  });
}

/** All flags that Envoy has, in their short form. */
export function knownFlags(): readonly string[] {
  return Object.keys(LONG_NAMES);
}

/** What a response code's details begin with, and the sentence's name; the longer before what it begins with. */
const DETAILS: readonly (readonly [string, string])[] = [
  ['via_upstream', 'via-upstream'],
  ['upstream_reset_before_response_started', 'reset-before-response'],
  ['upstream_reset_after_response_started', 'reset-after-response'],
  ['upstream_response_timeout', 'response-timeout'],
  ['upstream_per_try_timeout', 'per-try-timeout'],
  ['upstream_per_try_idle_timeout', 'per-try-timeout'],
  ['upstream_max_stream_duration_reached', 'max-stream-duration'],
  ['max_duration_timeout', 'max-stream-duration'],
  ['duration_timeout', 'duration-timeout'],
  ['no_healthy_upstream', 'no-healthy-upstream'],
  ['cluster_not_found', 'cluster-not-found'],
  ['no_cluster', 'cluster-not-found'],
  ['route_not_found', 'route-not-found'],
  ['route_configuration_not_found', 'route-not-found'],
  ['filter_chain_not_found', 'filter-chain-not-found'],
  ['direct_response', 'direct-response'],
  ['rbac_access_denied', 'rbac'],
  ['ext_authz_denied', 'ext-authz-denied'],
  ['ext_authz_error', 'ext-authz-error'],
  ['jwt_authn_access_denied', 'jwt'],
  ['local_rate_limited', 'rate-limited'],
  ['request_rate_limited', 'rate-limited'],
  ['fault_filter_abort', 'fault'],
  ['overload', 'overload'],
  ['maintenance_mode', 'maintenance'],
  ['downstream_remote_disconnect', 'downstream-disconnect'],
  ['downstream_local_disconnect', 'downstream-local-disconnect'],
  ['stream_idle_timeout', 'idle-timeout'],
  ['request_header_timeout', 'request-timeout'],
  ['request_overall_timeout', 'request-timeout'],
  ['http1.codec_error', 'codec-error'],
  ['http2.remote_re', 'http2-reset'],
  ['http2.', 'codec-error'],
  ['http3.', 'codec-error'],
  ['missing_host_header', 'missing-host'],
  ['missing_path', 'bad-path'],
  ['absolute_path_rejected', 'bad-path'],
  ['path_normalization_failed', 'bad-path'],
  ['request_headers_too_large', 'headers-too-large'],
  ['request_payload_too_large', 'payload-too-large'],
  ['response_payload_too_large', 'payload-too-large'],
  ['internal_redirect', 'internal-redirect'],
  ['early_data_rejected', 'early-data'],
  ['upgrade_failed', 'upgrade-failed'],
];

/** The code of a sentence for a response code's details; null for details that are nobody's standard words. */
export function responseDetailCode(text: string | null): string | null {
  const found = text === null ? undefined : DETAILS.find(([beginning]) => text.startsWith(beginning));
  return found ? `details.${found[1]}` : null;
}

/** The names of the sentences about details. */
export function knownDetails(): readonly string[] {
  return [...new Set(DETAILS.map(([, name]) => `details.${name}`))];
}

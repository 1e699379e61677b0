// Whether a route matches a request, and the first condition that fails if not.
// Rules and order: Envoy source/common/router/config_impl.cc, RouteEntryImplBase::matchRoute.
import type { Span } from '../../base/source.ts';
import { truth, type Truth } from '../../base/truth.ts';
import type { PathMatcher, RouteMatch, RuntimeFraction } from '../../documents/envoy/route.ts';
import { reason, type Reason } from './outcome.ts';
import { matchMetadata, type Metadata } from './metadata-match.ts';
import { matchTemplate } from './path-template.ts';
import { fullMatch } from './regex.ts';
import { matchCookie, matchHeader, matchQueryParameter } from './string-match.ts';

/** The request as routes see it. */
export interface RouteRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** All values of a header or pseudo header, by lower-case name; null when it is missing. */
  readonly header: (name: string) => readonly string[] | null;
  /** The stream's random value; null when it is not known. */
  readonly random: number | null;
  /** Whether a runtime key is active: then its fraction is not nothing. Null leaves what is configured as it is. */
  readonly runtime: ((key: string) => boolean) | null;
  /** Runtime weights, by `prefix.cluster`. */
  readonly runtimeWeights: Readonly<Record<string, number>>;
  /** Whether the client showed a certificate; null when that is not known. */
  readonly clientCertificate: boolean | null;
  /** Dynamic metadata; null when it is not known. */
  readonly metadata: Metadata | null;
  /** Whether it is known that no filter left any filter state. */
  readonly stateless: boolean;
}

export interface RouteCheck {
  readonly result: Truth;
  readonly why: Reason;
  readonly span: Span;
}

interface Condition {
  readonly result: Truth;
  readonly code: string;
  readonly value: string;
  readonly span: Span;
}

/** The path without query and fragment, and without path parameters when the route configuration says so. */
function barePath(path: string, ignoreParameters: boolean): string {
  const bare = path.replace(/[?#].*$/s, '');
  return ignoreParameters ? bare.replace(/;.*$/s, '') : bare;
}

/** The first value of each query parameter, as it is written. */
export function queryOf(path: string): Query {
  const start = path.indexOf('?');
  const query = start < 0 ? '' : path.slice(start + 1).replace(/#.*$/s, '');
  const values = new Map<string, string>();
  for (const part of query.split('&')) {
    const equals = part.indexOf('=');
    const [key, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
    if (key !== '' && !values.has(key)) values.set(key, value);
  }
  return values;
}

type Query = ReadonlyMap<string, string>;

function matchPath(matcher: PathMatcher, caseSensitive: boolean, path: string, request: RouteRequest): Truth {
  switch (matcher.kind) {
    case 'absent':
      return 'unknown';
    case 'unknown':
      return 'unknown';
    case 'connect':
      return truth(isConnect(request));
    case 'regex': {
      const full = fullMatch(matcher.value, path);
      return full === null ? 'unknown' : truth(full);
    }
    case 'template':
      return truth(matchTemplate(matcher.value, path));
    case 'prefix':
    case 'path':
    case 'path-separated-prefix':
      return truth(matchLiteral(matcher.kind, matcher.value, caseSensitive, path));
  }
}

function matchLiteral(
  kind: 'prefix' | 'path' | 'path-separated-prefix',
  value: string,
  caseSensitive: boolean,
  path: string,
): boolean {
  const [want, have] = caseSensitive ? [value, path] : [value.toLowerCase(), path.toLowerCase()];
  if (kind === 'path') return have === want;
  if (!have.startsWith(want)) return false;
  return kind === 'prefix' || have.length === want.length || have[want.length] === '/';
}

/** CONNECT-UDP comes as an upgrade over HTTP/1.1 (RFC 9298). */
function isConnect(request: RouteRequest): boolean {
  const [upgrade = ''] = request.header('upgrade') ?? [];
  return request.method === 'CONNECT' || upgrade.toLowerCase() === 'connect-udp';
}

/** CONNECT has no path, so only a connect matcher, or a pattern for anything, can take it. */
function pathCondition(match: RouteMatch, request: RouteRequest, ignoreParameters: boolean): Condition {
  const { path } = match;
  const bare = barePath(request.path, ignoreParameters);
  const result = matchPath(path, match.caseSensitive, bare, request);
  const value = 'value' in path ? path.value : path.kind;
  return { result, code: `route.${path.kind}`, value, span: path.span };
}

function fractionHolds(fraction: RuntimeFraction, request: RouteRequest): Truth {
  const { runtimeKey, denominator } = fraction;
  const active = request.runtime && runtimeKey ? request.runtime(runtimeKey) : null;
  if (active === false) return 'no';
  const numerator = active ? Math.max(1, fraction.numerator) : fraction.numerator;
  if (numerator >= denominator) return 'yes';
  if (numerator <= 0) return 'no';
  return request.random === null ? 'unknown' : truth(request.random % denominator < numerator);
}

function isGrpc(request: RouteRequest): boolean {
  const [type = ''] = request.header('content-type') ?? [];
  return type === 'application/grpc' || type.startsWith('application/grpc+');
}

/** All conditions but the path's, in Envoy's order. */
function otherConditions(match: RouteMatch, request: RouteRequest): readonly Condition[] {
  const conditions: Condition[] = [];
  const { runtimeFraction, grpc } = match;
  if (runtimeFraction)
    conditions.push({
      result: fractionHolds(runtimeFraction, request),
      code: 'route.runtime-fraction',
      value: `${runtimeFraction.numerator}/${runtimeFraction.denominator}`,
      span: runtimeFraction.span,
    });
  if (grpc)
    conditions.push({ result: truth(isGrpc(request)), code: 'route.grpc', value: 'grpc', span: grpc });
  for (const header of match.headers)
    conditions.push({
      result: matchHeader(header, request.header(header.name)),
      code: 'route.header',
      value: header.name,
      span: header.span,
    });
  return [
    ...conditions,
    ...queryConditions(match, request),
    ...cookieConditions(match, request),
    ...stateConditions(match, request),
  ];
}

function queryConditions(match: RouteMatch, request: RouteRequest): readonly Condition[] {
  if (match.queryParameters.length === 0) return [];
  const query = queryOf(request.path);
  return match.queryParameters.map((parameter) => ({
    result: matchQueryParameter(parameter, query.get(parameter.name) ?? null),
    code: 'route.query-parameter',
    value: parameter.name,
    span: parameter.span,
  }));
}

/** `name=value` pairs of all cookie headers; the first of a name counts, quotes around its value do not. */
function cookiesOf(request: RouteRequest): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (request.header('cookie') ?? []).flatMap((line) => line.split(';'))) {
    const equals = pair.indexOf('=');
    const name = pair.slice(0, equals).trim();
    const value = pair.slice(equals + 1).trim();
    if (equals > 0 && !cookies.has(name)) cookies.set(name, value.replace(/^"(.*)"$/, '$1'));
  }
  return cookies;
}

function cookieConditions(match: RouteMatch, request: RouteRequest): readonly Condition[] {
  if (match.cookies.length === 0) return [];
  const cookies = cookiesOf(request);
  return match.cookies.map((cookie) => ({
    result: matchCookie(cookie, cookies.get(cookie.name) ?? null),
    code: 'route.cookie',
    value: cookie.name,
    span: cookie.span,
  }));
}

/** A plain connection, and one without a certificate, has none that was presented or validated. */
function tlsCondition({ tlsContext }: RouteMatch, { clientCertificate }: RouteRequest): readonly Condition[] {
  if (!tlsContext) return [];
  const { presented, validated, span } = tlsContext;
  const asked = presented === true || validated === true;
  const result = clientCertificate === false ? truth(!asked) : 'unknown';
  return [{ result, code: 'route.tls-context', value: 'tls_context', span }];
}

function stateConditions(match: RouteMatch, request: RouteRequest): readonly Condition[] {
  const { metadata, stateless } = request;
  const fromMetadata = match.dynamicMetadata.map((matcher): Condition => ({
    result: metadata ? matchMetadata(matcher, metadata) : 'unknown',
    code: 'route.dynamic-metadata',
    value: matcher.filter,
    span: matcher.span,
  }));
  const fromState = match.runtimeState.map(({ value, span }): Condition => ({
    result: stateless ? 'no' : 'unknown',
    code: 'route.runtime-state',
    value,
    span,
  }));
  return [...tlsCondition(match, request), ...fromMetadata, ...fromState];
}

/** `no` names the condition that fails, `unknown` the one that cannot be told, `yes` the path that matched. */
export function checkRoute(match: RouteMatch, request: RouteRequest, ignoreParameters: boolean): RouteCheck {
  const path = pathCondition(match, request, ignoreParameters);
  const conditions = [...otherConditions(match, request), path];
  const decisive =
    conditions.find((condition) => condition.result === 'no') ??
    conditions.find((condition) => condition.result === 'unknown');
  if (!decisive && match.gap) return { result: 'unknown', why: reason('route.left-out'), span: match.gap };
  const { result, code, value, span } = decisive ?? path;
  return { result, why: reason(code, { value, path: request.path }), span };
}

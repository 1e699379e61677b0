// envoy.config.route.v3.Route: what it matches and what it does.
// https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto
import type { JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import { readClusterSpecifier, type ClusterSpecifier } from './cluster-specifier.ts';
import { readExtension } from './extension.ts';
import {
  readCookieMatcher,
  readHeaderMatcher,
  readQueryParameterMatcher,
  type CookieMatcher,
  type HeaderMatcher,
  type QueryParameterMatcher,
} from './matcher.ts';
import { readMetadataMatcher, type MetadataMatcher } from './metadata-matcher.ts';
import {
  field,
  fieldAt,
  flagOf,
  gapsOf,
  isSet,
  itemsOf,
  numberOf,
  stringOf,
  textOf,
  type Spanned,
} from './proto.ts';

export type PathKind = 'prefix' | 'path' | 'regex' | 'path-separated-prefix' | 'template';

export type PathMatcher =
  | { readonly kind: PathKind; readonly value: string; readonly span: Span }
  | { readonly kind: 'connect'; readonly span: Span }
  /** A path match policy this reader has no rule for. */
  | { readonly kind: 'unknown'; readonly name: string; readonly span: Span }
  | { readonly kind: 'absent'; readonly span: Span };

/** A fraction of requests; `runtimeKey` may change it at run time. */
export interface RuntimeFraction {
  readonly numerator: number;
  readonly denominator: number;
  readonly runtimeKey: string;
  readonly span: Span;
}

/** What is asked of the client's certificate; null is not asked. */
export interface TlsContextMatch {
  readonly presented: boolean | null;
  readonly validated: boolean | null;
  readonly span: Span;
}

export interface RouteMatch {
  readonly path: PathMatcher;
  readonly caseSensitive: boolean;
  readonly headers: readonly HeaderMatcher[];
  readonly queryParameters: readonly QueryParameterMatcher[];
  readonly cookies: readonly CookieMatcher[];
  readonly grpc: Span | null;
  readonly runtimeFraction: RuntimeFraction | null;
  readonly tlsContext: TlsContextMatch | null;
  readonly dynamicMetadata: readonly MetadataMatcher[];
  /** Tests of what only the running proxy knows, and this reader has no rule for: filter_state. */
  readonly runtimeState: readonly Spanned<string>[];
  readonly gap: Span | null;
  readonly span: Span;
}

export interface RegexRewrite {
  readonly pattern: string;
  readonly substitution: string;
}

export type RouteAction =
  | {
      readonly kind: 'forward';
      readonly cluster: ClusterSpecifier;
      readonly clusterNotFoundCode: number;
      readonly prefixRewrite: Spanned<string> | null;
      readonly regexRewrite: RegexRewrite | null;
      /** The template of path_rewrite_policy, filled with what the match's template caught. */
      readonly templateRewrite: Spanned<string> | null;
      readonly hostRewrite: Spanned<string> | null;
      readonly hostRewriteHeader: string;
      readonly hostRewritePathRegex: RegexRewrite | null;
      readonly span: Span;
    }
  | { readonly kind: 'redirect'; readonly redirect: Redirect; readonly span: Span }
  | { readonly kind: 'direct-response'; readonly status: number; readonly span: Span }
  | { readonly kind: 'non-forwarding'; readonly span: Span }
  | { readonly kind: 'absent'; readonly span: Span };

export interface Redirect {
  readonly status: number;
  readonly https: boolean;
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string | null;
  readonly prefixRewrite: string | null;
  readonly regexRewrite: RegexRewrite | null;
  readonly stripQuery: boolean;
}

export interface Route {
  readonly name: string;
  readonly match: RouteMatch;
  readonly action: RouteAction;
  readonly span: Span;
  readonly node: JsonNode;
}

const DENOMINATORS: Readonly<Record<string, number>> = {
  HUNDRED: 100,
  TEN_THOUSAND: 10_000,
  MILLION: 1_000_000,
};
const DENOMINATOR_NUMBERS = [100, 10_000, 1_000_000];
const REDIRECT_STATUS: Readonly<Record<string, number>> = {
  MOVED_PERMANENTLY: 301,
  FOUND: 302,
  SEE_OTHER: 303,
  TEMPORARY_REDIRECT: 307,
  PERMANENT_REDIRECT: 308,
};
const REDIRECT_NUMBERS = [301, 302, 303, 307, 308];
const NOT_FOUND_STATUS: Readonly<Record<string, number>> = {
  SERVICE_UNAVAILABLE: 503,
  NOT_FOUND: 404,
  INTERNAL_SERVER_ERROR: 500,
};
const NOT_FOUND_NUMBERS = [503, 404, 500];

function codeOf(
  node: JsonNode | undefined,
  names: Readonly<Record<string, number>>,
  numbers: readonly number[],
  absent: number,
): number {
  if (node?.kind === 'string') return names[node.value] ?? absent;
  return node?.kind === 'number' ? (numbers[node.value] ?? absent) : absent;
}

const PATH_FIELDS: readonly (readonly [string, PathKind])[] = [
  ['prefix', 'prefix'],
  ['path', 'path'],
  ['path_separated_prefix', 'path-separated-prefix'],
  ['regex', 'regex'], // before safe_regex
];

function readPath(node: JsonNode | undefined, around: Span): PathMatcher {
  for (const [name, kind] of PATH_FIELDS) {
    const text = textOf(field(node, name));
    if (text) return { kind, ...text };
  }
  const regex = textOf(fieldAt(node, 'safe_regex', 'regex'));
  if (regex) return { kind: 'regex', ...regex };
  const connect = field(node, 'connect_matcher');
  if (connect) return { kind: 'connect', span: connect.span };
  const policy = field(node, 'path_match_policy');
  return policy ? readPathPolicy(policy) : { kind: 'absent', span: around };
}

function readPathPolicy(node: JsonNode): PathMatcher {
  const policy = readExtension(node);
  const template = textOf(field(policy.config, 'path_template'));
  return template
    ? { kind: 'template', ...template }
    : { kind: 'unknown', name: policy.name, span: node.span };
}

function readFraction(node: JsonNode | undefined): RuntimeFraction | null {
  const fraction = field(node, 'default_value');
  if (!node) return null;
  return {
    numerator: numberOf(field(fraction, 'numerator'))?.value ?? 0,
    denominator: codeOf(field(fraction, 'denominator'), DENOMINATORS, DENOMINATOR_NUMBERS, 100),
    runtimeKey: stringOf(field(node, 'runtime_key')),
    span: node.span,
  };
}

const RUNTIME_STATE = ['filter_state'];

function readTlsContext(node: JsonNode | undefined): TlsContextMatch | null {
  if (!node) return null;
  const flag = (name: string) => flagOf(field(node, name))?.value ?? null;
  return { presented: flag('presented'), validated: flag('validated'), span: node.span };
}

function readRouteMatch(node: JsonNode | undefined, route: JsonNode): RouteMatch {
  const span = node?.span ?? route.span;
  const inLists = node?.kind === 'object' ? node.members.flatMap((member) => gapsOf(member.value)) : [];
  return {
    path: readPath(node, span),
    caseSensitive: flagOf(field(node, 'case_sensitive'))?.value ?? true,
    headers: itemsOf(field(node, 'headers')).map(readHeaderMatcher),
    queryParameters: itemsOf(field(node, 'query_parameters')).map(readQueryParameterMatcher),
    cookies: itemsOf(field(node, 'cookies')).map(readCookieMatcher),
    grpc: field(node, 'grpc')?.span ?? null,
    runtimeFraction: readFraction(field(node, 'runtime_fraction')),
    tlsContext: readTlsContext(field(node, 'tls_context')),
    dynamicMetadata: itemsOf(field(node, 'dynamic_metadata')).map(readMetadataMatcher),
    runtimeState: RUNTIME_STATE.flatMap((name) => {
      const value = field(node, name);
      return value ? [{ value: name, span: value.span }] : [];
    }),
    gap: [...gapsOf(node), ...inLists, ...(node ? [] : gapsOf(route))][0] ?? null,
    span,
  };
}

function readRegexRewrite(node: JsonNode | undefined): RegexRewrite | null {
  const pattern = stringOf(fieldAt(node, 'pattern', 'regex'));
  return pattern ? { pattern, substitution: stringOf(field(node, 'substitution')) } : null;
}

function readTemplateRewrite(node: JsonNode | undefined): Spanned<string> | null {
  return node ? textOf(field(readExtension(node).config, 'path_template_rewrite')) : null;
}

function readForward(node: JsonNode): RouteAction {
  return {
    kind: 'forward',
    cluster: readClusterSpecifier(node, node.span),
    clusterNotFoundCode: codeOf(
      field(node, 'cluster_not_found_response_code'),
      NOT_FOUND_STATUS,
      NOT_FOUND_NUMBERS,
      503,
    ),
    prefixRewrite: textOf(field(node, 'prefix_rewrite')),
    regexRewrite: readRegexRewrite(field(node, 'regex_rewrite')),
    templateRewrite: readTemplateRewrite(field(node, 'path_rewrite_policy')),
    hostRewrite: textOf(field(node, 'host_rewrite_literal') ?? field(node, 'host_rewrite')),
    hostRewriteHeader: stringOf(field(node, 'host_rewrite_header')),
    hostRewritePathRegex: readRegexRewrite(field(node, 'host_rewrite_path_regex')),
    span: node.span,
  };
}

function readRedirect(node: JsonNode): RouteAction {
  const redirect: Redirect = {
    status: codeOf(field(node, 'response_code'), REDIRECT_STATUS, REDIRECT_NUMBERS, 301),
    https: isSet(field(node, 'https_redirect')),
    scheme: stringOf(field(node, 'scheme_redirect')),
    host: stringOf(field(node, 'host_redirect')),
    port: numberOf(field(node, 'port_redirect'))?.value ?? 0,
    path: textOf(field(node, 'path_redirect'))?.value ?? null,
    prefixRewrite: textOf(field(node, 'prefix_rewrite'))?.value ?? null,
    regexRewrite: readRegexRewrite(field(node, 'regex_rewrite')),
    stripQuery: isSet(field(node, 'strip_query')),
  };
  return { kind: 'redirect', redirect, span: node.span };
}

function readAction(node: JsonNode): RouteAction {
  const forward = field(node, 'route');
  if (forward) return readForward(forward);
  const redirect = field(node, 'redirect');
  if (redirect) return readRedirect(redirect);
  const direct = field(node, 'direct_response');
  if (direct)
    return {
      kind: 'direct-response',
      status: numberOf(field(direct, 'status'))?.value ?? 0,
      span: direct.span,
    };
  const other = field(node, 'non_forwarding_action') ?? field(node, 'filter_action');
  return other ? { kind: 'non-forwarding', span: other.span } : { kind: 'absent', span: node.span };
}

export function readRoute(node: JsonNode): Route {
  return {
    name: stringOf(field(node, 'name')),
    match: readRouteMatch(field(node, 'match'), node),
    action: readAction(node),
    span: node.span,
    node,
  };
}

// `cli route`: one route configuration and one request -> virtual host, route and cluster.
// The input is that of Envoy's router check tool: https://www.envoyproxy.io/docs/envoy/latest/operations/tools/router_check
import { memberOf, type JsonNode } from '../../../base/json.ts';
import { field, isSet, itemsOf, numberOf, stringOf } from '../../../documents/envoy/proto.ts';
import { readRouteConfiguration } from '../../../documents/envoy/route-configuration.ts';
import type { Route } from '../../../documents/envoy/route.ts';
import { chooseCluster } from '../cluster-choice.ts';
import type { Metadata } from '../metadata-match.ts';
import { redirectLocation, rewrittenHost, rewrittenPath } from '../rewrite.ts';
import type { RouteRequest } from '../route-match.ts';
import { chooseRoute } from '../route.ts';

export interface RouteAnswer {
  readonly id: string;
  readonly matched: boolean;
  readonly virtualHost: string | null;
  readonly route: string | null;
  readonly cluster: string | null;
  /** The Location of a redirect. */
  readonly redirect: string | null;
  /** The status of a direct response. */
  readonly directResponse: number | null;
  readonly pathRewrite: string | null;
  readonly hostRewrite: string | null;
}

/** What Envoy's own route tests send with every request (test/common/router/config_impl_test.cc, genHeaders). */
const TEST_HEADERS: readonly (readonly [string, string])[] = [
  ['x-safe', 'safe'],
  ['x-global-nope', 'global'],
  ['x-vhost-nope', 'vhost'],
  ['x-route-nope', 'route'],
];

function headersOf(input: JsonNode | undefined): ReadonlyMap<string, readonly string[]> {
  const given = memberOf(input, 'x_forwarded_proto');
  const scheme = given ? stringOf(given) : isSet(field(input, 'ssl')) ? 'https' : 'http';
  const headers = new Map<string, readonly string[]>([
    [':authority', [stringOf(field(input, 'authority'))]],
    [':path', [stringOf(field(input, 'path'))]],
    [':method', [stringOf(field(input, 'method'))]],
    [':scheme', [scheme || 'http']],
  ]);
  if (scheme) headers.set('x-forwarded-proto', [scheme]);
  if (given) for (const [name, value] of TEST_HEADERS) headers.set(name, [value]);
  if (isSet(field(input, 'internal'))) headers.set('x-envoy-internal', ['true']);
  for (const header of itemsOf(field(input, 'additional_request_headers'))) {
    const name = stringOf(field(header, 'key')).toLowerCase();
    const values = stringOf(field(header, 'op')) === 'set' ? [] : (headers.get(name) ?? []);
    headers.set(name, [...values, stringOf(field(header, 'value'))]);
  }
  return headers;
}

function runtimeWeightsOf(node: JsonNode | undefined): Readonly<Record<string, number>> {
  if (node?.kind !== 'object') return {};
  return Object.fromEntries(
    node.members.flatMap(({ key, value }) => (value.kind === 'number' ? [[key, value.value]] : [])),
  );
}

/** The tool's `dynamic_metadata`: values by namespace; a later one counts only if it is allowed to overwrite. */
function metadataOf(node: JsonNode | undefined): Metadata {
  const metadata: Record<string, JsonNode> = {};
  for (const item of itemsOf(node)) {
    const namespace = stringOf(field(item, 'metadata_namespace'));
    const value = field(item, 'value');
    if (value && (!metadata[namespace] || isSet(field(item, 'allow_overwrite')))) metadata[namespace] = value;
  }
  return metadata;
}

/** The tool's rule: only the runtime key that the input names is active. */
function requestOf(input: JsonNode | undefined): RouteRequest {
  const headers = headersOf(input);
  const active = stringOf(field(input, 'runtime'));
  return {
    method: stringOf(field(input, 'method')),
    path: stringOf(field(input, 'path')),
    header: (name) => headers.get(name) ?? null,
    random: numberOf(field(input, 'random_value'))?.value ?? 0,
    runtime: (key) => key === active,
    runtimeWeights: runtimeWeightsOf(field(input, 'runtime_integers')),
    clientCertificate: false,
    metadata: metadataOf(field(input, 'dynamic_metadata')),
    stateless: true,
  };
}

/** Answers `{id, routeConfiguration, input}`. */
export function answerRoute(line: JsonNode): RouteAnswer {
  const id = stringOf(field(line, 'id'));
  const node = field(line, 'routeConfiguration');
  const nothing: RouteAnswer = {
    id,
    matched: false,
    virtualHost: null,
    route: null,
    cluster: null,
    redirect: null,
    directResponse: null,
    pathRewrite: null,
    hostRewrite: null,
  };
  if (!node) return nothing;
  const request = requestOf(field(line, 'input'));
  const stage = chooseRoute(readRouteConfiguration(node), request);
  if (stage.kind === 'end')
    return stage.end.kind === 'respond' && stage.end.status === 301
      ? { ...nothing, matched: true, redirect: tlsLocation(request) }
      : nothing;
  const { route, host } = stage.value;
  // Like the tool, name the virtual host only of a route that forwards.
  const virtualHost = route.action.kind === 'forward' ? host.name : null;
  return { ...nothing, matched: true, virtualHost, route: route.name || null, ...actionOf(route, request) };
}

function authorityOf(request: RouteRequest): string {
  return request.header(':authority')?.[0] ?? '';
}

function tlsLocation(request: RouteRequest): string {
  return `https://${authorityOf(request)}${request.path}`;
}

function actionOf(route: Route, request: RouteRequest): Partial<RouteAnswer> {
  const { action } = route;
  const authority = authorityOf(request);
  switch (action.kind) {
    case 'forward': {
      const chosen = chooseCluster(action.cluster, { ...request, observed: null, notFoundStatus: 503 });
      return {
        cluster: chosen.kind === 'next' ? chosen.value.name : '', // a missing cluster header names no cluster
        pathRewrite: rewrittenPath(route, action, request.path),
        hostRewrite: rewrittenHost(action, request, authority),
      };
    }
    case 'redirect': {
      const scheme = request.header('x-forwarded-proto')?.[0] ?? 'http';
      return { redirect: redirectLocation(action, route, request, authority, scheme) };
    }
    case 'direct-response':
      return { directResponse: action.status };
    case 'non-forwarding':
    case 'absent':
      return {};
  }
}

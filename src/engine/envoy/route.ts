// Route configuration and request -> virtual host -> route.
// Rules: Envoy source/common/router/config_impl.cc, RouteMatcher::route and VirtualHostImpl::getRouteFromEntries.
import type { Span } from '../../base/source.ts';
import type { Extension } from '../../documents/envoy/extension.ts';
import type { Matcher } from '../../documents/envoy/matcher-tree.ts';
import { field, itemsOf, stringOf } from '../../documents/envoy/proto.ts';
import { readRoute, type Route } from '../../documents/envoy/route.ts';
import type { RouteConfiguration, VirtualHost } from '../../documents/envoy/route-configuration.ts';
import { evaluate } from './match-tree.ts';
import {
  decision,
  finish,
  gapAt,
  next,
  reason,
  undecided,
  type Decision,
  type PassedOver,
  type Stage,
} from './outcome.ts';
import { checkRoute, queryOf, type RouteCheck, type RouteRequest } from './route-match.ts';
import { findVirtualHost } from './virtual-host.ts';

export interface FoundRoute {
  readonly host: VirtualHost;
  readonly route: Route;
}

/** The route for a request, or the answer that Envoy gives when there is none (404, or 301 for a TLS requirement). */
export function chooseRoute(routes: RouteConfiguration, request: RouteRequest): Stage<FoundRoute> {
  const name = request.header(routes.vhostHeader || ':authority')?.[0] ?? null;
  const found = findVirtualHost(routes, name);
  const hidden = routes.virtualHostGaps[0] ?? routes.virtualHosts.find((host) => host.domainGap)?.domainGap;
  const gap = gapAt('gap.virtual-hosts', hidden);
  if (!found) {
    if (gap?.span)
      return finish(undecided(reason('undecided.virtual-host', { host: name ?? '' }), [gap.span]));
    return notFound(routes.nameSpan, 'virtual-host-not-found', name ?? '');
  }
  const { host, domain, why } = found;
  const certain = why.code === 'envoy.virtual-host.exact';
  const chosen = decision('virtual-host', host.name, why, [domain.span, host.span], {
    gap: certain ? null : gap,
  });
  if (!requestScheme(request)) return notFound(host.span);
  const redirected = requiredTls(host, request);
  if (redirected) return finish({ kind: 'respond', status: 301, ...redirected }, chosen);
  const stage = host.matcher
    ? routeByMatcher(host, host.matcher, request, routes.ignorePathParameters)
    : routeInOrder(host, request, routes.ignorePathParameters);
  return { ...stage, decisions: [chosen, ...stage.decisions] };
}

function requestScheme(request: RouteRequest): string | null {
  return request.header('x-forwarded-proto')?.[0] ?? null;
}

/** require_tls answers requests that did not come over TLS with a redirect, EXTERNAL_ONLY only external ones. */
function requiredTls(host: VirtualHost, request: RouteRequest) {
  const required = host.requireTls;
  if (!required || required.value === 'NONE' || requestScheme(request) === 'https') return null;
  const internal = request.header('x-envoy-internal')?.[0] === 'true';
  if (required.value === 'EXTERNAL_ONLY' && internal) return null;
  return { why: reason('respond.require-tls', { require: required.value }), spans: [required.span] };
}

function notFound(span: Span, code = 'route-not-found', host = ''): Stage<never> {
  return finish({
    kind: 'respond',
    status: 404,
    why: reason(`respond.${code}`, { host }),
    spans: [span],
  });
}

function routeName(route: Route, index: number): string {
  return route.name || `routes[${index}]`;
}

function routeInOrder(
  host: VirtualHost,
  request: RouteRequest,
  ignoreParameters: boolean,
): Stage<FoundRoute> {
  const passed: PassedOver[] = [];
  const gap = host.gaps[0];
  for (const [index, route] of host.routes.entries()) {
    const check = checkRoute(route.match, request, ignoreParameters);
    const name = routeName(route, index);
    if (check.result === 'unknown') return unknownRoute(name, check);
    if (check.result === 'yes')
      return next(
        { host, route },
        routeDecision(name, route, check.why, check.span, passed, gapBefore(host, route)),
      );
    passed.push({ name, why: check.why, span: check.span });
  }
  if (gap) return finish(undecided(reason('undecided.route-left-out', { path: request.path }), [gap]));
  const missed = decision('route', '', reason('route.none', { path: request.path }), [host.span], { passed });
  const end = {
    kind: 'respond',
    status: 404,
    why: reason('respond.route-not-found', { host: host.name }),
    spans: [host.span],
  } as const;
  return finish(end, missed);
}

function unknownRoute(route: string, { why, span }: RouteCheck): Stage<never> {
  return finish(undecided(reason('undecided.route', { route, ...why.parameters }), [span]));
}

/** Routes are tried in order, so only what is left out before a route could have taken the request from it. */
function gapBefore(host: VirtualHost, route: Route): Span | undefined {
  return host.gaps.find((gap) => gap.from < route.span.from);
}

function routeDecision(
  name: string,
  route: Route,
  why: Decision['why'],
  span: Span,
  passed: readonly PassedOver[],
  gap: Span | undefined,
): Decision {
  return decision('route', name, why, [span, route.span], { passed, gap: gapAt('gap.routes', gap) });
}

/** A match tree in place of routes; its action is one route or a list of them. */
function routeByMatcher(
  host: VirtualHost,
  matcher: Matcher,
  request: RouteRequest,
  ignoreParameters: boolean,
): Stage<FoundRoute> {
  const result = evaluate(matcher, (input) => readInput(input, request));
  if (result.kind === 'open')
    return finish(undecided(reason('undecided.input', { input: result.input }), [result.span]));
  const routes = result.kind === 'action' ? routesOf(result.action) : [];
  for (const [index, route] of routes.entries()) {
    const check = checkRoute(route.match, request, ignoreParameters);
    if (check.result === 'unknown') return unknownRoute(routeName(route, index), check);
    if (check.result === 'yes')
      return next(
        { host, route },
        routeDecision(routeName(route, index), route, check.why, check.span, [], undefined),
      );
  }
  return notFound(host.span);
}

function routesOf(action: Extension): readonly Route[] {
  if (!action.config) return [];
  if (action.kind === 'route') return [readRoute(action.config)];
  return itemsOf(field(action.config, 'routes')).map(readRoute);
}

function readInput(input: Extension, request: RouteRequest): string | null | undefined {
  switch (input.kind) {
    case 'http_request_header_match_input':
      return request.header(stringOf(field(input.config, 'header_name')).toLowerCase())?.join(',') ?? null;
    case 'http_request_query_param_match_input':
      return queryOf(request.path).get(stringOf(field(input.config, 'query_param'))) ?? null;
    default:
      return undefined;
  }
}

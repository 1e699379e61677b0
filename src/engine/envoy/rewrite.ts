// Path and host as the next hop gets them. Rules: Envoy source/common/router/config_impl.cc, rewritePathHeader.
import type { RegexRewrite, Route, RouteAction } from '../../documents/envoy/route.ts';
import { fillTemplate } from './path-template.ts';
import { replaceAll } from './regex.ts';
import type { RouteRequest } from './route-match.ts';
import { withoutPort } from './virtual-host.ts';

type Forward = Extract<RouteAction, { readonly kind: 'forward' }>;

function splitQuery(path: string): readonly [string, string] {
  const at = path.search(/[?#]/);
  return at < 0 ? [path, ''] : [path.slice(0, at), path.slice(at)];
}

function regexRewritten(rewrite: RegexRewrite, path: string): string {
  const [bare, rest] = splitQuery(path);
  return replaceAll(rewrite.pattern, bare, rewrite.substitution) + rest;
}

/** What prefix_rewrite replaces: the matched prefix, or the whole path for path and regex matches. */
function matchedLength(route: Route, bare: string): number {
  const { path } = route.match;
  return path.kind === 'prefix' || path.kind === 'path-separated-prefix' ? path.value.length : bare.length;
}

/** The path after the route's rewrite; unchanged when there is none. */
export function rewrittenPath(route: Route, action: Forward, path: string): string {
  if (action.regexRewrite) return regexRewritten(action.regexRewrite, path);
  const [bare, rest] = splitQuery(path);
  const template = route.match.path.kind === 'template' ? route.match.path.value : null;
  if (action.templateRewrite && template !== null)
    return (fillTemplate(template, bare, action.templateRewrite.value) ?? bare) + rest;
  if (!action.prefixRewrite) return path;
  return action.prefixRewrite.value + bare.slice(matchedLength(route, bare)) + rest;
}

/** The host after the route's rewrite; unchanged when there is none, or when it rests on what is not known here. */
export function rewrittenHost(action: Forward, request: RouteRequest, host: string): string {
  if (action.hostRewrite) return action.hostRewrite.value;
  const fromHeader = action.hostRewriteHeader && request.header(action.hostRewriteHeader.toLowerCase())?.[0];
  if (fromHeader) return fromHeader;
  const byPath = action.hostRewritePathRegex;
  return byPath ? replaceAll(byPath.pattern, splitQuery(request.path)[0], byPath.substitution) : host;
}

/** The Location of a redirect. Rules: config_impl.cc, newUri. */
export function redirectLocation(
  action: Extract<RouteAction, { readonly kind: 'redirect' }>,
  route: Route,
  request: RouteRequest,
  host: string,
  scheme: string,
): string {
  const { redirect } = action;
  const newScheme = redirect.scheme || (redirect.https ? 'https' : scheme);
  const kept = redirect.port !== 0 ? withoutPort(host) : withoutDefaultPort(host, scheme, newScheme);
  const port = redirect.port === 0 ? '' : `:${redirect.port}`;
  return `${newScheme}://${redirect.host || kept}${port}${redirectPath(redirect, route, request.path)}`;
}

/** The default port of the old scheme goes away with it. */
function withoutDefaultPort(host: string, oldScheme: string, newScheme: string): string {
  const port = oldScheme === 'https' ? ':443' : ':80';
  return newScheme !== oldScheme && host.endsWith(port) ? withoutPort(host) : host;
}

function redirectPath(
  redirect: Extract<RouteAction, { readonly kind: 'redirect' }>['redirect'],
  route: Route,
  path: string,
): string {
  const [bare, query] = splitQuery(path);
  const rest = redirect.stripQuery ? '' : query;
  if (redirect.path) return redirect.path.includes('?') ? redirect.path : redirect.path + rest;
  if (redirect.prefixRewrite !== null)
    return redirect.prefixRewrite + bare.slice(matchedLength(route, bare)) + rest;
  return (redirect.regexRewrite ? regexRewritten(redirect.regexRewrite, bare) : bare) + rest;
}

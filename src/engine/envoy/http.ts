// HTTP over an accepted connection: whom the manager takes for the client, which route, which cluster, what is sent on.
import type { ProxyConfig } from '../../documents/envoy/config.ts';
import type { HttpConnectionManager } from '../../documents/envoy/network-filter.ts';
import { field, numberOf } from '../../documents/envoy/proto.ts';
import type { RouteConfiguration } from '../../documents/envoy/route-configuration.ts';
import type { RouteAction } from '../../documents/envoy/route.ts';
import { parseAddress } from '../../base/ip.ts';
import { clientAddress, type ClientAddress } from './client-address.ts';
import { chooseCluster, type ChosenCluster } from './cluster-choice.ts';
import type { Connection, HttpRequest, Observed, OriginalSrc } from './connection.ts';
import type { Upstream } from './internal-listener.ts';
import {
  decision,
  finish,
  PLAIN_TEXT,
  follow,
  next,
  reason,
  undecided,
  type ForwardedRequest,
  type Stage,
} from './outcome.ts';
import { patchDecisions } from './patches.ts';
import { rewrittenHost, rewrittenPath } from './rewrite.ts';
import type { RouteRequest } from './route-match.ts';
import { chooseRoute, type FoundRoute } from './route.ts';
import { connectUpstream } from './upstream.ts';
import { withoutPort } from './virtual-host.ts';

/** Routes the request of this connection and opens the new one for it. */
export function forwardRequest(
  config: ProxyConfig,
  manager: HttpConnectionManager,
  connection: Connection,
  request: HttpRequest | null,
  observed: Observed,
): Stage<Upstream> {
  if (!request)
    return finish({ kind: 'respond', status: 400, why: reason('respond.not-http'), spans: [manager.span] });
  const header = headersOf(request);
  const client = clientAddress(manager.clientAddress, {
    peer: connection.remote.address ?? '',
    peerPort: connection.remote.port,
    nodeAddress: null,
    header,
  });
  if (client.rejectedWith !== null)
    return finish({
      kind: 'respond',
      status: client.rejectedWith,
      why: reason('respond.original-ip-rejected'),
      spans: [manager.span],
    });
  const routed = routeRequest(manager, connection, request, client, observed);
  return follow(routeConfiguration(config, manager), (routes) =>
    follow(chooseRoute(routes, routed), (found) =>
      takeAction(found, routed, observed, (cluster, forwarded) =>
        connectUpstream(config, cluster.name, {
          connection,
          forwarded: { ...forwarded, xForwardedFor: client.xForwardedFor, client: client.client },
          header,
          originalSrc: httpOriginalSrc(manager, client) ?? connection.originalSrc,
          observed,
          unseen: null,
          carried: PLAIN_TEXT,
          namedAt: cluster.span,
        }),
      ),
    ),
  );
}

function headersOf(request: HttpRequest): (name: string) => readonly string[] | null {
  const values = new Map(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), [value]]),
  );
  values.set(':authority', [request.authority]);
  values.set(':method', [request.method]);
  values.set(':path', [request.path]);
  return (name) => values.get(name) ?? null;
}

/** Inline, or the one that RDS was asked for by name. */
function routeConfiguration(config: ProxyConfig, manager: HttpConnectionManager): Stage<RouteConfiguration> {
  const inline = manager.routeConfiguration;
  if (inline)
    return next(
      inline,
      decision('route-configuration', inline.name, reason('route-configuration.inline'), [inline.nameSpan]),
    );
  if (manager.scopedRoutes)
    return finish(undecided(reason('undecided.scoped-routes'), [manager.scopedRoutes]));
  const { rds } = manager;
  if (!rds)
    return finish(
      undecided(reason('undecided.route-configuration-absent'), [manager.gaps[0] ?? manager.span]),
    );
  const named = config.routeConfigurations.find((candidate) => candidate.name === rds.value);
  if (!named)
    return finish(undecided(reason('undecided.route-configuration', { name: rds.value }), [rds.span]));
  const why = reason('route-configuration.rds', { name: rds.value });
  const found = decision('route-configuration', named.name, why, [rds.span, named.nameSpan]);
  return next(named, found, ...patchDecisions(config, 'route-configuration', named.name));
}

/** What routes are matched against: the manager strips ports and sets the headers it owns first. */
function routeRequest(
  manager: HttpConnectionManager,
  connection: Connection,
  request: HttpRequest,
  client: ClientAddress,
  observed: Observed,
): RouteRequest {
  const authority = strippedAuthority(manager, connection, request);
  const header = headersOf({ ...request, authority });
  const scheme = connection.transport === 'tls' ? 'https' : 'http';
  const own: Readonly<Record<string, readonly string[] | null>> = {
    'x-forwarded-proto': (!manager.clientAddress.useRemoteAddress?.value && header('x-forwarded-proto')) || [
      scheme,
    ],
    'x-forwarded-for': client.xForwardedFor === null ? null : [client.xForwardedFor],
    'x-envoy-internal': client.internal ? ['true'] : null,
    ':scheme': [scheme],
  };
  return {
    method: request.method,
    path: request.path,
    header: (name) => (name in own ? (own[name] ?? null) : header(name)),
    random: observed.random ?? null,
    runtime: null,
    runtimeWeights: {},
    clientCertificate: connection.transport === 'raw_buffer' ? false : null,
    metadata: null,
    stateless: false,
  };
}

/** strip_matching_host_port takes the port off only when it is the listener's; CONNECT keeps it (RFC 9110 9.3.6). */
function strippedAuthority(
  manager: HttpConnectionManager,
  connection: Connection,
  { authority, method }: HttpRequest,
): string {
  if (manager.stripPort === 'none' || method === 'CONNECT' || !/:\d+$/.test(authority)) return authority;
  const bare = withoutPort(authority);
  const matches = manager.stripPort === 'any' || authority === `${bare}:${connection.local.port}`;
  return matches ? bare : authority;
}

type Onward = (
  cluster: ChosenCluster,
  forwarded: Pick<ForwardedRequest, 'authority' | 'path'>,
) => Stage<Upstream>;

function takeAction(
  { route }: FoundRoute,
  request: RouteRequest,
  observed: Observed,
  onward: Onward,
): Stage<Upstream> {
  const { action } = route;
  switch (action.kind) {
    case 'forward':
      return forward(action, request, observed, (cluster) =>
        onward(cluster, {
          authority: rewrittenHost(action, request, request.header(':authority')?.[0] ?? ''),
          path: rewrittenPath(route, action, request.path),
        }),
      );
    case 'redirect': {
      const { status } = action.redirect;
      return finish({
        kind: 'respond',
        status,
        why: reason('respond.redirect', { status }),
        spans: [action.span],
      });
    }
    case 'direct-response':
      return finish({
        kind: 'respond',
        status: action.status,
        why: reason('respond.direct', { status: action.status }),
        spans: [action.span],
      });
    case 'non-forwarding':
    case 'absent':
      return finish(undecided(reason('undecided.route-action'), [action.span]));
  }
}

function forward(
  action: Extract<RouteAction, { readonly kind: 'forward' }>,
  request: RouteRequest,
  observed: Observed,
  onward: (cluster: ChosenCluster) => Stage<Upstream>,
): Stage<Upstream> {
  const chosen = chooseCluster(action.cluster, {
    header: request.header,
    random: request.random,
    runtimeWeights: request.runtimeWeights,
    observed: observed.cluster ?? null,
    notFoundStatus: action.clusterNotFoundCode,
  });
  return follow(chosen, onward);
}

/** The HTTP filter original_src binds to the trusted client's address, request by request. */
function httpOriginalSrc(manager: HttpConnectionManager, { client }: ClientAddress): OriginalSrc | null {
  const filter = manager.httpFilters.find(({ kind }) => kind === 'original_src');
  const address = filter && parseAddress(client.address);
  if (!filter || !address) return null;
  const mark = numberOf(field(filter.config, 'mark'));
  return { address, mark: mark?.value ?? 0, span: filter.span, markSpan: mark?.span ?? null };
}

// A cluster's endpoints, and the one that a connection goes to.
// https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/service_discovery
import { endpointText, parseEndpoint } from '../../base/ip.ts';
import type { Span } from '../../base/source.ts';
import { addressText } from '../../documents/envoy/address.ts';
import type { Cluster, DiscoveryType } from '../../documents/envoy/cluster.ts';
import type { ProxyConfig } from '../../documents/envoy/config.ts';
import type { Endpoint, LoadAssignment } from '../../documents/envoy/endpoint.ts';
import { fieldAt, itemsOf, type Spanned } from '../../documents/envoy/proto.ts';
import type { Connection, Observed } from './connection.ts';
import {
  decision,
  finish,
  gapAt,
  next,
  reason,
  undecided,
  type SocketEndpoint,
  type Stage,
} from './outcome.ts';

export type ChosenEndpoint =
  | {
      readonly kind: 'socket';
      readonly place: SocketEndpoint;
      /** Null for an ORIGINAL_DST cluster: its hosts are made on demand. */
      readonly endpoint: Endpoint | null;
    }
  /** A listener of the same proxy. */
  | { readonly kind: 'internal'; readonly listener: Spanned<string>; readonly endpoint: Endpoint };

/** Null for a cluster type of an extension. An absent type is STATIC. */
function discoveryType(cluster: Cluster): DiscoveryType | null {
  if (cluster.customType) {
    const { kind, name } = cluster.customType;
    return /original_?dst/.test(kind) || name === 'envoy.cluster.original_dst' ? 'ORIGINAL_DST' : null;
  }
  return cluster.discovery?.value ?? 'STATIC';
}

export function chooseEndpoint(
  config: ProxyConfig,
  cluster: Cluster,
  connection: Connection,
  header: (name: string) => readonly string[] | null,
  observed: Observed,
): Stage<ChosenEndpoint> {
  const type = discoveryType(cluster);
  switch (type) {
    case null:
      return finish(
        undecided(
          reason('undecided.cluster-type', { cluster: cluster.name, type: cluster.customType?.name ?? '' }),
          [cluster.customType?.span ?? cluster.span],
        ),
      );
    case 'ORIGINAL_DST':
      return originalDestination(cluster, connection, header);
    case 'EDS':
      return fromAssignment(cluster, assignmentOf(config, cluster), observed);
    case 'STATIC':
    case 'STRICT_DNS':
    case 'LOGICAL_DNS':
      return fromAssignment(cluster, cluster.loadAssignment ?? assignmentOf(config, cluster), observed);
  }
}

function assignmentOf(config: ProxyConfig, cluster: Cluster): LoadAssignment | null {
  const named = (name: string) =>
    config.loadAssignments.find((assignment) => assignment.clusterName === name);
  return named(cluster.edsName) ?? named(cluster.name) ?? null;
}

/** Rules: Envoy source/extensions/clusters/original_dst/original_dst_cluster.cc, LoadBalancer::chooseHost. */
function originalDestination(
  cluster: Cluster,
  connection: Connection,
  header: (name: string) => readonly string[] | null,
): Stage<ChosenEndpoint> {
  const { header: byHeader, portOverride, metadataKey } = cluster.originalDst;
  const typeSpan = cluster.discovery?.span ?? cluster.span;
  if (metadataKey)
    return finish(
      undecided(reason('undecided.original-dst-metadata', { cluster: cluster.name }), [metadataKey]),
    );
  const named = byHeader ? parseEndpoint(header(byHeader.value)?.[0] ?? '') : null;
  const { local, restored } = connection;
  const fromHeader = named && named.port !== null ? { address: named.address, port: named.port } : null;
  const fromSocket =
    restored && local.address && local.port !== null ? { address: local.address, port: local.port } : null;
  const base = fromHeader ?? fromSocket;
  if (!base)
    return finish({
      kind: 'close',
      why: reason('close.no-original-dst', { cluster: cluster.name }),
      spans: [typeSpan],
    });
  const place = { ...base, port: portOverride?.value ?? base.port };
  const text = endpointText(place.address, place.port);
  const why = fromHeader
    ? reason('endpoint.original-dst-header', { endpoint: text, header: byHeader?.value ?? '' })
    : reason('endpoint.original-dst', { endpoint: text });
  const spans = [
    ...(fromHeader && byHeader ? [byHeader.span] : []),
    ...(portOverride ? [portOverride.span] : []),
    typeSpan,
  ];
  return next({ kind: 'socket', place, endpoint: null }, decision('endpoint', text, why, spans));
}

/** An endpoint whose address is known to take no new connections. Unknown health counts as healthy. */
function isUsable(endpoint: Endpoint): boolean {
  const health = endpoint.health?.value ?? 'HEALTHY';
  return health === 'HEALTHY' || health === 'UNKNOWN' || health === 'DEGRADED';
}

/**
 * The endpoints a connection may go to: the highest priority's, and those below it too when some of its own are not
 * usable, because load spills over (source/common/upstream/load_balancer_context_base.h). When none is usable, panic
 * routing may take any.
 */
function candidatesOf({ endpoints }: LoadAssignment): readonly Endpoint[] {
  const usable = endpoints.filter(isUsable);
  if (usable.length === 0) return endpoints;
  const highest = Math.min(...endpoints.map((endpoint) => endpoint.priority));
  const first = endpoints.filter((endpoint) => endpoint.priority === highest);
  return first.every(isUsable) ? first : usable;
}

function placeOf({ address }: Endpoint): SocketEndpoint | null {
  return address.kind === 'ip' ? { address: address.address, port: address.port } : null;
}

function isAt(endpoint: Endpoint, place: SocketEndpoint): boolean {
  const own = placeOf(endpoint);
  return own !== null && own.address.text === place.address.text && own.port === place.port;
}

function fromAssignment(
  cluster: Cluster,
  assignment: LoadAssignment | null,
  observed: Observed,
): Stage<ChosenEndpoint> {
  const seen = observed.upstreamHost;
  const typeSpan = cluster.discovery?.span ?? cluster.nameSpan;
  if (!assignment) return withoutAssignment(cluster, seen, typeSpan);
  const logged = seen && assignment.endpoints.find((endpoint) => isAt(endpoint, seen));
  const candidates = candidatesOf(assignment);
  const gap = gapAt('gap.endpoints', assignment.gaps[0]);
  if (logged) return takeEndpoint(logged, candidates, 'endpoint.observed', gap, seen);
  const subsets = fieldAt(cluster.node, 'lb_subset_config', 'subset_selectors');
  if (subsets && itemsOf(subsets).length > 0) return leaveSubsetOpen(cluster, subsets.span, candidates);
  const [only, ...others] = candidates;
  if (only && others.length === 0 && isUsable(only) && !gap)
    return takeEndpoint(only, candidates, 'endpoint.only', null, seen);
  return leaveOpen(cluster, assignment, candidates);
}

/** None, or more than one that it could be, or one among others that are not shown. */
function leaveOpen(
  cluster: Cluster,
  { gaps, span }: LoadAssignment,
  candidates: readonly Endpoint[],
): Stage<ChosenEndpoint> {
  const parameters = { cluster: cluster.name };
  if (candidates.length === 0)
    return finish(
      gaps.length > 0
        ? undecided(reason('undecided.endpoints', parameters), gaps)
        : { kind: 'close', why: reason('close.no-healthy-upstream', parameters), spans: [span] },
    );
  const endpoints = candidates.map((endpoint) => addressText(endpoint.address)).join(', ');
  return finish(
    undecided(
      reason('undecided.endpoint', { ...parameters, endpoints }),
      [...candidates.map((endpoint) => endpoint.address.span), ...gaps],
      { endpoints: candidates.flatMap((endpoint) => placeOf(endpoint) ?? []) },
    ),
  );
}

/** The load balancer picks among the endpoints whose metadata the route or the request asks for; which, is not followed. */
function leaveSubsetOpen(
  cluster: Cluster,
  span: Span,
  candidates: readonly Endpoint[],
): Stage<ChosenEndpoint> {
  const why = reason('undecided.subset', { cluster: cluster.name });
  return finish(undecided(why, [span], { endpoints: candidates.flatMap((each) => placeOf(each) ?? []) }));
}

/** No endpoints were pasted: only a log can tell where the connection went. */
function withoutAssignment(
  cluster: Cluster,
  seen: SocketEndpoint | undefined,
  typeSpan: Span,
): Stage<ChosenEndpoint> {
  if (!seen) return finish(undecided(reason('undecided.endpoints', { cluster: cluster.name }), [typeSpan]));
  const text = endpointText(seen.address, seen.port);
  const gap = { why: reason('gap.endpoints'), span: typeSpan };
  const why = reason('endpoint.observed', { endpoint: text });
  return next(
    { kind: 'socket', place: seen, endpoint: null },
    decision('endpoint', text, why, [typeSpan], { gap }),
  );
}

function takeEndpoint(
  endpoint: Endpoint,
  candidates: readonly Endpoint[],
  code: string,
  gap: ReturnType<typeof gapAt>,
  seen: SocketEndpoint | undefined,
): Stage<ChosenEndpoint> {
  const { address } = endpoint;
  const text = addressText(address);
  const passed = candidates
    .filter((candidate) => candidate !== endpoint)
    .map((candidate) => ({
      name: addressText(candidate.address),
      why: reason('endpoint.not-observed'),
      span: candidate.address.span,
    }));
  const taken = decision('endpoint', text, reason(code, { endpoint: text }), [address.span], { passed, gap });
  if (address.kind === 'internal')
    return next({ kind: 'internal', listener: { value: address.name, span: address.span }, endpoint }, taken);
  const place = placeOf(endpoint) ?? (address.kind === 'host' ? seen : undefined);
  if (place) return next({ kind: 'socket', place, endpoint }, taken);
  const missing = address.kind === 'host' ? 'undecided.dns' : 'undecided.endpoint-pipe';
  return finish(undecided(reason(missing, { endpoint: text }), [address.span]));
}

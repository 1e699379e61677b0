// A connection and, over it, a request -> what the proxy does with them: the stages in Envoy's order.
// https://www.envoyproxy.io/docs/envoy/latest/intro/life_of_a_request
import { endpointText } from '../../base/ip.ts';
import type { ProxyConfig } from '../../documents/envoy/config.ts';
import type { ClusterSpecifier } from '../../documents/envoy/cluster-specifier.ts';
import type { FilterChain } from '../../documents/envoy/listener.ts';
import type { ClusterAlone, HttpConnectionManager, TcpProxy } from '../../documents/envoy/network-filter.ts';
import { field, stringOf } from '../../documents/envoy/proto.ts';
import type { Connection, Downstream, HttpRequest, Observed } from './connection.ts';
import { chooseCluster } from './cluster-choice.ts';
import { chooseFilterChain } from './filter-chain.ts';
import { forwardRequest } from './http.ts';
import {
  downstreamOf,
  enterInternal,
  requestInside,
  type Arrival,
  type Upstream,
} from './internal-listener.ts';
import { acceptedConnection, runListenerFilters } from './listener-filters.ts';
import { acceptingListener, handOver } from './listener.ts';
import {
  decision,
  finish,
  PLAIN_TEXT,
  UNKNOWN_WIRE,
  follow,
  gapAt,
  next,
  reason,
  undecided,
  type Connect,
  type Gap,
  type PassedOver,
  type ProxyOutcome,
  type Stage,
  type Undecided,
  type Wire,
} from './outcome.ts';
import { connectUpstream } from './upstream.ts';

const NO_HEADERS = (): null => null;

/** Everything the proxy decides, up to the new connection. `observed` settles what configuration leaves open. */
export function decide(
  config: ProxyConfig,
  downstream: Downstream,
  request: HttpRequest | null,
  observed: Observed = {},
): ProxyOutcome {
  const asked: Asked = { downstream, request, observed, entered: [] };
  return outcome(follow(arrive(config, downstream, request), (arrival) => take(config, arrival, asked)));
}

interface Asked {
  readonly downstream: Downstream;
  readonly request: HttpRequest | null;
  readonly observed: Observed;
  /** The internal listeners that the connection has come through. */
  readonly entered: readonly string[];
}

/** A listener, its filters run, takes the connection to where it leaves the proxy. */
function take(config: ProxyConfig, { listener, connection }: Arrival, asked: Asked): Stage<Connect> {
  return follow(chooseFilterChain(listener, connection), (choice) =>
    choice.kind === 'one'
      ? serve(config, choice.chain, connection, asked)
      : agreed(
          choice.chains.map((chain) => serve(config, chain, connection, asked)),
          choice.open,
        ),
  );
}

/** An upstream that is a listener of this proxy goes on there. */
function leave(config: ProxyConfig, upstream: Upstream, asked: Asked): Stage<Connect> {
  if (upstream.kind === 'connect') return next(upstream);
  const { listener, span } = upstream;
  if (asked.entered.includes(listener))
    return finish(undecided(reason('undecided.internal-loop', { listener }), [span]));
  const inside: Asked = {
    downstream: downstreamOf(upstream, asked.downstream),
    request: requestInside(upstream, asked.request),
    observed: {},
    entered: [...asked.entered, listener],
  };
  return follow(enterInternal(config, upstream, inside.downstream, inside.request), (arrival) =>
    take(config, arrival, inside),
  );
}

function serve(
  config: ProxyConfig,
  chain: FilterChain,
  connection: Connection,
  asked: Asked,
): Stage<Connect> {
  const { downstream, request, observed } = asked;
  const upstream = follow(terminalFilter(chain), (filter) =>
    filter.kind === 'http-connection-manager'
      ? forwardRequest(config, filter, connection, request, observed)
      : follow(tunnelled(filter, connection), (tunnel) =>
          follow(clusterBySni(chain, connection, filter.cluster), (cluster) =>
            proxyTcp(config, cluster, connection, tunnel ?? carriedBy(filter, chain, downstream), observed),
          ),
        ),
  );
  return follow(upstream, (end) => leave(config, end, asked));
}

/**
 * The sni_cluster filter puts the server name in place of the TCP proxy's cluster:
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/network_filters/sni_cluster_filter
 */
function clusterBySni(
  { filters }: FilterChain,
  { serverName }: Connection,
  cluster: ClusterSpecifier,
): Stage<ClusterSpecifier> {
  const [filter] = filters.flatMap((each) =>
    each.kind === 'other' && each.filter === 'sni_cluster' ? [each] : [],
  );
  if (!filter || serverName === '') return next(cluster);
  const { name, span } = filter;
  if (serverName === null) return finish(undecided(reason('undecided.sni-cluster'), [span]));
  const why = reason('network-filter.sni-cluster', { serverName });
  return next(
    { kind: 'cluster', name: { value: serverName, span } },
    decision('network-filter', name, why, [span]),
  );
}

/** A TCP proxy may wrap the bytes in an HTTP CONNECT (HBONE does): then HTTP in plain text is what goes on. */
function tunnelled(filter: TcpProxy | ClusterAlone, { local }: Connection): Stage<Wire | null> {
  const tunnel = filter.kind === 'tcp-proxy' ? field(filter.config, 'tunneling_config') : undefined;
  if (!tunnel) return next(null);
  const destination = local.address ? endpointText(local.address, local.port) : '';
  const hostname = stringOf(field(tunnel, 'hostname')).replace('%DOWNSTREAM_LOCAL_ADDRESS%', destination);
  const why = reason('tunnel.connect', { hostname });
  return next(PLAIN_TEXT, decision('network-filter', filter.name, why, [tunnel.span]));
}

/** What goes on to the cluster; a filter that is not known may have ended the client's TLS. */
function carriedBy(filter: TcpProxy | ClusterAlone, chain: FilterChain, downstream: Downstream): Wire {
  if (filter.kind === 'cluster-alone') return UNKNOWN_WIRE;
  return chain.endsTls ? PLAIN_TEXT : wireOf(downstream);
}

function wireOf({ transport, serverName, alpn }: Downstream): Wire {
  return { transport, serverName, alpn };
}

/** What an unknown input leaves open does not matter when every way ends the same. */
function agreed(ways: readonly Stage<Connect>[], open: Undecided): Stage<Connect> {
  const [first, ...others] = ways;
  const same = first && others.every((way) => endText(way) === endText(first));
  return same ? first : finish(open);
}

/** What two ways have to share to count as the same. */
function endText(way: Stage<Connect>): string {
  const end = way.kind === 'next' ? way.value : way.end;
  if (end.kind !== 'connect') return JSON.stringify([end.kind, end.why]);
  const { cluster, endpoint, source, mark } = end;
  return JSON.stringify([cluster, endpoint, source.choice, source.address, source.port, mark]);
}

/**
 * Cluster, endpoint and source alone, for a cluster that a log names. The listener is still asked for its original_src
 * filter; without a pasted listener the source decision carries a gap.
 */
export function connectThrough(
  config: ProxyConfig,
  clusterName: string,
  downstream: Downstream,
  request: HttpRequest | null,
  observed: Observed = {},
): ProxyOutcome {
  const arrived = arrive(config, downstream, request);
  const connection =
    arrived.kind === 'next' ? arrived.value.connection : restored(acceptedConnection(downstream), downstream);
  const unseen: Gap | null =
    arrived.kind === 'next'
      ? null
      : { why: reason('gap.listener', { port: downstream.accepting }), span: null };
  const header = (name: string) => (request?.headers[name] === undefined ? null : [request.headers[name]]);
  const named = decision('cluster', clusterName, reason('cluster.observed-by-name'), []);
  const connected = connectUpstream(config, clusterName, {
    connection,
    forwarded: null,
    header,
    originalSrc: connection.originalSrc,
    observed,
    unseen,
    // Whether a chain ended the client's TLS is not known here.
    carried: request || downstream.transport === 'raw_buffer' ? PLAIN_TEXT : UNKNOWN_WIRE,
    namedAt: null,
  });
  const asked: Asked = { downstream, request, observed, entered: [] };
  const left = follow(connected, (upstream) => leave(config, upstream, asked));
  return outcome({ ...left, decisions: [named, ...left.decisions] });
}

function restored(connection: Connection, { originalDestination }: Downstream): Connection {
  return originalDestination ? { ...connection, local: originalDestination, restored: true } : connection;
}

function outcome(stage: Stage<Connect>): ProxyOutcome {
  return { decisions: stage.decisions, end: stage.kind === 'next' ? stage.value : stage.end };
}

/** The listener that ends up with the connection, after its own listener filters; handed over at most once. */
function arrive(config: ProxyConfig, downstream: Downstream, request: HttpRequest | null): Stage<Arrival> {
  return follow(acceptingListener(config, downstream), (first) =>
    follow(runListenerFilters(first, downstream, request, acceptedConnection(downstream)), (connection) =>
      follow(handOver(config, first, connection, downstream), (second): Stage<Arrival> => {
        if (second === first) return next({ listener: first, connection });
        // The socket keeps what is known of it: its restored address, its options, what was detected.
        const socket = connection.restored ? connection : restored(connection, downstream);
        return follow(runListenerFilters(second, downstream, request, socket), (again) =>
          next({ listener: second, connection: again }),
        );
      }),
    ),
  );
}

/** The network filter that ends the connection; the ones before it are named and passed. */
function terminalFilter(chain: FilterChain): Stage<TcpProxy | ClusterAlone | HttpConnectionManager> {
  const passed: PassedOver[] = [];
  for (const filter of chain.filters) {
    switch (filter.kind) {
      case 'left-out':
        return finish(undecided(reason('undecided.network-filter'), [filter.span]));
      case 'other':
        passed.push({ name: filter.name, why: reason('network-filter.passed'), span: filter.span });
        break;
      case 'tcp-proxy':
      case 'cluster-alone':
      case 'http-connection-manager': {
        const gap = gapAt(
          'gap.network-filters',
          filter.kind === 'cluster-alone'
            ? filter.span
            : chain.filterGaps.find((span) => span.from < filter.span.from),
        );
        const why = reason(`network-filter.${filter.kind}`);
        return next(filter, decision('network-filter', filter.name, why, [filter.span], { passed, gap }));
      }
    }
  }
  const [gap] = chain.filterGaps;
  if (gap) return finish(undecided(reason('undecided.network-filter'), [gap]));
  const last = passed.at(-1); // Envoy takes no chain whose last filter ends no connection
  if (last) return finish(undecided(reason('undecided.terminal-filter', { filter: last.name }), [last.span]));
  return finish({ kind: 'close', why: reason('close.no-terminal-filter'), spans: [chain.span] });
}

function proxyTcp(
  config: ProxyConfig,
  cluster: ClusterSpecifier,
  connection: Connection,
  carried: Wire,
  observed: Observed,
): Stage<Upstream> {
  const random = observed.random ?? null;
  const chosen = chooseCluster(cluster, {
    header: NO_HEADERS,
    random,
    runtimeWeights: {},
    observed: observed.cluster ?? null,
    notFoundStatus: 503,
  });
  return follow(chosen, ({ name, span }) =>
    connectUpstream(config, name, {
      connection,
      forwarded: null,
      header: NO_HEADERS,
      originalSrc: connection.originalSrc,
      observed,
      unseen: null,
      carried,
      namedAt: span,
    }),
  );
}

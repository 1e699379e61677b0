// What the listener filters learn of a connection before a filter chain is chosen, in their order.
// https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/listener_filters/listener_filters
import type { JsonNode } from '../../base/json.ts';
import { endpointText } from '../../base/ip.ts';
import type { Listener, ListenerFilter } from '../../documents/envoy/listener.ts';
import { field, isSet, itemsOf, numberOf } from '../../documents/envoy/proto.ts';
import type { Connection, Downstream, HttpRequest, OriginalSrc } from './connection.ts';
import {
  decision,
  finish,
  gapAt,
  next,
  reason,
  type Decision,
  type ProxyEnd,
  type Stage,
} from './outcome.ts';
import { disallowedVersions, readProxyLine } from './proxy-protocol.ts';

/** The connection as accept() gives it, before any filter. */
export function acceptedConnection(downstream: Downstream): Connection {
  const { local, peer } = downstream;
  return {
    local,
    restored: false,
    remote: peer,
    directRemote: peer,
    transport: 'raw_buffer',
    serverName: '',
    alpn: [],
    filterState: {},
    originalSrc: null,
  };
}

interface Seen {
  readonly downstream: Downstream;
  readonly request: HttpRequest | null;
}

interface Effect {
  readonly connection: Connection;
  readonly decision: Decision;
  /** Set when the filter closes the connection. */
  readonly end?: ProxyEnd;
}

/** Runs the filters one after another, each on what the one before it left; `start` is the socket they get. */
export function runListenerFilters(
  listener: Listener,
  downstream: Downstream,
  request: HttpRequest | null,
  start: Connection,
): Stage<Connection> {
  const seen = { downstream, request };
  if (listener.listenerFilters === null && !start.restored && isAbridged(listener, downstream))
    return assumeInspected(listener, seen, start);
  let connection = start;
  const decisions: Decision[] = [];
  for (const filter of filtersOf(listener)) {
    const effect = runFilter(filter, connection, seen);
    connection = effect.connection;
    decisions.push(effect.decision);
    if (effect.end) return finish(effect.end, ...decisions);
  }
  const gap = gapAt('gap.listener-filters', listener.listenerFilterGaps[0] ?? hiddenFilters(listener));
  if (gap?.span)
    decisions.push(decision('listener-filter', '', reason('listener-filter.left-out'), [gap.span], { gap }));
  return next(connection, ...decisions);
}

function hiddenFilters(listener: Listener) {
  return listener.listenerFilters === null ? listener.gaps[0] : undefined;
}

const IMPLIED = { name: '', config: undefined, gaps: [], disabled: undefined } as const;

/** use_original_dst brings an original_dst filter, use_proxy_proto a proxy_protocol filter, when none is configured. */
function filtersOf(listener: Listener): readonly ListenerFilter[] {
  const configured = listener.listenerFilters ?? [];
  const has = (kind: string) => configured.some((filter) => filter.kind === kind);
  const span = listener.useOriginalDst?.span ?? listener.nameSpan;
  const implied: ListenerFilter[] = [];
  if (listener.useOriginalDst?.value && !has('original_dst'))
    implied.push({ ...IMPLIED, kind: 'original_dst', span });
  const proxied = listener.filterChains.find((chain) => chain.useProxyProtocol);
  if (proxied && !has('proxy_protocol'))
    implied.push({ ...IMPLIED, kind: 'proxy_protocol', span: proxied.span });
  return [...configured, ...implied];
}

/**
 * Whether a listener shown without any listener filter must have had some: the connection was redirected to its port,
 * it hands nothing over, and its chains ask for ports that only a restored destination can have.
 */
function isAbridged(listener: Listener, downstream: Downstream): boolean {
  const original = downstream.originalDestination;
  return (
    original !== null &&
    original.port !== downstream.accepting &&
    !listener.useOriginalDst?.value &&
    listener.filterChains.some(
      ({ match }) => match.destinationPort !== null && match.destinationPort.value !== downstream.accepting,
    )
  );
}

/** Goes on as if the destination had been restored and every inspector had run, and says that this was not pasted. */
function assumeInspected(listener: Listener, seen: Seen, start: Connection): Stage<Connection> {
  const kinds = ['original_dst', 'tls_inspector', 'http_inspector'];
  const connection = kinds.reduce(
    (left, kind) => runFilter({ ...IMPLIED, kind, span: listener.nameSpan }, left, seen).connection,
    start,
  );
  const gap = { why: reason('gap.listener-filters'), span: listener.nameSpan };
  const why = reason('listener-filter.assumed', { filters: kinds.join(', ') });
  return next(connection, decision('listener-filter', kinds.join(', '), why, [listener.nameSpan], { gap }));
}

function runFilter(filter: ListenerFilter, connection: Connection, seen: Seen): Effect {
  const name = filter.name || `envoy.filters.listener.${filter.kind}`;
  const said = (code: string, parameters: Record<string, string | number> = {}, further = [filter.span]) =>
    decision('listener-filter', name, reason(`listener-filter.${code}`, parameters), further);
  if (filter.disabled && isDisabled(filter.disabled, connection))
    return { connection, decision: said('disabled', {}, [filter.disabled.span]) };
  switch (filter.kind) {
    case 'original_dst':
      return restoreDestination(connection, seen, said);
    case 'original_src':
      return keepSource(filter, connection, said);
    case 'tls_inspector':
      return inspectTls(connection, seen, said);
    case 'http_inspector':
      return inspectHttp(connection, seen, said);
    case 'proxy_protocol':
      return takeProxyHeader(filter, connection, seen, said);
    default:
      return { connection, decision: said('other', { name }) };
  }
}

type Say = (code: string, parameters?: Record<string, string | number>) => Decision;

function restoreDestination(connection: Connection, { downstream }: Seen, said: Say): Effect {
  const original = downstream.originalDestination;
  if (!original) return { connection, decision: said('original-dst-none') };
  const isOwn =
    connection.local.address?.text === original.address.text && connection.local.port === original.port;
  return {
    connection: { ...connection, local: original, restored: true },
    decision: said(isOwn ? 'original-dst-own' : 'original-dst', {
      destination: endpointText(original.address, original.port),
    }),
  };
}

/**
 * The filter takes the remote address of that moment, so it matters whether proxy_protocol ran before it. Of two such
 * filters the later one's address is bound; a mark of 0 is no socket option, so the earlier one's mark stays:
 * source/extensions/filters/common/original_src/socket_option_factory.cc (buildOriginalSrcOptions).
 */
function keepSource(filter: ListenerFilter, connection: Connection, said: Say): Effect {
  const { address } = connection.remote;
  if (!address) return { connection, decision: said('original-src-none') };
  const mark = numberOf(field(filter.config, 'mark'));
  const marked = mark?.value ? { mark: mark.value, markSpan: mark.span } : unmarkedBy(connection.originalSrc);
  const originalSrc = { address, ...marked, span: filter.span };
  return {
    connection: { ...connection, originalSrc },
    decision: said('original-src', { address: address.text, mark: originalSrc.mark }),
  };
}

function unmarkedBy(before: OriginalSrc | null): Pick<OriginalSrc, 'mark' | 'markSpan'> {
  return { mark: before?.mark ?? 0, markSpan: before?.markSpan ?? null };
}

function inspectTls(connection: Connection, { downstream }: Seen, said: Say): Effect {
  switch (downstream.transport) {
    case null:
      return {
        connection: { ...connection, transport: null, serverName: null, alpn: null },
        decision: said('tls-unknown'),
      };
    case 'raw_buffer':
      return { connection, decision: said('tls-none') };
    case 'tls': {
      const serverName = downstream.serverName?.toLowerCase() ?? null;
      return {
        connection: { ...connection, transport: 'tls', serverName, alpn: downstream.alpn },
        decision: said('tls', { serverName: serverName ?? '?', alpn: downstream.alpn?.join(', ') ?? '?' }),
      };
    }
  }
}

/** Takes both addresses from the header; what the header says is unknown unless the sender was followed. */
function takeProxyHeader(filter: ListenerFilter, connection: Connection, seen: Seen, said: Say): Effect {
  const line = seen.downstream.proxyHeader ?? null;
  if (line === null) {
    const gap = { why: reason('gap.proxy-header'), span: filter.span };
    return { connection, decision: { ...said('proxy-protocol-unknown'), gap } };
  }
  const allowWithout = isSet(field(filter.config, 'allow_requests_without_proxy_protocol'));
  const header = readProxyLine(line, { allowWithout, disallowed: disallowedVersions(filter.config) });
  switch (header.kind) {
    case 'close': {
      const why = reason('close.proxy-header', { problem: header.code });
      return {
        connection,
        decision: said('proxy-protocol-refused'),
        end: { kind: 'close', why, spans: [filter.span] },
      };
    }
    case 'keep':
      return { connection, decision: said('proxy-protocol-none') };
    case 'addresses': {
      const { source, destination } = header;
      const same =
        destination.address.text === connection.local.address?.text &&
        destination.port === connection.local.port;
      const moved = {
        ...connection,
        remote: source,
        local: destination,
        restored: connection.restored || !same,
      };
      return {
        connection: moved,
        decision: said('proxy-protocol', { client: endpointText(source.address, source.port) }),
      };
    }
  }
}

const INSPECTED = {
  'HTTP/1.0': 'http/1.0',
  'HTTP/1.1': 'http/1.1',
  'HTTP/2': 'h2c',
  'HTTP/3': 'h2c',
} as const;

/** Looks at plain text only; what is not HTTP sets nothing. */
function inspectHttp(connection: Connection, { downstream, request }: Seen, said: Say): Effect {
  if (connection.transport === 'tls') return { connection, decision: said('http-skipped') };
  if (downstream.transport === 'tls' || !request) return { connection, decision: said('http-none') };
  if (downstream.transport === null || !request.version)
    return { connection: { ...connection, alpn: null }, decision: said('http-unknown') };
  const protocol = INSPECTED[request.version];
  return { connection: { ...connection, alpn: [protocol] }, decision: said('http', { protocol }) };
}

/** ListenerFilterChainMatchPredicate on the local port of that moment; what it cannot read does not disable. */
function isDisabled(predicate: JsonNode, connection: Connection): boolean {
  if (isSet(field(predicate, 'any_match'))) return true;
  const range = field(predicate, 'destination_port_range');
  if (range) {
    const port = connection.local.port ?? 0;
    return (
      port >= (numberOf(field(range, 'start'))?.value ?? 0) &&
      port < (numberOf(field(range, 'end'))?.value ?? 0)
    );
  }
  const either = field(predicate, 'or_match');
  if (either) return itemsOf(field(either, 'rules')).some((rule) => isDisabled(rule, connection));
  const both = field(predicate, 'and_match');
  if (both) return itemsOf(field(both, 'rules')).every((rule) => isDisabled(rule, connection));
  const negated = field(predicate, 'not_match');
  return negated !== undefined && !isDisabled(negated, connection);
}

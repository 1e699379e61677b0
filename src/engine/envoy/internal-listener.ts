// An endpoint that is a listener of this same proxy: no packet leaves, the bytes go on in user space.
// https://www.envoyproxy.io/docs/envoy/latest/configuration/other_features/internal_listener
// Filter state that an HTTP filter passes along is left out: what hangs on it is undecided.
import { parseEndpoint } from '../../base/ip.ts';
import type { Span } from '../../base/source.ts';
import type { ProxyConfig } from '../../documents/envoy/config.ts';
import type { Endpoint } from '../../documents/envoy/endpoint.ts';
import type { Extension } from '../../documents/envoy/extension.ts';
import type { Listener } from '../../documents/envoy/listener.ts';
import { field, fieldAt, itemsOf, stringOf } from '../../documents/envoy/proto.ts';
import type { Connection, Downstream, HttpRequest } from './connection.ts';
import { runListenerFilters } from './listener-filters.ts';
import {
  decision,
  finish,
  follow,
  next,
  reason,
  undecided,
  type Connect,
  type ForwardedRequest,
  type SocketEndpoint,
  type Stage,
  type Wire,
} from './outcome.ts';

/** The connection goes on in the internal listener of that name. */
export interface EnterInternal {
  readonly kind: 'internal';
  readonly listener: string;
  /** The destination that the endpoint's metadata passes to the listener's original_dst filter. */
  readonly destination: SocketEndpoint | null;
  readonly carried: Wire;
  /** Null for a TCP proxy. */
  readonly forwarded: ForwardedRequest | null;
  readonly span: Span;
}

/** Where a cluster's connection goes: out, or into a listener of the same proxy. */
export type Upstream = Connect | EnterInternal;

export interface Arrival {
  readonly listener: Listener;
  readonly connection: Connection;
}

const NAMESPACE = 'envoy.filters.listener.original_dst';

/** What the transport socket passes from the endpoint's metadata: source/extensions/transport_sockets/internal_upstream. */
export function passedDestination(socket: Extension | null, endpoint: Endpoint): SocketEndpoint | null {
  const passes =
    socket?.kind === 'internal_upstream_transport' &&
    itemsOf(field(socket.config, 'passthrough_metadata')).some(
      (item) => stringOf(field(item, 'name')) === NAMESPACE && fieldAt(item, 'kind', 'host') !== undefined,
    );
  const text = stringOf(fieldAt(endpoint.metadata, 'filter_metadata', NAMESPACE, 'local'));
  const local = passes ? parseEndpoint(text) : null;
  return local && local.port !== null ? { address: local.address, port: local.port } : null;
}

/** Any other filter may give the connection addresses from what was passed along. */
const KEEPS_TO_RULES = new Set(['original_dst', 'original_src', 'tls_inspector', 'http_inspector']);

const NO_ADDRESS = { address: null, port: null } as const;

const USER_SPACE: Connection = {
  local: NO_ADDRESS,
  restored: false,
  remote: NO_ADDRESS,
  directRemote: NO_ADDRESS,
  transport: 'raw_buffer',
  serverName: '',
  alpn: [],
  filterState: {},
  originalSrc: null,
};

/** The internal listener takes the connection: it has no IP address but the one that is passed to it. */
export function enterInternal(
  config: ProxyConfig,
  entered: EnterInternal,
  downstream: Downstream,
  request: HttpRequest | null,
): Stage<Arrival> {
  const { listener: name, destination, span } = entered;
  const listener = config.listeners.find((candidate) => candidate.internal && candidate.name === name);
  if (!listener)
    return finish(
      undecided(reason('undecided.internal-listener', { listener: name }), [span, ...config.gaps]),
    );
  const restoring = listener.listenerFilters?.find(({ kind }) => kind === 'original_dst');
  const taken = decision('listener', name, reason('listener.internal', { listener: name }), [
    listener.nameSpan,
    span,
  ]);
  if (restoring && !destination)
    return finish(
      undecided(reason('undecided.internal-destination', { listener: name }), [restoring.span]),
      taken,
    );
  const foreign = listener.listenerFilters?.find(({ kind }) => !KEEPS_TO_RULES.has(kind));
  if (foreign)
    return finish(
      undecided(reason('undecided.internal-filter', { filter: foreign.name }), [foreign.span]),
      taken,
    );
  const filtered = runListenerFilters(listener, downstream, request, USER_SPACE);
  return follow(next(listener, taken), () =>
    follow(filtered, (connection) => next({ listener, connection })),
  );
}

/** What the listener's inspectors and filters find. */
export function downstreamOf(entered: EnterInternal, around: Downstream): Downstream {
  return {
    ...around,
    ...entered.carried,
    originalDestination: entered.destination,
    proxyHeader: '',
  };
}

/** The request inside; what a CONNECT carries is not known. */
export function requestInside({ forwarded }: EnterInternal, request: HttpRequest | null): HttpRequest | null {
  if (!request || request.method === 'CONNECT') return null;
  if (!forwarded) return request;
  const { authority, path, xForwardedFor } = forwarded;
  const added = xForwardedFor === null ? {} : { 'x-forwarded-for': xForwardedFor };
  return { ...request, authority, path, headers: { ...request.headers, ...added } };
}

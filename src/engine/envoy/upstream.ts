// Cluster -> endpoint -> source address -> what is spoken on the new connection.

import { plainValue } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import type { Cluster } from '../../documents/envoy/cluster.ts';
import type { ProxyConfig } from '../../documents/envoy/config.ts';
import type { Endpoint } from '../../documents/envoy/endpoint.ts';
import { readExtension, type Extension } from '../../documents/envoy/extension.ts';
import { field, fieldAt, stringOf, textOf, textsOf } from '../../documents/envoy/proto.ts';
import type { Connection, ConnectionAddress, Observed, OriginalSrc } from './connection.ts';
import { chooseEndpoint, type ChosenEndpoint } from './endpoint.ts';
import { passedDestination, type EnterInternal, type Upstream } from './internal-listener.ts';
import {
  finish,
  UNKNOWN_WIRE,
  follow,
  next,
  reason,
  undecided,
  type Connect,
  type ForwardedRequest,
  type Gap,
  type Stage,
  type UpstreamTransport,
  type Wire,
} from './outcome.ts';
import { patchDecisions } from './patches.ts';
import { chooseSource } from './source.ts';

export interface UpstreamRequest {
  readonly connection: Connection;
  /** Null for a TCP proxy. */
  readonly forwarded: ForwardedRequest | null;
  readonly header: (name: string) => readonly string[] | null;
  readonly originalSrc: OriginalSrc | null;
  readonly observed: Observed;
  /** The listener was not pasted. */
  readonly unseen: Gap | null;
  /** What is carried: decrypted or never encrypted bytes, or the client's TLS passed through. */
  readonly carried: Wire;
  /** The line that names the cluster, when it stands in the configuration. */
  readonly namedAt: Span | null;
}

/** Opens the new connection to the named cluster. */
export function connectUpstream(
  config: ProxyConfig,
  name: string,
  request: UpstreamRequest,
): Stage<Upstream> {
  const cluster = config.clusters.find((candidate) => candidate.name === name);
  const spans = [...(request.namedAt ? [request.namedAt] : []), ...config.gaps];
  if (!cluster)
    return finish(undecided(reason('undecided.cluster', { cluster: name }), spans, { clusters: [name] }));
  const { connection, header, observed } = request;
  const patched = next(cluster, ...patchDecisions(config, 'cluster', name));
  const chosen = follow(patched, () => chooseEndpoint(config, cluster, connection, header, observed));
  return follow(chosen, (choice): Stage<Upstream> =>
    choice.kind === 'socket'
      ? connectTo(config, cluster, choice, request)
      : next(internalOf(cluster, choice, request)),
  );
}

type SocketChoice = Extract<ChosenEndpoint, { readonly kind: 'socket' }>;
type InternalChoice = Extract<ChosenEndpoint, { readonly kind: 'internal' }>;

function connectTo(
  config: ProxyConfig,
  cluster: Cluster,
  { place, endpoint }: SocketChoice,
  { connection, originalSrc, unseen, carried, forwarded }: UpstreamRequest,
): Stage<Connect> {
  return follow(chooseSource(config, cluster, place, originalSrc, unseen), (source) => {
    const socket = socketFor(cluster, endpoint);
    const transport = transportOf(innermost(socket));
    return next({
      kind: 'connect',
      cluster: cluster.name,
      endpoint: place,
      source,
      mark: originalSrc && originalSrc.mark !== 0 ? originalSrc.mark : null,
      transport,
      wire: wireOf(transport, carried),
      proxyHeader: isProxyProtocol(socket) ? proxyHeader(connection) : null,
      request: forwarded,
    });
  });
}

function internalOf(
  cluster: Cluster,
  { listener, endpoint }: InternalChoice,
  { carried, forwarded }: UpstreamRequest,
): EnterInternal {
  const socket = socketFor(cluster, endpoint);
  return {
    kind: 'internal',
    listener: listener.value,
    destination: passedDestination(socket, endpoint),
    carried: wireOf(transportOf(innermost(socket)), carried),
    forwarded,
    span: listener.span,
  };
}

const METADATA_NAMESPACE = 'envoy.transport_socket_match';

/** The first match whose every key the endpoint's metadata holds, else the cluster's own socket. */
function socketFor(cluster: Cluster, endpoint: Endpoint | null): Extension | null {
  const metadata = fieldAt(endpoint?.metadata, 'filter_metadata', METADATA_NAMESPACE);
  const found = cluster.transportSocketMatches.find(({ match }) => {
    if (match?.kind !== 'object') return true;
    return match.members.every(({ key, value }) => {
      const held = field(metadata, key);
      return held !== undefined && JSON.stringify(plainValue(held)) === JSON.stringify(plainValue(value));
    });
  });
  return found?.socket ?? cluster.transportSocket;
}

function isProxyProtocol(socket: Extension | null): boolean {
  return socket?.kind === 'proxy_protocol_upstream_transport' || socket?.kind === 'upstream_proxy_protocol';
}

/** Sockets that wrap another one: what they carry is what is spoken. */
function innermost(socket: Extension | null): Extension | null {
  const inner = field(socket?.config, 'transport_socket');
  return inner ? innermost(readExtension(inner)) : socket;
}

function transportOf(socket: Extension | null): UpstreamTransport {
  if (!socket) return { kind: 'raw_buffer' };
  switch (socket.kind) {
    case 'raw_buffer':
      return { kind: 'raw_buffer' };
    case 'upstream_tls_context':
    case 'tls':
      return {
        kind: 'tls',
        serverName: textOf(field(socket.config, 'sni'))?.value ?? null,
        alpn: textsOf(fieldAt(socket.config, 'common_tls_context', 'alpn_protocols')).map(
          (text) => text.value,
        ),
      };
    default:
      return { kind: 'unknown', name: socket.name || stringOf(field(socket.config, '@type')) };
  }
}

function wireOf(transport: UpstreamTransport, carried: Wire): Wire {
  switch (transport.kind) {
    case 'raw_buffer':
      return carried;
    case 'tls':
      return { transport: 'tls', serverName: transport.serverName, alpn: transport.alpn };
    case 'unknown':
      return UNKNOWN_WIRE;
  }
}

/** Version 1's line; both versions say the same. Source and destination are the downstream connection's. */
function proxyHeader({ remote, local }: Connection): string {
  if (!remote.address || !local.address) return 'PROXY UNKNOWN';
  const protocol = remote.address.family === 4 ? 'TCP4' : 'TCP6';
  return `PROXY ${protocol} ${remote.address.text} ${local.address.text} ${portText(remote)} ${portText(local)}`;
}

function portText({ port }: ConnectionAddress): string {
  return port === null ? '*' : String(port);
}

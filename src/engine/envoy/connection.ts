// A connection as it reaches the proxy, and as its listener filters leave it.
// Names follow Envoy source/common/network/socket_impl.h, ConnectionInfoSetterImpl.
import type { IpAddress } from '../../base/ip.ts';
import type { Span } from '../../base/source.ts';
import type { SocketEndpoint } from './outcome.ts';

/** A connection that reached the proxy's host. Null is unknown throughout. */
export interface Downstream {
  /** The peer that accept() returns. */
  readonly peer: Peer;
  /** The socket it was delivered to: after REDIRECT the redirected address, after TPROXY the original destination. */
  readonly local: SocketEndpoint;
  /** The port the listening socket is bound to; unlike `local.port` only after TPROXY. */
  readonly accepting: number;
  /** What SO_ORIGINAL_DST, or getsockname on a transparent socket, answers. */
  readonly originalDestination: SocketEndpoint | null;
  /** What the bytes are, whether or not an inspector looks at them. */
  readonly transport: 'tls' | 'raw_buffer' | null;
  /** The client's SNI, '' for none. */
  readonly serverName: string | null;
  /** The client's ALPN offer. */
  readonly alpn: readonly string[] | null;
  /** The PROXY protocol line (version 1's text) that comes first, '' for none; null or absent is unknown. */
  readonly proxyHeader?: string | null;
  /** A listener that is not in the configuration handed it over: the next one needs no socket of its own. */
  readonly handedOver?: boolean;
}

export interface Peer {
  readonly address: IpAddress;
  readonly port: number | null;
}

/** The request that is sent over the connection; not given for opaque TCP. */
export interface HttpRequest {
  readonly authority: string;
  readonly method: string;
  readonly path: string;
  readonly version: HttpVersion | null;
  /** Without pseudo headers. */
  readonly headers: Readonly<Record<string, string>>;
}

export type HttpVersion = 'HTTP/1.0' | 'HTTP/1.1' | 'HTTP/2' | 'HTTP/3';

/** What else is known of this very request, from a log or a metric: it decides where configuration leaves a choice. */
export interface Observed {
  /** %UPSTREAM_HOST%. */
  readonly upstreamHost?: SocketEndpoint;
  /** %UPSTREAM_CLUSTER%. */
  readonly cluster?: string;
  /** %PROTOCOL%-independent random value of the stream, for weighted clusters. */
  readonly random?: number;
}

/** An address of the connection: of a unix socket both are null; an unknown port is null. */
export interface ConnectionAddress {
  readonly address: IpAddress | null;
  readonly port: number | null;
}

/** Set by the original_src listener filter: bind the upstream socket to the client's address. */
export interface OriginalSrc {
  readonly address: IpAddress;
  /** 0 sets no mark. */
  readonly mark: number;
  readonly span: Span;
  readonly markSpan: Span | null;
}

/** What filter chains are matched against. `null` for an inspected value is unknown, '' and [] are none. */
export interface Connection {
  readonly local: ConnectionAddress;
  /** Whether the local address is a recovered one, not that of the accepting socket. */
  readonly restored: boolean;
  readonly remote: ConnectionAddress;
  readonly directRemote: ConnectionAddress;
  readonly transport: string | null;
  readonly serverName: string | null;
  readonly alpn: readonly string[] | null;
  readonly filterState: Readonly<Record<string, string>>;
  readonly originalSrc: OriginalSrc | null;
}

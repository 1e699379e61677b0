// The listeners and clusters istiod sends when nothing is configured: what a proxy without a pasted configuration
// is assumed to have, as `istioctl proxy-config … -o json` would print it. Only the parts that a path meets.
// istio pilot/pkg/networking/core/{listener_inbound,listener_builder,cluster_builder}.go, version 1.25.
import type { Family } from '../../base/ip.ts';

const ANY: Readonly<Record<Family, string>> = { 4: '0.0.0.0', 6: '::' };
const INBOUND_BIND: Readonly<Record<Family, string>> = { 4: '127.0.0.6', 6: '::6' };

const MTLS_ALPN = ['istio', 'istio-peer-exchange', 'istio-http/1.0', 'istio-http/1.1', 'istio-h2'];
const PLAIN_HTTP_ALPN = ['http/1.1', 'h2c'];
const HTTP_MTLS_ALPN = ['istio-http/1.0', 'istio-http/1.1', 'istio-h2'];
const TCP_MTLS_ALPN = ['istio-peer-exchange', 'istio'];

type Json = Readonly<Record<string, unknown>>;

function socketAddress(address: string, portValue: number): Json {
  return { socketAddress: { address, portValue } };
}

function tcpProxy(cluster: string): Json {
  return {
    name: 'envoy.filters.network.tcp_proxy',
    typedConfig: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
      cluster,
    },
  };
}

function connectionManager(cluster: string, domain = '*'): Json {
  const virtualHost = {
    name: domain,
    domains: [domain],
    routes: [{ name: 'default', match: { prefix: '/' }, route: { cluster } }],
  };
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typedConfig: {
      '@type':
        'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
      useRemoteAddress: false,
      routeConfig: { name: cluster, virtualHosts: [virtualHost] },
    },
  };
}

function listenerFilter(name: string): Json {
  return { name: `envoy.filters.listener.${name}` };
}

/** Under TPROXY the proxy connects from the client's address; since 1.9 with a mark that brings the replies back. */
function originalSrc(marked: boolean): Json {
  return {
    name: 'envoy.filters.listener.original_src',
    typedConfig: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.listener.original_src.v3.OriginalSrc',
      ...(marked ? { mark: 1337 } : {}),
    },
  };
}

/** How the pod's rules hand connections to the proxy: that decides what istiod sends it. */
export type Interception = 'redirect' | 'tproxy';

function sourceFilters({ interception, source = 'marked' }: InboundPort): Json[] {
  return interception === 'tproxy' && source !== 'own' ? [originalSrc(source === 'marked')] : [];
}

function inboundFilters(asked: InboundPort): Json[] {
  return [
    listenerFilter('original_dst'),
    ...sourceFilters(asked),
    listenerFilter('tls_inspector'),
    listenerFilter('http_inspector'),
  ];
}

function chain(name: string, match: Json, filter: Json): Json {
  return { name, filterChainMatch: match, filters: [filter] };
}

/** An ORIGINAL_DST cluster; a bind makes Envoy connect from that address. */
function originalDst(name: string, bind: string | null): Json {
  return {
    name,
    type: 'ORIGINAL_DST',
    lbPolicy: 'CLUSTER_PROVIDED',
    ...(bind === null ? {} : { upstreamBindConfig: { sourceAddress: { address: bind, portValue: 0 } } }),
  };
}

/** PERMISSIVE mTLS, the default: TLS of the mesh and plain text both find a chain. */
function serviceChains(port: number, filter: Json): Json[] {
  const name = `0.0.0.0_${port}`;
  return [
    chain(name, { destinationPort: port, transportProtocol: 'tls', applicationProtocols: MTLS_ALPN }, filter),
    chain(name, { destinationPort: port, transportProtocol: 'tls' }, filter),
    chain(name, { destinationPort: port, transportProtocol: 'raw_buffer' }, filter),
  ];
}

function passthroughChains(): Json[] {
  const cluster = 'InboundPassthroughCluster';
  const http = connectionManager(cluster);
  const tcp = tcpProxy(cluster);
  return [
    chain(
      'virtualInbound-catchall-http',
      { transportProtocol: 'tls', applicationProtocols: HTTP_MTLS_ALPN },
      http,
    ),
    chain(
      'virtualInbound-catchall-http',
      { transportProtocol: 'raw_buffer', applicationProtocols: PLAIN_HTTP_ALPN },
      http,
    ),
    chain('virtualInbound', { transportProtocol: 'tls', applicationProtocols: TCP_MTLS_ALPN }, tcp),
    chain('virtualInbound', { transportProtocol: 'raw_buffer' }, tcp),
    chain('virtualInbound', { transportProtocol: 'tls' }, tcp),
  ];
}

/** A port of the pod that a Service declares, and what its release makes of it. */
export interface InboundPort {
  readonly family: Family;
  readonly port: number;
  readonly http: boolean;
  readonly interception: Interception;
  /** Its cluster's name, where a log tells it. */
  readonly cluster?: string;
  /** Up to 1.9 (under TPROXY up to 1.5) the cluster leads to 127.0.0.1, and is not bound. */
  readonly loopback?: boolean;
  /** Under TPROXY: up to 1.5 it came without original_src, up to 1.8 without its mark. */
  readonly source?: 'own' | 'unmarked' | 'marked';
}

function inboundCluster({ family, port, cluster, loopback }: InboundPort): Json & { readonly name: string } {
  const name = cluster ?? `inbound|${port}||`;
  if (!loopback) return { ...originalDst(name, INBOUND_BIND[family]), name };
  const endpoint = { address: socketAddress(family === 4 ? '127.0.0.1' : '::1', port) };
  const loadAssignment = { clusterName: name, endpoints: [{ lbEndpoints: [{ endpoint }] }] };
  return { name, type: 'STATIC', loadAssignment };
}

/** virtualInbound and the clusters behind it. */
export function defaultInboundConfig(asked: InboundPort): string {
  const { family, port, http, interception } = asked;
  const cluster = inboundCluster(asked);
  const listener = {
    name: 'virtualInbound',
    address: socketAddress(ANY[family], 15006),
    listenerFilters: inboundFilters(asked),
    ...(interception === 'tproxy' ? { transparent: true } : {}),
    filterChains: [
      chain('virtualInbound-blackhole', { destinationPort: 15006 }, tcpProxy('BlackHoleCluster')),
      ...passthroughChains(),
      ...serviceChains(port, http ? connectionManager(cluster.name) : tcpProxy(cluster.name)),
    ],
    trafficDirection: 'INBOUND',
  };
  const passthrough = originalDst('InboundPassthroughCluster', INBOUND_BIND[family]);
  return JSON.stringify([listener, cluster, passthrough], null, 2);
}

/**
 * Where one listener at 15001 serves both directions and hands over to the listener of the pod's address and port:
 * Istio 1.1 and 1.2, and TPROXY up to 1.8.
 */
export function defaultSharedConfig(asked: InboundPort, address: string): string {
  const { family, port, http, interception } = asked;
  const cluster = inboundCluster(asked);
  const shared = {
    name: 'virtual',
    address: socketAddress(ANY[family], 15001),
    useOriginalDst: true,
    ...(interception === 'tproxy' ? { transparent: true } : {}),
    listenerFilters: [listenerFilter('original_dst'), ...sourceFilters(asked)],
    filterChains: [{ filters: [tcpProxy('PassthroughCluster')] }],
  };
  const own = {
    name: `${address}_${port}`,
    address: socketAddress(address, port),
    bindToPort: false,
    filterChains: [{ filters: [http ? connectionManager(cluster.name) : tcpProxy(cluster.name)] }],
    trafficDirection: 'INBOUND',
  };
  return JSON.stringify([shared, own, cluster], null, 2);
}

/** A Service as the client's proxy knows it: where it is called, and the endpoints behind it. */
export interface AssumedService {
  /** Its cluster's name, where a log tells it. */
  readonly cluster?: string;
  readonly port: number;
  readonly http: boolean;
  readonly endpoints: readonly { readonly address: string; readonly port: number }[];
}

function virtualOutbound(family: Family): Json {
  return {
    name: 'virtualOutbound',
    address: socketAddress(ANY[family], 15001),
    useOriginalDst: true,
    filterChains: [
      chain('virtualOutbound-blackhole', { destinationPort: 15001 }, tcpProxy('BlackHoleCluster')),
      { name: 'virtualOutbound-catchall-tcp', filters: [tcpProxy('PassthroughCluster')] },
    ],
    trafficDirection: 'OUTBOUND',
  };
}

/** virtualOutbound, and the listener, route and cluster of the one service that is called; null: no such service. */
export function defaultOutboundConfig(family: Family, service: AssumedService | null): string {
  const rest = service ? serviceConfig(family, service) : [];
  return JSON.stringify([virtualOutbound(family), ...rest, originalDst('PassthroughCluster', null)], null, 2);
}

/**
 * The listener for an HTTP port of services, which looks its routes up by that name, behind virtualOutbound. Istio calls
 * both after the port: `0.0.0.0_80` and `80` (pilot/pkg/networking/core/listener.go, httproute.go).
 */
export function defaultRoutedConfig(family: Family, port: number, routes: string): string {
  const manager = {
    '@type':
      'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    useRemoteAddress: false,
    rds: { routeConfigName: routes },
  };
  const filter = { name: 'envoy.filters.network.http_connection_manager', typedConfig: manager };
  const listener = outboundListener(family, port, filter);
  return JSON.stringify([virtualOutbound(family), listener], null, 2);
}

/** A gateway's listener for a port that a log shows it to serve, and the cluster behind it: a socket of its own. */
export function defaultGatewayConfig(family: Family, service: AssumedService): string {
  const [outbound, ...clusters] = serviceConfig(family, service);
  return JSON.stringify([{ ...outbound, bindToPort: true }, ...clusters], null, 2);
}

function serviceConfig(family: Family, { cluster: logged, port, http, endpoints }: AssumedService): Json[] {
  const cluster = logged ?? `outbound|${port}||service`;
  const lbEndpoints = endpoints.map(({ address, port }) => ({
    endpoint: { address: socketAddress(address, port) },
  }));
  return [
    outboundListener(family, port, http ? connectionManager(cluster) : tcpProxy(cluster)),
    { name: cluster, type: 'STATIC', loadAssignment: { clusterName: cluster, endpoints: [{ lbEndpoints }] } },
  ];
}

/** Reached only by what virtualOutbound hands over. */
function outboundListener(family: Family, port: number, filter: Json): Json {
  return {
    name: `${ANY[family]}_${port}`,
    address: socketAddress(ANY[family], port),
    bindToPort: false,
    listenerFilters: ['tls_inspector', 'http_inspector'].map(listenerFilter),
    filterChains: [{ filters: [filter] }],
    trafficDirection: 'OUTBOUND',
  };
}

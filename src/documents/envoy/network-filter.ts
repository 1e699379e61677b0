// The network filters that end a connection: tcp_proxy and http_connection_manager. Others keep their name.
// https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto
import type { JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import { readCidrRange, type CidrRange } from './address.ts';
import { readClusterSpecifier, type ClusterSpecifier } from './cluster-specifier.ts';
import { readExtension, type Extension } from './extension.ts';
import { field, fieldAt, flagOf, gapsOf, isSet, itemsOf, numberOf, textOf, type Spanned } from './proto.ts';
import { readRouteConfiguration, type RouteConfiguration } from './route-configuration.ts';

/** What decides whom a connection manager takes for the client. */
export interface ClientAddressSettings {
  readonly useRemoteAddress: Spanned<boolean> | null;
  readonly xffNumTrustedHops: Spanned<number> | null;
  readonly skipXffAppend: Spanned<boolean> | null;
  readonly originalIpDetection: readonly Extension[];
  /** Null when it is not configured. */
  readonly internalAddresses: readonly CidrRange[] | null;
}

export interface HttpConnectionManager {
  readonly kind: 'http-connection-manager';
  readonly name: string;
  readonly routeConfiguration: RouteConfiguration | null;
  /** The name that is asked for over RDS. */
  readonly rds: Spanned<string> | null;
  readonly scopedRoutes: Span | null;
  readonly clientAddress: ClientAddressSettings;
  readonly stripPort: 'none' | 'matching' | 'any';
  readonly httpFilters: readonly Extension[];
  readonly gaps: readonly Span[];
  readonly span: Span;
}

export interface TcpProxy {
  readonly kind: 'tcp-proxy';
  readonly name: string;
  readonly cluster: ClusterSpecifier;
  readonly config: JsonNode | undefined;
  readonly gaps: readonly Span[];
  readonly span: Span;
}

/** A table names the cluster, but not the filter that leads to it: TCP proxy or HTTP with one route. */
export interface ClusterAlone {
  readonly kind: 'cluster-alone';
  readonly name: string;
  readonly cluster: ClusterSpecifier;
  readonly span: Span;
}

export type NetworkFilter =
  | HttpConnectionManager
  | TcpProxy
  | ClusterAlone
  /** `filter` is what it is, in snake case: `rbac`, `sni_cluster`. */
  | { readonly kind: 'other'; readonly name: string; readonly filter: string; readonly span: Span }
  /** The paste shows that there is a filter, but not which. */
  | { readonly kind: 'left-out'; readonly span: Span };

function readClientAddressSettings(node: JsonNode | undefined): ClientAddressSettings {
  const internal = field(node, 'internal_address_config');
  return {
    useRemoteAddress: flagOf(field(node, 'use_remote_address')),
    xffNumTrustedHops: numberOf(field(node, 'xff_num_trusted_hops')),
    skipXffAppend: flagOf(field(node, 'skip_xff_append')),
    originalIpDetection: itemsOf(field(node, 'original_ip_detection_extensions')).map(readExtension),
    internalAddresses: internal ? itemsOf(field(internal, 'cidr_ranges')).map(readCidrRange) : null,
  };
}

function readConnectionManager(extension: Extension): HttpConnectionManager {
  const { config, name, span, gaps } = extension;
  const routes = field(config, 'route_config');
  const any = isSet(field(config, 'strip_any_host_port'));
  return {
    kind: 'http-connection-manager',
    name,
    routeConfiguration: routes ? readRouteConfiguration(routes) : null,
    rds: textOf(fieldAt(config, 'rds', 'route_config_name')),
    scopedRoutes: field(config, 'scoped_routes')?.span ?? null,
    clientAddress: readClientAddressSettings(config),
    stripPort: any ? 'any' : isSet(field(config, 'strip_matching_host_port')) ? 'matching' : 'none',
    httpFilters: itemsOf(field(config, 'http_filters')).map(readExtension),
    gaps: [...gaps, ...gapsOf(routes)],
    span,
  };
}

/** Reads one entry of a filter chain's `filters`. */
export function readNetworkFilter(node: JsonNode): NetworkFilter {
  const extension = readExtension(node);
  const { kind, name, span, gaps, config } = extension;
  const cluster = readClusterSpecifier(node, span);
  if (name === '' && cluster.kind !== 'absent') return { kind: 'cluster-alone', name, cluster, span };
  switch (kind) {
    case 'http_connection_manager':
      return readConnectionManager(extension);
    case 'tcp_proxy':
      return { kind: 'tcp-proxy', name, cluster: readClusterSpecifier(config, span), config, gaps, span };
    default:
      return name || !gaps[0]
        ? { kind: 'other', name: name || kind, filter: kind, span }
        : { kind: 'left-out', span: gaps[0] };
  }
}

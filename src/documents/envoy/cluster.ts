// envoy.config.cluster.v3.Cluster: how its endpoints are found and which source address its connections get.
// https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/cluster.proto
import type { JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import { readAddress, readSocketAddress, type EnvoyAddress } from './address.ts';
import { readLoadAssignment, type LoadAssignment } from './endpoint.ts';
import { readExtension, type Extension } from './extension.ts';
import { Pasted } from './pasted.ts';
import { enumOf, field, gapsOf, isSet, itemsOf, numberOf, stringOf, textOf, type Spanned } from './proto.ts';

const DISCOVERY_TYPES = ['STATIC', 'STRICT_DNS', 'LOGICAL_DNS', 'EDS', 'ORIGINAL_DST'] as const;

export type DiscoveryType = (typeof DISCOVERY_TYPES)[number];

/** envoy.config.core.v3.BindConfig: the local addresses to connect from. */
export interface BindConfig {
  /** source_address first, then extra_source_addresses or the deprecated additional_source_addresses. */
  readonly sources: readonly EnvoyAddress[];
  readonly freebind: boolean;
  /** An extension that chooses among them. */
  readonly selector: Extension | null;
  readonly gaps: readonly Span[];
  readonly span: Span;
}

/** How an ORIGINAL_DST cluster may be told another destination than the connection's own. */
export interface OriginalDstConfig {
  /** The request header that names it, in lower case; null when it is not used. */
  readonly header: Spanned<string> | null;
  readonly portOverride: Spanned<number> | null;
  readonly metadataKey: Span | null;
}

export interface TransportSocketMatch {
  readonly name: string;
  /** Key and value that an endpoint's metadata must hold; empty matches every endpoint. */
  readonly match: JsonNode | undefined;
  readonly socket: Extension;
  readonly span: Span;
}

export interface Cluster {
  readonly name: string;
  readonly nameSpan: Span;
  /** Null for a custom cluster type, and when the field is absent: then Envoy takes STATIC. */
  readonly discovery: Spanned<DiscoveryType> | null;
  readonly customType: Extension | null;
  /** The name endpoints are asked for over EDS: service_name, else the cluster's. */
  readonly edsName: string;
  readonly loadAssignment: LoadAssignment | null;
  readonly bindConfig: BindConfig | null;
  readonly originalDst: OriginalDstConfig;
  readonly transportSocket: Extension | null;
  readonly transportSocketMatches: readonly TransportSocketMatch[];
  readonly gaps: readonly Span[];
  readonly span: Span;
  readonly node: JsonNode;
}

export function readBindConfig(node: JsonNode): BindConfig {
  const further = field(node, 'extra_source_addresses');
  const deprecated = itemsOf(field(node, 'additional_source_addresses'));
  const extra = itemsOf(further).map((item) => field(item, 'address'));
  const selector = field(node, 'local_address_selector');
  return {
    sources: [field(node, 'source_address'), ...extra, ...deprecated].flatMap(
      (item) => readSocketAddress(item) ?? readSocketAddress(field(item, 'address')) ?? [],
    ),
    freebind: isSet(field(node, 'freebind')),
    selector: selector ? readExtension(selector) : null,
    gaps: [...gapsOf(node), ...gapsOf(field(node, 'source_address')), ...gapsOf(further)],
    span: node.span,
  };
}

function readOriginalDst(node: JsonNode | undefined): OriginalDstConfig {
  const use = field(node, 'use_http_header');
  const header = textOf(field(node, 'http_header_name'));
  const name = header && header.value !== '' ? header.value.toLowerCase() : 'x-envoy-original-dst-host';
  return {
    header: use && isSet(use) ? { value: name, span: header?.span ?? use.span } : null,
    portOverride: numberOf(field(node, 'upstream_port_override')),
    metadataKey: field(node, 'metadata_key')?.span ?? null,
  };
}

function readTransportSocketMatch(node: JsonNode): readonly TransportSocketMatch[] {
  const socket = field(node, 'transport_socket');
  if (!socket) return [];
  return [
    {
      name: stringOf(field(node, 'name')),
      match: field(node, 'match'),
      socket: readExtension(socket),
      span: node.span,
    },
  ];
}

/** The v2 API's field for what is now a TLS transport socket. */
function readTlsContext(config: JsonNode | undefined): Extension | null {
  return config ? { name: 'tls', kind: 'upstream_tls_context', span: config.span, config, gaps: [] } : null;
}

/** The `hosts` of clusters before load_assignment: a list of addresses. */
function readHosts(node: JsonNode | undefined, clusterName: string): LoadAssignment | null {
  if (!node) return null;
  const endpoints = itemsOf(node).flatMap((item) => {
    const address = readAddress(item);
    return address
      ? [
          {
            address,
            health: null,
            weight: 1,
            priority: 0,
            locality: '',
            metadata: undefined,
            span: item.span,
          },
        ]
      : [];
  });
  return { clusterName, endpoints, gaps: gapsOf(node), span: node.span, node };
}

type Rest = Omit<Cluster, 'name' | 'nameSpan' | 'gaps' | 'span' | 'node'>;

class PastedCluster extends Pasted<Rest> implements Cluster {
  protected override read(): Rest {
    return readRest(this.node, this.name);
  }

  get discovery(): Cluster['discovery'] {
    return this.rest.discovery;
  }

  get customType(): Cluster['customType'] {
    return this.rest.customType;
  }

  get edsName(): Cluster['edsName'] {
    return this.rest.edsName;
  }

  get loadAssignment(): Cluster['loadAssignment'] {
    return this.rest.loadAssignment;
  }

  get bindConfig(): Cluster['bindConfig'] {
    return this.rest.bindConfig;
  }

  get originalDst(): Cluster['originalDst'] {
    return this.rest.originalDst;
  }

  get transportSocket(): Cluster['transportSocket'] {
    return this.rest.transportSocket;
  }

  get transportSocketMatches(): Cluster['transportSocketMatches'] {
    return this.rest.transportSocketMatches;
  }
}

export function readCluster(node: JsonNode): Cluster {
  return new PastedCluster(node);
}

function readRest(node: JsonNode, name: string): Rest {
  const bind = field(node, 'upstream_bind_config');
  const assignment = field(node, 'load_assignment');
  const custom = field(node, 'cluster_type');
  const socket = field(node, 'transport_socket');
  return {
    discovery: enumOf(field(node, 'type'), DISCOVERY_TYPES),
    customType: custom ? readExtension(custom) : null,
    edsName: stringOf(field(field(node, 'eds_cluster_config'), 'service_name')) || name,
    loadAssignment: assignment ? readLoadAssignment(assignment) : readHosts(field(node, 'hosts'), name),
    bindConfig: bind ? readBindConfig(bind) : null,
    originalDst: readOriginalDst(
      field(node, 'original_dst_lb_config') ?? field(readCustomConfig(custom), 'original_dst_lb_config'),
    ),
    transportSocket: socket ? readExtension(socket) : readTlsContext(field(node, 'tls_context')),
    transportSocketMatches: itemsOf(field(node, 'transport_socket_matches')).flatMap(
      readTransportSocketMatch,
    ),
  };
}

function readCustomConfig(custom: JsonNode | undefined): JsonNode | undefined {
  return custom ? readExtension(custom).config : undefined;
}

// envoy.config.endpoint.v3.ClusterLoadAssignment, and the cluster statuses of admin /clusters?format=json.
// https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/endpoint/v3/endpoint.proto
import type { JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import { readAddress, type EnvoyAddress } from './address.ts';
import { enumOf, field, fieldAt, gapsOf, itemsOf, numberOf, stringOf, type Spanned } from './proto.ts';

const HEALTH = ['UNKNOWN', 'HEALTHY', 'UNHEALTHY', 'DRAINING', 'TIMEOUT', 'DEGRADED'] as const;

export type HealthStatus = (typeof HEALTH)[number];

export interface Endpoint {
  readonly address: EnvoyAddress;
  readonly health: Spanned<HealthStatus> | null;
  readonly weight: number;
  /** 0 is the highest. */
  readonly priority: number;
  /** `region/zone/subzone`, as much of it as is given. */
  readonly locality: string;
  readonly metadata: JsonNode | undefined;
  readonly span: Span;
}

export interface LoadAssignment {
  readonly clusterName: string;
  readonly endpoints: readonly Endpoint[];
  readonly gaps: readonly Span[];
  readonly span: Span;
  readonly node: JsonNode;
}

function localityText(node: JsonNode | undefined): string {
  const parts = ['region', 'zone', 'sub_zone'].map((name) => stringOf(field(node, name)));
  const end = parts.indexOf('');
  return (end < 0 ? parts : parts.slice(0, end)).join('/');
}

function readEndpoint(node: JsonNode, priority: number, locality: string): readonly Endpoint[] {
  const address = readAddress(fieldAt(node, 'endpoint', 'address'));
  if (!address) return [];
  return [
    {
      address,
      health: enumOf(field(node, 'health_status'), HEALTH),
      weight: numberOf(field(node, 'load_balancing_weight'))?.value ?? 1,
      priority,
      locality,
      metadata: field(node, 'metadata'),
      span: node.span,
    },
  ];
}

class PastedAssignment implements LoadAssignment {
  readonly clusterName: string;
  readonly span: Span;
  readonly node: JsonNode;
  private made: Pick<LoadAssignment, 'endpoints' | 'gaps'> | null = null;

  constructor(node: JsonNode) {
    this.clusterName = stringOf(field(node, 'cluster_name'));
    this.span = node.span;
    this.node = node;
  }

  private get rest(): Pick<LoadAssignment, 'endpoints' | 'gaps'> {
    return (this.made ??= readLocalities(this.node));
  }

  get endpoints(): LoadAssignment['endpoints'] {
    return this.rest.endpoints;
  }

  get gaps(): LoadAssignment['gaps'] {
    return this.rest.gaps;
  }
}

export function readLoadAssignment(node: JsonNode): LoadAssignment {
  return new PastedAssignment(node);
}

function readLocalities(node: JsonNode): Pick<LoadAssignment, 'endpoints' | 'gaps'> {
  const localities = field(node, 'endpoints');
  const endpoints = itemsOf(localities).flatMap((locality) => {
    const priority = numberOf(field(locality, 'priority'))?.value ?? 0;
    const place = localityText(field(locality, 'locality'));
    return itemsOf(field(locality, 'lb_endpoints')).flatMap((item) => readEndpoint(item, priority, place));
  });
  const inLocalities = itemsOf(localities).flatMap((item) => [
    ...gapsOf(item),
    ...gapsOf(field(item, 'lb_endpoints')),
    ...itemsOf(field(item, 'lb_endpoints')).flatMap(gapsOf),
  ]);
  return { endpoints, gaps: [...gapsOf(node), ...gapsOf(localities), ...inLocalities] };
}

/** `istioctl proxy-config endpoint -o json` prints these: `{name, hostStatuses: [{address, healthStatus}]}`. */
export function readClusterStatus(node: JsonNode): LoadAssignment {
  const hosts = field(node, 'host_statuses');
  const endpoints = itemsOf(hosts).flatMap((item) => {
    const address = readAddress(field(item, 'address'));
    if (!address) return [];
    const health = enumOf(fieldAt(item, 'health_status', 'eds_health_status'), HEALTH);
    const weight = numberOf(field(item, 'weight'))?.value ?? 1;
    const priority = numberOf(field(item, 'priority'))?.value ?? 0;
    const locality = localityText(field(item, 'locality'));
    return [{ address, health, weight, priority, locality, metadata: undefined, span: item.span }];
  });
  return {
    clusterName: stringOf(field(node, 'name')),
    endpoints,
    gaps: [...gapsOf(node), ...gapsOf(hosts)],
    span: node.span,
    node,
  };
}

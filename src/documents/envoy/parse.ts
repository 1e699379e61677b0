// JSON text -> ProxyConfig: admin /config_dump, `istioctl proxy-config … -o json`, single resources and lists of them.
// https://www.envoyproxy.io/docs/envoy/latest/api-v3/admin/v3/config_dump.proto
// Warming, draining and error states are left out: they decide nothing.
import { append } from '../../base/append.ts';
import { diagnostic, type Diagnostic, type Parsed } from '../../base/diagnostic.ts';
import type { JsonNode } from '../../base/json.ts';
import { readJson } from '../../base/json-reader.ts';
import type { Source, Span } from '../../base/source.ts';
import { readBindConfig, readCluster, type Cluster } from './cluster.ts';
import { mergeConfigs, type Bootstrap, type ProxyConfig } from './config.ts';
import { readClusterStatus, readLoadAssignment, type LoadAssignment } from './endpoint.ts';
import { readListener, type Listener } from './listener.ts';
import { holdsEnvoyFilter, isEnvoyFilter, readEnvoyFilter, type ConfigPatch } from './envoy-filter.ts';
import { camelCase, field, fieldAt, gapsOf, itemsOf, stringOf } from './proto.ts';
import { readRouteConfiguration, type RouteConfiguration } from './route-configuration.ts';

/** What a JSON object is. `section` holds lists of resources; `entry` wraps one; `other` is a dump's part that decides nothing. */
type ResourceKind =
  | 'dump'
  | 'section'
  | 'entry'
  | 'bootstrap'
  | 'listener'
  | 'cluster'
  | 'route-configuration'
  | 'virtual-host'
  | 'load-assignment'
  | 'cluster-status'
  | 'cluster-statuses'
  | 'envoy-filter'
  | 'resource-list'
  | 'other';

/** The lists of a dump, dynamic before static as istioctl prints them, and the field of each entry's resource. */
const SECTIONS = {
  dynamic_listeners: 'listener',
  dynamic_active_listeners: 'listener',
  static_listeners: 'listener',
  dynamic_active_clusters: 'cluster',
  static_clusters: 'cluster',
  dynamic_route_configs: 'route_config',
  static_route_configs: 'route_config',
  dynamic_endpoint_configs: 'endpoint_config',
  static_endpoint_configs: 'endpoint_config',
} as const;
const SECTION_LISTS = Object.keys(SECTIONS);

/** Where an entry of a dump keeps its resource; only the active one decides. */
const STATES = ['active_state', 'warming_state', 'draining_state', 'error_state'];

/** What an entry holds, by the field it stands in. */
const ENTRY_KINDS = {
  listener: 'listener',
  cluster: 'cluster',
  route_config: 'route-configuration',
  endpoint_config: 'load-assignment',
} as const;
const ENTRY_FIELDS = Object.keys(ENTRY_KINDS);

const KIND_OF_TYPE: Readonly<Record<string, ResourceKind>> = {
  Listener: 'listener',
  Cluster: 'cluster',
  RouteConfiguration: 'route-configuration',
  VirtualHost: 'virtual-host',
  ClusterLoadAssignment: 'load-assignment',
  Bootstrap: 'bootstrap',
};

function hasSome(node: JsonNode, names: readonly string[]): boolean {
  return names.some((name) => field(node, name) !== undefined);
}

/** By shape: `kind` when it has all of the first and, unless empty, some of the second. */
const SHAPES: readonly (readonly [ResourceKind, readonly string[], readonly string[]])[] = [
  ['dump', ['configs'], []],
  ['bootstrap', ['static_resources'], []],
  ['listener', ['filter_chains'], []],
  ['listener', ['default_filter_chain'], []],
  [
    'listener',
    ['address'],
    ['listener_filters', 'use_original_dst', 'traffic_direction', 'bind_to_port', 'deprecated_v1'],
  ],
  ['route-configuration', ['virtual_hosts'], []],
  ['virtual-host', ['domains', 'routes'], []],
  ['load-assignment', ['cluster_name'], ['endpoints', 'policy']],
  ['cluster-status', ['host_statuses', 'name'], []],
  ['cluster-statuses', ['cluster_statuses'], []],
  ['other', ['ecds_filters'], []],
  [
    'cluster',
    ['name'],
    [
      'upstream_bind_config',
      'load_assignment',
      'eds_cluster_config',
      'lb_policy',
      'connect_timeout',
      'cluster_type',
      'circuit_breakers',
      'original_dst_lb_config',
    ],
  ],
];

function kindByShape(node: JsonNode): ResourceKind | null {
  if (hasSome(node, SECTION_LISTS)) return 'section';
  const found = SHAPES.find(
    ([, all, some]) =>
      all.every((name) => field(node, name) !== undefined) && (some.length === 0 || hasSome(node, some)),
  );
  if (found) return found[0];
  if (hasSome(node, STATES) || ENTRY_FIELDS.some((name) => field(node, name)?.kind === 'object'))
    return 'entry';
  if (fieldAt(node, 'bootstrap', 'node') ?? fieldAt(node, 'bootstrap', 'static_resources'))
    return 'bootstrap';
  return null;
}

function kindOf(node: JsonNode): ResourceKind | null {
  if (node.kind !== 'object') return null;
  if (isEnvoyFilter(node)) return 'envoy-filter';
  if (holdsEnvoyFilter(node)) return 'resource-list';
  const type = stringOf(field(node, '@type'));
  const byType = KIND_OF_TYPE[type.slice(type.lastIndexOf('.') + 1)];
  if (byType) return byType;
  return (
    kindByShape(node) ?? (type.includes('envoy.admin.') || type.includes('envoy.config.') ? 'other' : null)
  );
}

/** Of each way to be told one field: without any of them a text holds nothing that is told. */
const TELLING = [
  ...SECTION_LISTS,
  ...STATES,
  ...ENTRY_FIELDS,
  ...SHAPES.flatMap(([, all, some]) => (some.length > 0 ? some : all.slice(0, 1))),
  'bootstrap',
  '@type',
];
const TELLING_KEY = new RegExp(
  `(?<![\\w@])(?:${TELLING.flatMap((name) => [name, camelCase(name)]).join('|')})["']?\\s*:|\\bEnvoyFilter\\b`,
);

/** Whether a text of JSON or YAML can hold Envoy configuration: what cannot need not be read. */
export function mayHoldEnvoyConfig(text: string): boolean {
  return TELLING_KEY.test(text);
}

/** Whether this JSON is Envoy configuration, rather than a log line or a Kubernetes object. */
export function looksLikeEnvoyConfig(node: JsonNode): boolean {
  if (node.kind === 'array') return node.items.slice(0, 5).some(looksLikeEnvoyConfig);
  return kindOf(node) !== null;
}

/** Collects resources while the tree is walked. */
interface Collected {
  readonly listeners: Listener[];
  readonly clusters: Cluster[];
  readonly routeConfigurations: RouteConfiguration[];
  readonly loadAssignments: LoadAssignment[];
  readonly patches: ConfigPatch[];
  bootstrap: Bootstrap | null;
  readonly gaps: Span[];
  readonly diagnostics: Diagnostic[];
}

function collect(node: JsonNode | undefined, into: Collected): void {
  if (!node || node.kind === 'null' || node.kind === 'unparsed') return;
  if (node.kind === 'array') {
    append(into.gaps, node.gaps);
    for (const item of node.items) collect(item, into);
    return;
  }
  const kind = kindOf(node);
  if (kind) collectResource(node, kind, into);
  else into.diagnostics.push(diagnostic('info', 'envoy.unknown-resource', node.span));
}

function collectResource(node: JsonNode, kind: ResourceKind, into: Collected): void {
  switch (kind) {
    case 'dump':
      append(into.gaps, gapsOf(node));
      return collect(field(node, 'configs'), into);
    case 'section':
      append(into.gaps, gapsOf(node));
      return collectSections(node, into);
    case 'entry':
      return collectEntry(node, into);
    case 'bootstrap':
      return collectBootstrap(field(node, 'bootstrap') ?? node, into);
    case 'listener':
      return void into.listeners.push(readListener(node));
    case 'cluster':
      return void into.clusters.push(readCluster(node));
    case 'route-configuration':
      return void into.routeConfigurations.push(readRouteConfiguration(node));
    case 'virtual-host':
      return void into.routeConfigurations.push(routesOfVirtualHost(node));
    case 'load-assignment':
      return void into.loadAssignments.push(readLoadAssignment(node));
    case 'cluster-status':
      return void into.loadAssignments.push(readClusterStatus(node));
    case 'cluster-statuses':
      return collect(field(node, 'cluster_statuses'), into);
    case 'envoy-filter':
      return append(into.patches, readEnvoyFilter(node));
    case 'resource-list':
      return collect(field(node, 'items'), into);
    case 'other':
      return;
  }
}

function collectSections(node: JsonNode, into: Collected): void {
  for (const [name, holds] of Object.entries(SECTIONS)) {
    const list = field(node, name);
    append(into.gaps, gapsOf(list));
    for (const entry of itemsOf(list)) {
      const resource = field(entry, holds) ?? field(field(entry, 'active_state'), holds);
      if (resource?.kind === 'object') collectResource(resource, ENTRY_KINDS[holds], into);
      else if (!hasSome(entry, STATES)) collect(entry, into);
    }
  }
}

/** `{active_state: {listener}}` or `{cluster, last_updated}`; an entry that is only warming holds neither. */
function collectEntry(node: JsonNode, into: Collected): void {
  const holder = field(node, 'active_state') ?? node;
  for (const [name, kind] of Object.entries(ENTRY_KINDS)) {
    const resource = field(holder, name);
    if (resource?.kind === 'object') collectResource(resource, kind, into);
  }
}

/** Static resources count only where no dump repeats them: a merge takes the later one. */
function collectBootstrap(node: JsonNode, into: Collected): void {
  const bind = fieldAt(node, 'cluster_manager', 'upstream_bind_config');
  into.bootstrap = { bindConfig: bind ? readBindConfig(bind) : null, span: node.span };
  collect(fieldAt(node, 'static_resources', 'listeners'), into);
  collect(fieldAt(node, 'static_resources', 'clusters'), into);
}

/** A virtual host pasted alone: as if its route configuration held nothing else that was pasted. */
function routesOfVirtualHost(node: JsonNode): RouteConfiguration {
  const list: JsonNode = { kind: 'array', span: node.span, items: [node], gaps: [node.span] };
  const members = [{ key: 'virtual_hosts', keySpan: node.span, value: list }];
  return readRouteConfiguration({ kind: 'object', span: node.span, members, gaps: [] });
}

/** Reads one JSON tree; used by tests and by callers that have the tree already. */
export function readProxyConfig(node: JsonNode): Parsed<ProxyConfig> {
  const into: Collected = {
    listeners: [],
    clusters: [],
    routeConfigurations: [],
    loadAssignments: [],
    patches: [],
    bootstrap: null,
    gaps: [],
    diagnostics: [],
  };
  if (looksLikeEnvoyConfig(node)) collect(node, into);
  else into.diagnostics.push(diagnostic('warning', 'envoy.nothing-recognised', node.span));
  const { diagnostics, ...config } = into;
  return { value: mergeConfigs([{ ...config, replaced: [], applied: [], partial: false }]), diagnostics };
}

/** Reads the JSON value at the start of `span`; what stands behind it is not read (`readJson` tells where). */
export function parseEnvoyConfig(source: Source, span: Span): Parsed<ProxyConfig> {
  const json = readJson(source, span);
  const { value, diagnostics } = readProxyConfig(json.value);
  return { value, diagnostics: [...json.diagnostics, ...diagnostics] };
}

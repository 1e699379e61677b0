// What is known of one proxy: listeners, clusters, route configurations and endpoints, from any number of documents.
import { endpointText } from '../../base/ip.ts';
import type { Span } from '../../base/source.ts';
import type { BindConfig, Cluster } from './cluster.ts';
import type { LoadAssignment } from './endpoint.ts';
import type { ConfigPatch } from './envoy-filter.ts';
import type { Listener } from './listener.ts';
import type { RouteConfiguration } from './route-configuration.ts';

export interface Bootstrap {
  /** cluster_manager.upstream_bind_config: for every cluster without its own. */
  readonly bindConfig: BindConfig | null;
  readonly span: Span;
}

/** Two things of one name were pasted; the later one counts. */
export interface Replaced {
  readonly kind: 'listener' | 'cluster' | 'route-configuration' | 'endpoints';
  readonly name: string;
  readonly earlier: Span;
  readonly later: Span;
}

/** A patch that was applied to a resource. */
export interface AppliedPatch {
  readonly kind: 'listener' | 'cluster' | 'route-configuration';
  readonly name: string;
  readonly patch: ConfigPatch;
  /** Whether it is known to be for this proxy. */
  readonly certain: boolean;
}

export interface ProxyConfig {
  readonly listeners: readonly Listener[];
  readonly clusters: readonly Cluster[];
  readonly routeConfigurations: readonly RouteConfiguration[];
  readonly loadAssignments: readonly LoadAssignment[];
  readonly bootstrap: Bootstrap | null;
  /** Where whole listeners, clusters or other resources are left out. */
  readonly gaps: readonly Span[];
  readonly replaced: readonly Replaced[];
  /** Pasted with the rest, and not yet applied to it. */
  readonly patches: readonly ConfigPatch[];
  readonly applied: readonly AppliedPatch[];
  /** Read from tables, which hide most of a resource: counts only where nothing fuller was pasted. */
  readonly partial: boolean;
}

export const EMPTY_CONFIG: ProxyConfig = {
  listeners: [],
  clusters: [],
  routeConfigurations: [],
  loadAssignments: [],
  bootstrap: null,
  gaps: [],
  replaced: [],
  patches: [],
  applied: [],
  partial: false,
};

interface Resource {
  readonly span: Span;
}

/** Static listeners often have no name: their address tells them apart. */
function listenerKey(listener: Listener): string {
  if (listener.name !== '') return listener.name;
  const [address] = listener.addresses;
  return address?.kind === 'ip' ? endpointText(address.address, address.port) : '';
}

/** Keeps the last of each name, in the place of the first. Resources without a name are all kept. */
function lastOfEach<T extends Resource>(
  kind: Replaced['kind'],
  resources: readonly T[],
  nameOf: (resource: T) => string,
): { readonly kept: readonly T[]; readonly replaced: readonly Replaced[] } {
  const kept: T[] = [];
  const places = new Map<string, number>();
  const replaced: Replaced[] = [];
  for (const resource of resources) {
    const name = nameOf(resource);
    const place = name === '' ? undefined : places.get(name);
    const earlier = place === undefined ? undefined : kept[place];
    if (place === undefined || !earlier) {
      places.set(name, kept.length);
      kept.push(resource);
      continue;
    }
    kept[place] = resource;
    replaced.push({ kind, name, earlier: earlier.span, later: resource.span });
  }
  return { kept, replaced };
}

function placesOf({ addresses }: Listener): readonly string[] {
  return addresses.flatMap((place) => (place.kind === 'ip' ? [endpointText(place.address, place.port)] : []));
}

/** What a table tells beyond the full configurations. */
function beyond(full: readonly ProxyConfig[], table: ProxyConfig): ProxyConfig {
  const places = new Set(full.flatMap(({ listeners }) => listeners.flatMap(placesOf)));
  const clusters = new Set(full.flatMap((config) => config.clusters.map(({ name }) => name)));
  const routes = new Set(full.flatMap((config) => config.routeConfigurations.map(({ name }) => name)));
  const endpoints = new Set(full.flatMap((config) => config.loadAssignments.map((each) => each.clusterName)));
  return {
    ...table,
    listeners: table.listeners.filter((listener) => !placesOf(listener).some((place) => places.has(place))),
    clusters: table.clusters.filter(({ name }) => !clusters.has(name)),
    routeConfigurations: table.routeConfigurations.filter(({ name }) => !routes.has(name)),
    loadAssignments: table.loadAssignments.filter(({ clusterName }) => !endpoints.has(clusterName)),
  };
}

/** What needs no merging any more. */
const merged = new WeakSet<ProxyConfig>();

/** One proxy's configuration from all documents of its pod, in the order they were pasted. */
export function mergeConfigs(pasted: readonly ProxyConfig[]): ProxyConfig {
  const [first] = pasted;
  if (first && pasted.length === 1 && merged.has(first)) return first;
  const config = lastOfAll(pasted);
  merged.add(config);
  return config;
}

function lastOfAll(pasted: readonly ProxyConfig[]): ProxyConfig {
  const full = pasted.filter(({ partial }) => !partial);
  const configs = pasted.map((config) => (config.partial ? beyond(full, config) : config));
  const listeners = lastOfEach(
    'listener',
    configs.flatMap((config) => config.listeners),
    listenerKey,
  );
  const clusters = lastOfEach(
    'cluster',
    configs.flatMap((config) => config.clusters),
    (cluster) => cluster.name,
  );
  const routes = lastOfEach(
    'route-configuration',
    configs.flatMap((config) => config.routeConfigurations),
    (routeConfiguration) => routeConfiguration.name,
  );
  const endpoints = lastOfEach(
    'endpoints',
    configs.flatMap((config) => config.loadAssignments),
    (assignment) => assignment.clusterName,
  );
  return {
    listeners: listeners.kept,
    clusters: clusters.kept,
    routeConfigurations: routes.kept,
    loadAssignments: endpoints.kept,
    bootstrap: configs.findLast((config) => config.bootstrap)?.bootstrap ?? null,
    gaps: configs.flatMap((config) => config.gaps),
    patches: configs.flatMap((config) => config.patches),
    applied: configs.flatMap((config) => config.applied),
    partial: full.length === 0 && configs.length > 0,
    replaced: [
      ...configs.flatMap((config) => config.replaced),
      ...listeners.replaced,
      ...clusters.replaced,
      ...routes.replaced,
      ...endpoints.replaced,
    ],
  };
}

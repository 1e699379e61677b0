// Pasted EnvoyFilters, applied to the configuration that was pasted with them: as istiod would before it sends it.
// A dump of the running proxy holds them already; what it shows is not applied again.
import { plainValue, type JsonNode, type JsonObject } from '../../../base/json.ts';
import { readBindConfig, readCluster } from '../../../documents/envoy/cluster.ts';
import type { AppliedPatch, Bootstrap, ProxyConfig } from '../../../documents/envoy/config.ts';
import type { ConfigPatch } from '../../../documents/envoy/envoy-filter.ts';
import { readListener } from '../../../documents/envoy/listener.ts';
import { field, fieldAt, stringOf } from '../../../documents/envoy/proto.ts';
import { readRouteConfiguration } from '../../../documents/envoy/route-configuration.ts';
import type { ProxyKind } from './match.ts';
import { patchCluster, patchInlineRoutes, patchListener, patchRoutes } from './resources.ts';

/** Whose configuration it is. */
export interface Workload {
  /** '' when it is not known. */
  readonly name: string;
  readonly kind: ProxyKind;
}

/** A pod that is said to be a gateway, or is called one, runs no sidecar. */
export function workloadOf(name: string, role: string | null): Workload {
  return { name, kind: role === 'gateway' || name.includes('gateway') ? 'gateway' : 'sidecar' };
}

/** Whether a patch's labels select the workload: known only as far as its name and kind tell. */
function selects({ selector }: ConfigPatch, { name, kind }: Workload): 'yes' | 'no' | 'unknown' {
  if (selector.length === 0 || selector.some((value) => name.includes(value))) return 'yes';
  const forGateway = selector.some((value) => value.includes('gateway'));
  return forGateway === (kind === 'gateway') ? 'unknown' : 'no';
}

interface Resource {
  readonly node: JsonNode;
}

type Patch = (node: JsonObject, patch: ConfigPatch) => JsonObject | null;

/** One kind of resource through all patches; `applied` tells which patch changed which of them. */
function patched<T extends Resource>(
  kind: AppliedPatch['kind'],
  resources: readonly T[],
  patches: readonly AppliedPatch['patch'][],
  change: Patch,
  read: (node: JsonNode) => T,
): { readonly resources: readonly T[]; readonly applied: readonly Omit<AppliedPatch, 'certain'>[] } {
  const applied: Omit<AppliedPatch, 'certain'>[] = [];
  const kept = resources.flatMap((resource) => {
    let node: JsonObject | null = resource.node.kind === 'object' ? resource.node : null;
    if (!node) return [resource];
    const before = node;
    for (const patch of patches) {
      const after: JsonObject | null = node && change(node, patch);
      if (after !== node) applied.push({ kind, name: stringOf(field(before, 'name')), patch });
      node = after;
    }
    return node === before ? [resource] : node ? [read(node)] : [];
  });
  return { resources: kept, applied };
}

/** The configuration with its patches applied, in the order of their priorities. */
export function applyEnvoyFilters(config: ProxyConfig, workload: Workload): ProxyConfig {
  const selected = config.patches.filter((patch) => selects(patch, workload) !== 'no');
  if (selected.length === 0) return config;
  const patches = selected.toSorted((a, b) => a.priority - b.priority);
  const { kind } = workload;
  const listeners = patched(
    'listener',
    config.listeners,
    patches,
    (node, patch) => {
      const own = patchListener(node, patch, kind);
      return own && patchInlineRoutes(own, patch, kind);
    },
    readListener,
  );
  const clusters = patched(
    'cluster',
    config.clusters,
    patches,
    (node, patch) => patchCluster(node, patch, kind),
    readCluster,
  );
  const routes = patched(
    'route-configuration',
    config.routeConfigurations,
    patches,
    (node, patch) => patchRoutes(node, patch, kind, false),
    readRouteConfiguration,
  );
  const added = additions(config, patches);
  const applied = [...listeners.applied, ...clusters.applied, ...routes.applied, ...added.applied];
  return {
    ...config,
    listeners: [...listeners.resources, ...added.listeners],
    clusters: [...clusters.resources, ...added.clusters],
    routeConfigurations: routes.resources,
    bootstrap: patchedBootstrap(config, patches),
    applied: applied.map((each) => ({ ...each, certain: isCertain(each.patch, workload) })),
  };
}

function patchedBootstrap({ bootstrap }: ProxyConfig, patches: readonly ConfigPatch[]): Bootstrap | null {
  const binds = patches.flatMap(({ applyTo, operation, value }) => {
    const bind = fieldAt(value, 'cluster_manager', 'upstream_bind_config');
    return applyTo === 'BOOTSTRAP' && operation === 'MERGE' && bind ? [bind] : [];
  });
  const bind = binds.at(-1);
  return bind ? { bindConfig: readBindConfig(bind), span: bind.span } : bootstrap;
}

/** The configuration as text again: what was supplied, and then patched, is read like a paste. */
export function configText({ listeners, clusters, routeConfigurations }: ProxyConfig): string {
  const resources = [...listeners, ...clusters, ...routeConfigurations];
  return JSON.stringify(
    resources.map(({ node }) => plainValue(node)),
    null,
    2,
  );
}

/** Which version the proxy has is not pasted, so a patch for some versions only may not be for this one. */
function isCertain(patch: ConfigPatch, workload: Workload): boolean {
  return patch.proxyVersion === '' && selects(patch, workload) === 'yes';
}

/** Whole listeners and clusters that patches add, unless they are there already. */
function additions({ listeners, clusters }: ProxyConfig, patches: readonly ConfigPatch[]) {
  const fresh = (applyTo: ConfigPatch['applyTo'], known: readonly { readonly name: string }[]) =>
    patches.flatMap((patch) => {
      const { value } = patch;
      const name = stringOf(field(value, 'name'));
      const isNew =
        patch.applyTo === applyTo && patch.operation === 'ADD' && !known.some((each) => each.name === name);
      return isNew && value ? [{ name, patch, value }] : [];
    });
  const newListeners = fresh('LISTENER', listeners);
  const newClusters = fresh('CLUSTER', clusters);
  return {
    listeners: newListeners.map(({ value }) => readListener(value)),
    clusters: newClusters.map(({ value }) => readCluster(value)),
    applied: [
      ...newListeners.map(({ name, patch }) => ({ kind: 'listener', name, patch }) as const),
      ...newClusters.map(({ name, patch }) => ({ kind: 'cluster', name, patch }) as const),
    ],
  };
}

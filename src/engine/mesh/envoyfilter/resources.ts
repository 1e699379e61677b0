// One patch on one resource: a listener, a route configuration or a cluster. The same tree comes back when the patch is
// not for it. istio.io/istio pilot/pkg/networking/core/envoyfilter
import type { JsonNode, JsonObject } from '../../../base/json.ts';
import type { ConfigPatch, PatchTarget } from '../../../documents/envoy/envoy-filter.ts';
import { field, fieldAt, itemsOf, stringOf } from '../../../documents/envoy/proto.ts';
import {
  chainsOf,
  clusterContext,
  contextOf,
  filterName,
  hasName,
  isConnectionManager,
  isInbound,
  isInContext,
  listenerFilterName,
  matchesChain,
  matchesCluster,
  matchesListener,
  matchesRoute,
  matchesRoutes,
  matchesVirtualHost,
  namesRoute,
  subFilterName,
  type ProxyKind,
} from './match.ts';
import { mergeNode, withField } from './merge.ts';
import { patchList } from './operation.ts';

/** Null when the patch takes the resource away. */
type Patched = JsonObject | null;

const NO_ITEMS: readonly JsonNode[] = [];

/** Changes the list in a field; the tree stays the same when the list does. */
function inList(
  node: JsonObject,
  name: string,
  change: (items: readonly JsonNode[]) => readonly JsonNode[],
): JsonObject {
  const list = field(node, name);
  const items = list?.kind === 'array' ? list.items : NO_ITEMS;
  const changed = change(items);
  if (changed === items) return node;
  const span = list?.span ?? changed[0]?.span ?? node.span;
  const gaps = list?.kind === 'array' ? list.gaps : [];
  return withField(node, name, { kind: 'array', span, items: changed, gaps });
}

/** Changes each object of a list. */
function eachOf(node: JsonObject, name: string, change: (item: JsonObject) => JsonObject): JsonObject {
  return inList(node, name, (items) => {
    const changed = items.map((item) => (item.kind === 'object' ? change(item) : item));
    return changed.some((item, i) => item !== items[i]) ? changed : items;
  });
}

function merged(node: JsonObject, { value }: ConfigPatch): JsonObject {
  const result = value ? mergeNode(node, value) : node;
  return result.kind === 'object' ? result : node;
}

export function patchListener(node: JsonObject, patch: ConfigPatch, proxy: ProxyKind): Patched {
  if (!isInContext(patch, contextOf(proxy, isInbound(node))) || !matchesListener(patch, node)) return node;
  const change = IN_LISTENER[patch.applyTo];
  return change ? change(node, patch) : node;
}

const IN_LISTENER: Readonly<Partial<Record<PatchTarget, (node: JsonObject, patch: ConfigPatch) => Patched>>> =
  {
    LISTENER: whole,
    LISTENER_FILTER: (node, patch) =>
      inList(node, 'listener_filters', (items) => byName(items, patch, listenerFilterName(patch))),
    FILTER_CHAIN: patchChains,
    NETWORK_FILTER: (node, patch) =>
      eachChain(node, patch, (chain) =>
        inList(chain, 'filters', (items) => byName(items, patch, filterName(patch))),
      ),
    HTTP_FILTER: (node, patch) => eachChain(node, patch, (chain) => patchHttpFilters(chain, patch)),
  };

/** A patch on the resource itself; ADD makes another one, and is no change to this. */
function whole(node: JsonObject, patch: ConfigPatch): Patched {
  if (patch.operation === 'REMOVE') return null;
  return patch.operation === 'MERGE' ? merged(node, patch) : node;
}

function byName(items: readonly JsonNode[], patch: ConfigPatch, name: string): readonly JsonNode[] {
  return patchList(items, patch, (item) => name === '' || hasName(item, name), name !== '');
}

function patchChains(node: JsonObject, patch: ConfigPatch): JsonObject {
  const matches = (chain: JsonNode) => matchesChain(patch, node, chain);
  if (patch.operation === 'ADD' && chainsOf(node).length === 0) return node;
  return inList(node, 'filter_chains', (items) => patchList(items, patch, matches, true));
}

function eachChain(
  node: JsonObject,
  patch: ConfigPatch,
  change: (chain: JsonObject) => JsonObject,
): JsonObject {
  const changeOwn = (chain: JsonObject) => (matchesChain(patch, node, chain) ? change(chain) : chain);
  const chained = eachOf(node, 'filter_chains', changeOwn);
  const byDefault = field(chained, 'default_filter_chain');
  if (byDefault?.kind !== 'object') return chained;
  const changed = changeOwn(byDefault);
  return changed === byDefault ? chained : withField(chained, 'default_filter_chain', changed);
}

/** HTTP filters stand inside the configuration of a connection manager. */
function patchHttpFilters(chain: JsonObject, patch: ConfigPatch): JsonObject {
  const wanted = filterName(patch);
  return inManagers(chain, (config, filter) =>
    wanted === '' || hasName(filter, wanted)
      ? inList(config, 'http_filters', (items) => byName(items, patch, subFilterName(patch)))
      : config,
  );
}

function inManagers(
  chain: JsonObject,
  change: (config: JsonObject, filter: JsonObject) => JsonObject,
): JsonObject {
  return eachOf(chain, 'filters', (filter) => {
    const config = field(filter, 'typed_config');
    if (!isConnectionManager(filter) || config?.kind !== 'object') return filter;
    const changed = change(config, filter);
    return changed === config ? filter : withField(filter, 'typed_config', changed);
  });
}

/** Routes that stand inside a listener are patched like those of RDS. */
export function patchInlineRoutes(node: JsonObject, patch: ConfigPatch, proxy: ProxyKind): JsonObject {
  const inbound = isInbound(node);
  return eachOf(node, 'filter_chains', (chain) =>
    inManagers(chain, (config) => {
      const routes = field(config, 'route_config');
      if (routes?.kind !== 'object') return config;
      const changed = patchRoutes(routes, patch, proxy, inbound);
      return changed === routes ? config : withField(config, 'route_config', changed);
    }),
  );
}

export function patchRoutes(
  node: JsonObject,
  patch: ConfigPatch,
  proxy: ProxyKind,
  inbound: boolean,
): JsonObject {
  if (!isInContext(patch, contextOf(proxy, inbound)) || !matchesRoutes(patch, node)) return node;
  const isHost = (host: JsonNode) => matchesVirtualHost(patch, host);
  if (patch.applyTo === 'ROUTE_CONFIGURATION')
    return patch.operation === 'MERGE' ? merged(node, patch) : node;
  if (patch.applyTo === 'VIRTUAL_HOST')
    return inList(node, 'virtual_hosts', (items) => patchList(items, patch, isHost, true));
  if (patch.applyTo !== 'HTTP_ROUTE') return node;
  return eachOf(node, 'virtual_hosts', (host) => (isHost(host) ? patchHost(host, patch) : host));
}

function patchHost(host: JsonObject, patch: ConfigPatch): JsonObject {
  const isRoute = (route: JsonNode) => matchesRoute(patch, route);
  return inList(host, 'routes', (items) => patchList(items, patch, isRoute, namesRoute(patch)));
}

export function patchCluster(node: JsonObject, patch: ConfigPatch, proxy: ProxyKind): Patched {
  const name = stringOf(field(node, 'name'));
  if (patch.applyTo !== 'CLUSTER') return node;
  if (!isInContext(patch, clusterContext(proxy, name)) || !matchesCluster(patch, name)) return node;
  const isSocket = patch.operation === 'MERGE' && field(patch.value, 'transport_socket') !== undefined;
  return isSocket ? withSocket(node, patch) : whole(node, patch);
}

/**
 * A transport socket of another name is replaced; a cluster with transport_socket_matches, as those for mesh services
 * have, keeps what it has (mergeTransportSocketCluster).
 */
function withSocket(node: JsonObject, patch: ConfigPatch): JsonObject {
  const socket = field(patch.value, 'transport_socket');
  const own = field(node, 'transport_socket');
  const matches = itemsOf(field(node, 'transport_socket_matches'));
  if (!socket || matches.length > 0) return node;
  const same = own && stringOf(fieldAt(own, 'name')) === stringOf(field(socket, 'name'));
  return withField(node, 'transport_socket', same ? mergeNode(own, socket) : socket);
}

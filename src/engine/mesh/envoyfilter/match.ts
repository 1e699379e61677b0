// Which listener, filter chain, cluster, virtual host or route a patch is for.
// istio.io/istio pilot/pkg/networking/core/envoyfilter: listener_patch.go, cluster_patch.go, rc_patch.go
import type { JsonNode } from '../../../base/json.ts';
import type { ConfigPatch, PatchContext } from '../../../documents/envoy/envoy-filter.ts';
import { field, fieldAt, itemsOf, numberOf, stringOf, textsOf } from '../../../documents/envoy/proto.ts';
import { parseSubsetKey } from '../istioctl/subset-key.ts';

/** virtualInbound and virtualOutbound: a port in a match means that of their filter chains. */
const VIRTUAL = new Set(['virtualInbound', 'virtualOutbound']);

export type ProxyKind = 'sidecar' | 'gateway';

/** What a match says of one field holds when it says nothing of it. */
function allows(match: JsonNode | undefined, name: string, value: string | number): boolean {
  const wanted = field(match, name);
  if (!wanted) return true;
  const said = numberOf(wanted)?.value ?? stringOf(wanted);
  return said === value || said === '' || said === 0;
}

export function isInContext({ context }: ConfigPatch, of: PatchContext): boolean {
  return context === 'ANY' || context === of;
}

/** Which context a listener belongs to, by the direction that istiod gives it. */
export function contextOf(proxy: ProxyKind, inbound: boolean): PatchContext {
  if (proxy === 'gateway') return 'GATEWAY';
  return inbound ? 'SIDECAR_INBOUND' : 'SIDECAR_OUTBOUND';
}

export function isInbound(listener: JsonNode): boolean {
  const direction = stringOf(field(listener, 'traffic_direction'));
  return direction === 'INBOUND' || stringOf(field(listener, 'name')) === 'virtualInbound';
}

function portOf(listener: JsonNode): number {
  return numberOf(fieldAt(listener, 'address', 'socket_address', 'port_value'))?.value ?? 0;
}

export function matchesListener({ match }: ConfigPatch, listener: JsonNode): boolean {
  const wanted = field(match, 'listener');
  const name = stringOf(field(listener, 'name'));
  return (
    allows(wanted, 'name', name) && (VIRTUAL.has(name) || allows(wanted, 'port_number', portOf(listener)))
  );
}

export function matchesChain({ match }: ConfigPatch, listener: JsonNode, chain: JsonNode): boolean {
  const wanted = field(match, 'listener');
  const chainWanted = field(wanted, 'filter_chain');
  const own = field(chain, 'filter_chain_match');
  const port = numberOf(field(own, 'destination_port'))?.value ?? 0;
  if (VIRTUAL.has(stringOf(field(listener, 'name'))) && !allows(wanted, 'port_number', port)) return false;
  const sni = stringOf(field(chainWanted, 'sni'));
  const names = textsOf(field(own, 'server_names')).map(({ value }) => value);
  const protocols = stringOf(field(chainWanted, 'application_protocols'));
  const offered = textsOf(field(own, 'application_protocols')).map(({ value }) => value);
  return (
    allows(chainWanted, 'name', stringOf(field(chain, 'name'))) &&
    (sni === '' || names.includes(sni)) &&
    allows(chainWanted, 'transport_protocol', stringOf(field(own, 'transport_protocol'))) &&
    (protocols === '' || protocols.split(',').every((each) => offered.includes(each.trim()))) &&
    allows(chainWanted, 'destination_port', port)
  );
}

/** The name of the network filter, of the HTTP filter inside it, of the listener filter; '' when none is named. */
export function filterName({ match }: ConfigPatch): string {
  return stringOf(fieldAt(match, 'listener', 'filter_chain', 'filter', 'name'));
}

export function subFilterName({ match }: ConfigPatch): string {
  return stringOf(fieldAt(match, 'listener', 'filter_chain', 'filter', 'sub_filter', 'name'));
}

export function listenerFilterName({ match }: ConfigPatch): string {
  return stringOf(fieldAt(match, 'listener', 'listener_filter'));
}

/** A cluster's own name says which way it goes. */
export function clusterContext(proxy: ProxyKind, name: string): PatchContext {
  return contextOf(proxy, /^inbound\||^InboundPassthrough/.test(name));
}

export function matchesCluster({ match }: ConfigPatch, name: string): boolean {
  const wanted = field(match, 'cluster');
  if (stringOf(field(wanted, 'name')) !== '') return allows(wanted, 'name', name);
  const { subset, host, port } = parseSubsetKey(name);
  return (
    allows(wanted, 'service', host) && allows(wanted, 'subset', subset) && allows(wanted, 'port_number', port)
  );
}

/** The port of a route configuration is its name, or stands in it: `80`, `http.80`, `host:80`, `inbound|80||`. */
export function matchesRoutes({ match }: ConfigPatch, routes: JsonNode): boolean {
  const wanted = field(match, 'route_configuration');
  const name = stringOf(field(routes, 'name'));
  const port = Number(/^(?:.*[.:]|inbound\|)?(\d+)(?:\|.*)?$/.exec(name)?.[1] ?? 0);
  return allows(wanted, 'name', name) && allows(wanted, 'port_number', port);
}

export function matchesVirtualHost({ match }: ConfigPatch, host: JsonNode): boolean {
  const wanted = fieldAt(match, 'route_configuration', 'vhost');
  const domain = stringOf(field(wanted, 'domain_name'));
  const domains = textsOf(field(host, 'domains')).map(({ value }) => value);
  return allows(wanted, 'name', stringOf(field(host, 'name'))) && (domain === '' || domains.includes(domain));
}

const ACTIONS: Readonly<Record<string, string>> = {
  ROUTE: 'route',
  REDIRECT: 'redirect',
  DIRECT_RESPONSE: 'direct_response',
};

export function matchesRoute({ match }: ConfigPatch, route: JsonNode): boolean {
  const wanted = fieldAt(match, 'route_configuration', 'vhost', 'route');
  const action = ACTIONS[stringOf(field(wanted, 'action'))];
  return (
    allows(wanted, 'name', stringOf(field(route, 'name'))) &&
    (action === undefined || field(route, action) !== undefined)
  );
}

/** Whether a match names the item that a list operation stands before or behind. */
export function namesRoute({ match }: ConfigPatch): boolean {
  return fieldAt(match, 'route_configuration', 'vhost', 'route') !== undefined;
}

/** The filters of a chain that hold HTTP filters. */
export function isConnectionManager(filter: JsonNode): boolean {
  return hasName(filter, 'http_connection_manager');
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Old names (`envoy.tcp_proxy`) and new ones (`envoy.filters.network.tcp_proxy`) are one. */
export function hasName(node: JsonNode, name: string): boolean {
  return lastPart(stringOf(field(node, 'name'))) === lastPart(name);
}

export function chainsOf(listener: JsonNode): readonly JsonNode[] {
  return itemsOf(field(listener, 'filter_chains'));
}

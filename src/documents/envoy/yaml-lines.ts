// Lines of YAML that may be Envoy configuration: where it can begin, and how far it goes. `istioctl … -o yaml` sorts
// keys, so a resource begins with whichever of its fields comes first in the alphabet.
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';

const KEY = /^\s*(?:- )*'?(@?[a-z][A-Za-z0-9_]*)'?:(?:\s|$)/;

const ITEM = /^\s*-(?:\s|$)/;
/** A log line in JSON below the document; JSON within YAML is written on the line of its key, or deeper. */
const JSON_LINE = /^ ?\{\s*"/;

/** First fields of what Envoy and istioctl print, and of what people write by hand, in snake case. */
const FIRST_KEYS = new Set([
  '@type',
  'access_log',
  'active_state',
  'address',
  'admin',
  'alt_stat_name',
  'bind_to_port',
  'bootstrap',
  'circuit_breakers',
  'cluster',
  'cluster_manager',
  'cluster_name',
  'cluster_statuses',
  'cluster_type',
  'clusters',
  'common_lb_config',
  'configs',
  'connect_timeout',
  'continue_on_listener_filters_timeout',
  'default_filter_chain',
  'dns_lookup_family',
  'domains',
  'dynamic_active_clusters',
  'dynamic_endpoint_configs',
  'dynamic_listeners',
  'dynamic_resources',
  'dynamic_route_configs',
  'ecds_filters',
  'eds_cluster_config',
  'endpoint_config',
  'endpoints',
  'filter_chains',
  'filters',
  'ignore_port_in_host_matching',
  'last_updated',
  'lb_policy',
  'listener',
  'listener_filters',
  'listeners',
  'load_assignment',
  'max_direct_response_body_size_bytes',
  'max_requests_per_connection',
  'metadata',
  'name',
  'node',
  'outlier_detection',
  'per_connection_buffer_limit_bytes',
  'resources',
  'route_config',
  'static_clusters',
  'static_endpoint_configs',
  'static_listeners',
  'static_resources',
  'static_route_configs',
  'traffic_direction',
  'transport_socket',
  'transport_socket_matches',
  'type',
  'typed_extension_protocol_options',
  'upstream_bind_config',
  'use_original_dst',
  'version_info',
  'virtual_hosts',
]);

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Whether Envoy configuration in YAML may begin with that line. */
export function startsYaml(line: string): boolean {
  const key = KEY.exec(line)?.[1];
  return key !== undefined && FIRST_KEYS.has(snakeCase(key));
}

function indentOf(line: string): number {
  return line.search(/\S/);
}

/** Whether an EnvoyFilter may begin with that line. */
export function startsEnvoyFilter(line: string): boolean {
  return /^\s*apiVersion:\s*["']?networking\.istio\.io\//.test(line);
}

/** A first line that was copied with blanks before it, above lines without: the blanks are not part of it. */
export function withoutStrayIndent(source: Source, span: Span): Span {
  const [first, second] = linesOf(source, span);
  if (!first || !second) return span;
  const indent = indentOf(textAt(source, first));
  const below = indentOf(textAt(source, second));
  return below >= 0 && below < indent ? { from: span.from + indent, to: span.to } : span;
}

/**
 * Whether each further line goes on with the YAML that `first` began: deeper, or the next entry at the same depth. One
 * that does not, or that begins a map with the same key again, ends it: what follows is a document of its own.
 */
export function yamlLines(first: string): (line: string) => boolean {
  let base = indentOf(first);
  const isList = ITEM.test(first);
  const opening = KEY.exec(first)?.[1];
  let ended = false;
  let second = opening === 'apiVersion';
  return (line) => {
    const indent = indentOf(line);
    ended ||= JSON_LINE.test(line);
    if (second && indent >= 0) base = Math.min(base, indent);
    second &&= indent < 0;
    if (!ended && (indent < 0 || indent > base || /^(?:---|\s*#)/.test(line))) return true;
    const key = isList ? undefined : KEY.exec(line)?.[1];
    const goesOn = ITEM.test(line) || (key !== undefined && key !== opening);
    ended ||= indent < base || !goesOn;
    return !ended;
  };
}

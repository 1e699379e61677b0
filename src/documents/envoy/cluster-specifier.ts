// How a route or a TCP proxy names its cluster: directly, by a header, or as one of several with weights.
// https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto
import type { JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import { field, gapsOf, itemsOf, numberOf, stringOf, textOf, type Spanned } from './proto.ts';

export interface WeightedCluster {
  readonly cluster: ClusterChoice;
  readonly weight: number;
  readonly span: Span;
}

/** One cluster, by name or by the value of a request header. */
export type ClusterChoice =
  | { readonly kind: 'cluster'; readonly name: Spanned<string> }
  | { readonly kind: 'cluster-header'; readonly header: Spanned<string> };

export type ClusterSpecifier =
  | ClusterChoice
  | {
      readonly kind: 'weighted';
      readonly clusters: readonly WeightedCluster[];
      readonly runtimeKeyPrefix: string;
      /** A header that gives the random value. */
      readonly headerName: string;
      readonly gaps: readonly Span[];
      readonly span: Span;
    }
  /** A plugin or inline extension chooses: its name. */
  | { readonly kind: 'plugin'; readonly name: string; readonly span: Span }
  | { readonly kind: 'absent'; readonly span: Span };

function readChoice(node: JsonNode | undefined, nameField: string): ClusterChoice | null {
  const name = textOf(field(node, nameField));
  if (name && name.value !== '') return { kind: 'cluster', name };
  const header = textOf(field(node, 'cluster_header'));
  return header ? { kind: 'cluster-header', header } : null;
}

function readWeighted(node: JsonNode): ClusterSpecifier {
  const list = field(node, 'clusters');
  const clusters = itemsOf(list).flatMap((item) => {
    const cluster = readChoice(item, 'name');
    const weight = numberOf(field(item, 'weight'))?.value ?? 0;
    return cluster ? [{ cluster, weight, span: item.span }] : [];
  });
  return {
    kind: 'weighted',
    clusters,
    runtimeKeyPrefix: stringOf(field(node, 'runtime_key_prefix')),
    headerName: stringOf(field(node, 'header_name')),
    gaps: [...gapsOf(node), ...gapsOf(list)],
    span: node.span,
  };
}

/** Reads the cluster fields of a RouteAction or of a TcpProxy; `around` is where an absent one is missing. */
export function readClusterSpecifier(node: JsonNode | undefined, around: Span): ClusterSpecifier {
  const choice = readChoice(node, 'cluster');
  if (choice) return choice;
  const weighted = field(node, 'weighted_clusters');
  if (weighted) return readWeighted(weighted);
  const plugin = field(node, 'cluster_specifier_plugin') ?? field(node, 'inline_cluster_specifier_plugin');
  if (!plugin) return { kind: 'absent', span: around };
  const name = textOf(plugin)?.value ?? stringOf(field(field(plugin, 'extension'), 'name'));
  return { kind: 'plugin', name, span: plugin.span };
}

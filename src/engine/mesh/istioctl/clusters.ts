// The table of `istioctl proxy-config cluster`.
import type { Cluster } from '../../../documents/envoy/cluster.ts';
import type { ProxyConfig } from '../../../documents/envoy/config.ts';
import { managedBy } from './managed-by.ts';
import { compareClusterNames, isSubsetKey, parseSubsetKey } from './subset-key.ts';
import { alignColumns } from './table.ts';

const HEADER = ['SERVICE FQDN', 'PORT', 'SUBSET', 'DIRECTION', 'TYPE', 'DESTINATION RULE'];

function row(cluster: Cluster): readonly string[] {
  const type = cluster.discovery?.value ?? 'STATIC';
  const rule = managedBy(cluster.node);
  if (!isSubsetKey(cluster.name)) return [cluster.name, '-', '-', '-', type, rule];
  const { host, port, subset, direction } = parseSubsetKey(cluster.name);
  return [host, String(port), subset || '-', direction, type, rule];
}

export function clusterTable(config: ProxyConfig): string {
  const clusters = config.clusters.toSorted((a, b) => compareClusterNames(a.name, b.name));
  return alignColumns([HEADER, ...clusters.map(row)], 5);
}

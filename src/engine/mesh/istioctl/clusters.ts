// The table of `istioctl proxy-config cluster`.
import type { Cluster } from '../../../documents/envoy/cluster.ts';
import type { ProxyConfig } from '../../../documents/envoy/config.ts';
import { managedBy } from './managed-by.ts';
import { compareClusterNames, isSubsetKey, parseSubsetKey } from './subset-key.ts';
import { alignColumns } from './table.ts';
import { allowsPart, NO_FLAGS, type Flags } from './filters.ts';

const HEADER = ['SERVICE FQDN', 'PORT', 'SUBSET', 'DIRECTION', 'TYPE', 'DESTINATION RULE'];

function row(cluster: Cluster): readonly string[] {
  const type = cluster.discovery?.value ?? 'STATIC';
  const rule = managedBy(cluster.node);
  if (!isSubsetKey(cluster.name)) return [cluster.name, '-', '-', '-', type, rule];
  const { host, port, subset, direction } = parseSubsetKey(cluster.name);
  return [host, String(port), subset || '-', direction, type, rule];
}

/** A port counts as a part of the name. */
function isShown({ name }: Cluster, flags: Flags): boolean {
  const port = flags.get('port');
  return (
    allowsPart(flags, ['fqdn', 'direction', 'subset'], name) &&
    (port === undefined || name.includes(`|${port}|`))
  );
}

export function clusterTable(config: ProxyConfig, flags: Flags = NO_FLAGS): string {
  const shown = config.clusters.filter((cluster) => isShown(cluster, flags));
  const clusters = shown.toSorted((a, b) => compareClusterNames(a.name, b.name));
  return alignColumns([HEADER, ...clusters.map(row)], 5);
}

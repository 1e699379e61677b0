// The table of `istioctl proxy-config endpoint`.
import { addressText, type EnvoyAddress } from '../../../documents/envoy/address.ts';
import type { ProxyConfig } from '../../../documents/envoy/config.ts';
import { compareClusterNames } from './subset-key.ts';
import { alignColumns } from './table.ts';

/** An IPv6 address is printed without brackets. */
function placeText(address: EnvoyAddress): string {
  return address.kind === 'ip' ? `${address.address.text}:${address.port}` : addressText(address);
}

export function endpointTable(config: ProxyConfig): string {
  const rows = config.loadAssignments
    .toSorted((a, b) => compareClusterNames(a.clusterName, b.clusterName))
    .flatMap(({ clusterName, endpoints }) =>
      endpoints.map(({ address, health, locality }) => [
        placeText(address),
        health?.value ?? 'UNKNOWN',
        locality,
        clusterName,
      ]),
    );
  return alignColumns([['NAME', 'STATUS', 'LOCALITY', 'CLUSTER'], ...rows], 5);
}

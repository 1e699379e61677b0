// The table of `istioctl proxy-config endpoint`.
import type { Endpoint } from '../../../documents/envoy/endpoint.ts';
import { addressText, type EnvoyAddress } from '../../../documents/envoy/address.ts';
import type { ProxyConfig } from '../../../documents/envoy/config.ts';
import { compareClusterNames } from './subset-key.ts';
import { alignColumns } from './table.ts';
import { allows, NO_FLAGS, type Flags } from './filters.ts';

/** An IPv6 address is printed without brackets. */
function placeText(address: EnvoyAddress): string {
  return address.kind === 'ip' ? `${address.address.text}:${address.port}` : addressText(address);
}

function isShown({ address, health }: Endpoint, flags: Flags): boolean {
  const [host, port] = address.kind === 'ip' ? [address.address.text, address.port] : ['', 0];
  return (
    allows(flags, 'address', host) &&
    allows(flags, 'port', port) &&
    allows(flags, 'status', health?.value ?? 'UNKNOWN')
  );
}

export function endpointTable(config: ProxyConfig, flags: Flags = NO_FLAGS): string {
  const rows = config.loadAssignments
    .filter(({ clusterName }) => allows(flags, 'cluster', clusterName))
    .toSorted((a, b) => compareClusterNames(a.clusterName, b.clusterName))
    .flatMap(({ clusterName, endpoints }) =>
      endpoints
        .filter((endpoint) => isShown(endpoint, flags))
        .map(({ address, health, locality }) => [
          placeText(address),
          health?.value ?? 'UNKNOWN',
          locality,
          clusterName,
        ]),
    );
  return alignColumns([['NAME', 'STATUS', 'LOCALITY', 'CLUSTER'], ...rows], 5);
}

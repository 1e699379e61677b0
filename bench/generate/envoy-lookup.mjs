// @ts-check
// One listener with many filter chains, and one route configuration with many virtual hosts.
import { ipv4 } from './random.mjs';

/** @param {number} chains each for a destination, a port and a server name of its own */
export function wideListener(chains) {
  const filterChains = Array.from({ length: chains }, (_, n) => ({
    name: `chain-${n}`,
    filterChainMatch: {
      destinationPort: 1000 + (n % 50),
      prefixRanges: [{ addressPrefix: ipv4(10, n), prefixLen: 32 }],
      serverNames: [`host-${n}.example`],
    },
  }));
  const address = { socketAddress: { address: '0.0.0.0', portValue: 15001 } };
  return JSON.stringify({ name: 'wide', address, filterChains });
}

/** @param {number} hosts each with a name of its own, every tenth a wildcard */
export function wideRoutes(hosts) {
  const virtualHosts = Array.from({ length: hosts }, (_, n) => ({
    name: `host-${n}`,
    domains: [n % 10 === 0 ? `*.zone-${n}.example` : `host-${n}.example`, `host-${n}.example:80`],
    routes: [{ match: { prefix: '/' }, route: { cluster: `c-${n}` } }],
  }));
  return JSON.stringify({ name: '80', virtualHosts });
}

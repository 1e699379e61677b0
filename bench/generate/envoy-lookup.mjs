// @ts-check
// One listener with many filter chains, and one route configuration with many virtual hosts.
import { ipv4, randomOf } from './random.mjs';

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

/** One shape each: by port, by a range of addresses, by a name or a wildcard under TLS, by source.
 *  @type {((n: number, random: (below: number) => number) => object)[]} */
const SHAPES = [
  (n) => ({ destinationPort: 1000 + n }),
  (n, random) => ({ prefixRanges: [{ addressPrefix: ipv4(10, n << 12), prefixLen: 20 + random(13) }] }),
  (n, random) => ({
    destinationPort: 443,
    serverNames: [random(2) === 0 ? `*.zone-${n}.example` : `host-${n}.example`],
    transportProtocol: 'tls',
  }),
  (n, random) => ({
    destinationPort: 22,
    sourceType: 'EXTERNAL',
    sourcePrefixRanges: [{ addressPrefix: ipv4(172, n << 8), prefixLen: 24 + random(9) }],
    sourcePorts: [40_000 + random(1000)],
  }),
];

/**
 * @param {number} chains of four shapes in turn, at most 16,384
 * @param {number} seed
 */
export function mixedListener(chains, seed) {
  const random = randomOf(seed);
  const filterChains = Array.from({ length: chains }, (_, n) => ({
    name: `chain-${n}`,
    filterChainMatch: SHAPES[n % SHAPES.length]?.(Math.floor(n / SHAPES.length), random),
  }));
  const address = { socketAddress: { address: '0.0.0.0', portValue: 15001 } };
  return JSON.stringify({ name: 'mixed', address, filterChains });
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

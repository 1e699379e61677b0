// A hop -> where its rule of conduct is written down: the kernel's and Envoy's own pages.
import type { Hop } from '../../engine/trace/trace.ts';

export interface Reading {
  readonly name: string;
  readonly address: string;
}

const ENVOY = 'https://www.envoyproxy.io/docs/envoy/latest';

/** By the beginning of the event's code; the longest that fits is taken. */
const READINGS: Readonly<Record<string, Reading>> = {
  'envoy.listener-filter': {
    name: 'Envoy: listener filters',
    address: `${ENVOY}/configuration/listeners/listener_filters/listener_filters`,
  },
  'envoy.listener': { name: 'Envoy: listeners', address: `${ENVOY}/intro/arch_overview/listeners/listeners` },
  'envoy.filter-chain': {
    name: 'Envoy: FilterChainMatch',
    address: `${ENVOY}/api-v3/config/listener/v3/listener_components.proto`,
  },
  'envoy.virtual-host': {
    name: 'Envoy: route matching',
    address: `${ENVOY}/intro/arch_overview/http/http_routing`,
  },
  'envoy.route': { name: 'Envoy: route matching', address: `${ENVOY}/intro/arch_overview/http/http_routing` },
  'envoy.cluster': {
    name: 'Envoy: service discovery',
    address: `${ENVOY}/intro/arch_overview/upstream/service_discovery`,
  },
  'envoy.endpoint': {
    name: 'Envoy: load balancing',
    address: `${ENVOY}/intro/arch_overview/upstream/load_balancing/overview`,
  },
  'envoy.source': { name: 'Envoy: BindConfig', address: `${ENVOY}/api-v3/config/core/v3/address.proto` },
  envoy: { name: 'Envoy: life of a request', address: `${ENVOY}/intro/life_of_a_request` },
  'kernel.conntrack': {
    name: 'Linux: conntrack',
    address: 'https://docs.kernel.org/networking/nf_conntrack-sysctl.html',
  },
  kernel: {
    name: 'nftables: netfilter hooks',
    address: 'https://wiki.nftables.org/wiki-nftables/index.php/Netfilter_hooks',
  },
};

export function readingOf({ event: { code } }: Hop): Reading | null {
  const parts = code.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const reading = READINGS[parts.slice(0, length).join('.')];
    if (reading) return reading;
  }
  return null;
}

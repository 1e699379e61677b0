// @ts-check
// /config_dump of an Istio sidecar in a large mesh: clusters, listeners, routes and endpoints of made-up services.
// https://www.envoyproxy.io/docs/envoy/latest/operations/admin#get--config_dump
import { ipv4, randomOf } from './random.mjs';

const TYPE = 'type.googleapis.com/envoy';
const PORTS = [80, 443, 8080, 9090, 5432];
const NAMESPACES = ['shop', 'billing', 'ledger', 'metrics'];

/** @param {number} n */
const hostOf = (n) => `api-${n}.${NAMESPACES[n % NAMESPACES.length]}.svc.cluster.local`;
/** @param {number} n */
const portOf = (n) => PORTS[n % PORTS.length] ?? 80;
/** @param {number} n */
const clusterName = (n) => `outbound|${portOf(n)}||${hostOf(n)}`;
const ads = { ads: {}, initial_fetch_timeout: '0s', resource_api_version: 'V3' };
const stamp = { version_info: '2026-10-01T08:00:00Z/77', last_updated: '2026-10-01T08:00:01.250Z' };

/** @param {string} address
 *  @param {number} port */
const socket = (address, port) => ({ socket_address: { address, port_value: port } });

/** @param {string} name */
const secret = (name) => ({
  name,
  sds_config: {
    api_config_source: {
      api_type: 'GRPC',
      grpc_services: [{ envoy_grpc: { cluster_name: 'sds-grpc' } }],
      set_node_on_first_message_only: true,
      transport_api_version: 'V3',
    },
    initial_fetch_timeout: '0s',
    resource_api_version: 'V3',
  },
});

/** @param {number} n */
function cluster(n) {
  const tls = {
    '@type': `${TYPE}.extensions.transport_sockets.tls.v3.UpstreamTlsContext`,
    common_tls_context: {
      tls_certificate_sds_secret_configs: [secret('default')],
      combined_validation_context: {
        default_validation_context: {
          match_subject_alt_names: [
            { exact: `spiffe://cluster.local/ns/${NAMESPACES[n % NAMESPACES.length]}/sa/api` },
          ],
        },
        validation_context_sds_secret_config: secret('ROOTCA'),
      },
      alpn_protocols: ['istio-peer-exchange', 'istio'],
    },
    sni: `outbound_.${portOf(n)}_._.${hostOf(n)}`,
  };
  return {
    ...stamp,
    cluster: {
      '@type': `${TYPE}.config.cluster.v3.Cluster`,
      name: clusterName(n),
      type: 'EDS',
      eds_cluster_config: { eds_config: ads, service_name: clusterName(n) },
      connect_timeout: '10s',
      lb_policy: 'LEAST_REQUEST',
      circuit_breakers: { thresholds: [{ max_connections: 4294967295, max_retries: 4294967295 }] },
      transport_socket_matches: [
        {
          name: 'tlsMode-istio',
          match: { tlsMode: 'istio' },
          transport_socket: { name: 'envoy.transport_sockets.tls', typed_config: tls },
        },
        {
          name: 'tlsMode-disabled',
          match: {},
          transport_socket: {
            name: 'envoy.transport_sockets.raw_buffer',
            typed_config: { '@type': `${TYPE}.extensions.transport_sockets.raw_buffer.v3.RawBuffer` },
          },
        },
      ],
      metadata: { filter_metadata: { istio: { services: [{ host: hostOf(n) }] } } },
    },
  };
}

/** @param {number} n */
function httpManager(n) {
  const filters = [
    'istio.metadata_exchange',
    'envoy.filters.http.cors',
    'istio.stats',
    'envoy.filters.http.router',
  ];
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: {
      '@type': `${TYPE}.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager`,
      stat_prefix: `outbound_${n}`,
      rds: { config_source: ads, route_config_name: `${hostOf(n)}:${portOf(n)}` },
      http_filters: filters.map((name) => ({ name, typed_config: { '@type': `${TYPE}.${name}.v3.Config` } })),
      use_remote_address: false,
      normalize_path: true,
    },
  };
}

/** @param {number} n */
function listener(n) {
  const address = ipv4(10, (100 << 16) + n);
  const tcp = {
    name: 'envoy.filters.network.tcp_proxy',
    typed_config: {
      '@type': `${TYPE}.extensions.filters.network.tcp_proxy.v3.TcpProxy`,
      stat_prefix: clusterName(n),
      cluster: clusterName(n),
    },
  };
  const chains = [
    {
      filter_chain_match: { transport_protocol: 'raw_buffer', application_protocols: ['http/1.1', 'h2c'] },
      filters: [httpManager(n)],
    },
  ];
  return {
    name: `${address}_${portOf(n)}`,
    active_state: {
      ...stamp,
      listener: {
        '@type': `${TYPE}.config.listener.v3.Listener`,
        name: `${address}_${portOf(n)}`,
        address: socket(address, portOf(n)),
        filter_chains: chains,
        default_filter_chain: { name: 'PassthroughFilterChain', filters: [tcp] },
        listener_filters: [
          {
            name: 'envoy.filters.listener.http_inspector',
            typed_config: { '@type': `${TYPE}.extensions.filters.listener.http_inspector.v3.HttpInspector` },
          },
        ],
        traffic_direction: 'OUTBOUND',
        bind_to_port: false,
      },
    },
  };
}

/** @param {number} n */
function routeConfiguration(n) {
  return {
    ...stamp,
    route_config: {
      '@type': `${TYPE}.config.route.v3.RouteConfiguration`,
      name: `${hostOf(n)}:${portOf(n)}`,
      virtual_hosts: [
        {
          name: `${hostOf(n)}:${portOf(n)}`,
          domains: [hostOf(n), `${hostOf(n)}:${portOf(n)}`, ipv4(10, (100 << 16) + n)],
          routes: [
            { name: 'default', match: { prefix: '/' }, route: { cluster: clusterName(n), timeout: '0s' } },
          ],
        },
      ],
    },
  };
}

/** @param {(below: number) => number} random */
const endpoints = (random) => (/** @type {number} */ n) => ({
  endpoint_config: {
    '@type': `${TYPE}.config.endpoint.v3.ClusterLoadAssignment`,
    cluster_name: clusterName(n),
    endpoints: [
      {
        locality: { region: 'north', zone: 'north-a' },
        lb_endpoints: Array.from({ length: 1 + random(4) }, () => ({
          endpoint: { address: socket(ipv4(10, (20 << 16) + random(65536)), 8080) },
          health_status: 'HEALTHY',
          load_balancing_weight: 1,
        })),
      },
    ],
  },
});

/**
 * @param {number} megabytes
 * @param {number} seed
 */
export function configDump(megabytes, seed) {
  const random = randomOf(seed);
  const sections = /** @type {const} */ ([
    ['ClustersConfigDump', 'dynamic_active_clusters', cluster, 0.4],
    ['ListenersConfigDump', 'dynamic_listeners', listener, 0.35],
    ['RoutesConfigDump', 'dynamic_route_configs', routeConfiguration, 0.1],
    ['EndpointsConfigDump', 'dynamic_endpoint_configs', endpoints(random), 0.15],
  ]);
  const first = random(1000);
  const bodies = sections.map(([type, key, make, share]) => {
    const items = [];
    for (let n = first, size = 0; size < megabytes * 1e6 * share; n++) {
      const item = JSON.stringify(make(n), null, 1);
      size += item.length;
      items.push(item);
    }
    return `{"@type": "${TYPE}.admin.v3.${type}",\n"${key}": [\n${items.join(',\n')}\n]}`;
  });
  return `{"configs": [\n${bodies.join(',\n')}\n]}\n`;
}

// Dumps as different control planes and years write them, cut down to what a path meets: names, wrappers and fields as
// their versions have them. Istio 1.1 (v2 API), an Istio 1.5 gateway, Kuma 2.x, Consul 1.1x.

const V2 = 'type.googleapis.com/envoy.config.filter.network';
const V3 = 'type.googleapis.com/envoy.extensions.filters.network';

function at(address: string, port_value: number) {
  return { socket_address: { address, port_value } };
}

function routes(cluster: string, domains = ['*']) {
  return {
    virtual_hosts: [{ name: 'all', domains, routes: [{ match: { prefix: '/' }, route: { cluster } }] }],
  };
}

/** Filters without types, `config` in place of typed_config, `hosts`, `tls_context`, one listener for both ways. */
export const ISTIO_1_1 = {
  configs: [
    {
      '@type': 'type.googleapis.com/envoy.admin.v2alpha.ListenersConfigDump',
      version_info: '2019-05-02T10:00:00Z/12',
      static_listeners: [],
      dynamic_active_listeners: [
        {
          version_info: '2019-05-02T10:00:00Z/12',
          listener: {
            name: 'virtual',
            address: at('0.0.0.0', 15001),
            filter_chains: [
              { filters: [{ name: 'envoy.tcp_proxy', config: { cluster: 'PassthroughCluster' } }] },
            ],
            use_original_dst: true,
          },
          last_updated: '2019-05-02T10:00:01.000Z',
        },
        {
          listener: {
            name: '10.0.0.5_8080',
            address: at('10.0.0.5', 8080),
            filter_chains: [
              {
                filter_chain_match: { application_protocols: ['istio'] },
                tls_context: { require_client_certificate: true },
                filters: [{ name: 'envoy.http_connection_manager', config: { route_config: routes('in') } }],
              },
              {
                filter_chain_match: {},
                filters: [
                  { name: 'mixer', config: { transport: {} } },
                  { name: 'envoy.http_connection_manager', config: { route_config: routes('in') } },
                ],
              },
            ],
            deprecated_v1: { bind_to_port: false },
            listener_filters: [{ name: 'envoy.listener.tls_inspector', config: {} }],
          },
        },
        {
          listener: {
            name: '0.0.0.0_9080',
            address: at('0.0.0.0', 9080),
            filter_chains: [
              {
                filters: [
                  { name: 'envoy.http_connection_manager', config: { rds: { route_config_name: '9080' } } },
                ],
              },
            ],
            deprecated_v1: { bind_to_port: false },
          },
        },
      ],
      dynamic_warming_listeners: [{ listener: { name: 'warming', address: at('0.0.0.0', 1) } }],
    },
    {
      '@type': 'type.googleapis.com/envoy.admin.v2alpha.ClustersConfigDump',
      dynamic_active_clusters: [
        {
          cluster: {
            name: 'in',
            connect_timeout: '1s',
            hosts: [at('127.0.0.1', 8080)],
            circuit_breakers: { thresholds: [{}] },
          },
        },
        { cluster: { name: 'PassthroughCluster', type: 'ORIGINAL_DST', lb_policy: 'ORIGINAL_DST_LB' } },
        {
          cluster: {
            name: 'outbound|9080||reviews.shop.svc.cluster.local',
            type: 'STRICT_DNS',
            hosts: [at('10.0.0.8', 9080)],
            tls_context: {
              sni: 'outbound_.9080_._.reviews',
              common_tls_context: { alpn_protocols: ['istio'] },
            },
          },
        },
      ],
    },
    {
      '@type': 'type.googleapis.com/envoy.admin.v2alpha.RoutesConfigDump',
      dynamic_route_configs: [
        {
          route_config: {
            name: '9080',
            ...routes('outbound|9080||reviews.shop.svc.cluster.local', ['reviews', 'reviews:9080']),
          },
        },
      ],
    },
  ],
};

/** Typed filters of the v2 API, SNI chains, and clusters whose endpoints come over EDS. */
export const ISTIO_1_5_GATEWAY = {
  configs: [
    {
      '@type': 'type.googleapis.com/envoy.admin.v3alpha.ListenersConfigDump',
      dynamic_listeners: [
        {
          name: '0.0.0.0_443',
          active_state: {
            listener: {
              '@type': 'type.googleapis.com/envoy.api.v2.Listener',
              name: '0.0.0.0_443',
              address: at('0.0.0.0', 443),
              listener_filters: [{ name: 'envoy.listener.tls_inspector', typed_config: {} }],
              filter_chains: [
                {
                  filter_chain_match: { server_names: ['shop'] },
                  transport_socket: {
                    name: 'envoy.transport_sockets.tls',
                    typed_config: { '@type': 'type.googleapis.com/envoy.api.v2.auth.DownstreamTlsContext' },
                  },
                  filters: [
                    {
                      name: 'envoy.http_connection_manager',
                      typed_config: {
                        '@type': `${V2}.http_connection_manager.v2.HttpConnectionManager`,
                        use_remote_address: true,
                        route_config: routes('outbound|80||web'),
                      },
                    },
                  ],
                },
              ],
            },
          },
          warming_state: { listener: { name: '0.0.0.0_443', address: at('0.0.0.0', 443) } },
        },
        { name: 'broken', error_state: { details: 'error adding listener' } },
      ],
    },
    {
      '@type': 'type.googleapis.com/envoy.admin.v3alpha.ClustersConfigDump',
      dynamic_active_clusters: [
        {
          cluster: {
            '@type': 'type.googleapis.com/envoy.api.v2.Cluster',
            name: 'outbound|80||web',
            type: 'EDS',
            eds_cluster_config: { eds_config: { ads: {} }, service_name: 'outbound|80||web' },
          },
        },
      ],
    },
    {
      '@type': 'type.googleapis.com/envoy.admin.v3.EndpointsConfigDump',
      dynamic_endpoint_configs: [
        {
          endpoint_config: {
            '@type': 'type.googleapis.com/envoy.api.v2.ClusterLoadAssignment',
            cluster_name: 'outbound|80||web',
            endpoints: [{ lb_endpoints: [{ endpoint: { address: at('10.0.0.9', 80) } }] }],
          },
        },
      ],
    },
  ],
};

/** The transparent proxy hands every inbound port over to a listener of that very address. */
export const KUMA = {
  configs: [
    {
      '@type': 'type.googleapis.com/envoy.admin.v3.ListenersConfigDump',
      dynamic_listeners: [
        {
          name: 'inbound:passthrough:ipv4',
          active_state: {
            listener: {
              name: 'inbound:passthrough:ipv4',
              address: at('0.0.0.0', 15006),
              use_original_dst: true,
              filter_chains: [{ filters: [tcp('inbound:passthrough:ipv4')] }],
              traffic_direction: 'INBOUND',
            },
          },
        },
        {
          name: 'inbound:10.0.0.5:8080',
          active_state: {
            listener: {
              name: 'inbound:10.0.0.5:8080',
              address: at('10.0.0.5', 8080),
              bind_to_port: false,
              filter_chains: [
                {
                  filter_chain_match: { transport_protocol: 'raw_buffer' },
                  filters: [tcp('localhost:8080')],
                },
              ],
              listener_filters: [
                {
                  name: 'envoy.filters.listener.tls_inspector',
                  typed_config: {
                    '@type':
                      'type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector',
                  },
                },
              ],
              enable_reuse_port: false,
            },
          },
        },
      ],
    },
    {
      '@type': 'type.googleapis.com/envoy.admin.v3.ClustersConfigDump',
      dynamic_active_clusters: [
        {
          cluster: {
            name: 'localhost:8080',
            type: 'STATIC',
            load_assignment: {
              cluster_name: 'localhost:8080',
              endpoints: [{ lb_endpoints: [{ endpoint: { address: at('127.0.0.1', 8080) } }] }],
            },
            upstream_bind_config: { source_address: { address: '127.0.0.6' } },
          },
        },
        {
          cluster: {
            name: 'inbound:passthrough:ipv4',
            type: 'ORIGINAL_DST',
            lb_policy: 'CLUSTER_PROVIDED',
            upstream_bind_config: { source_address: { address: '127.0.0.6' } },
          },
        },
      ],
    },
  ],
};

function tcp(cluster: string) {
  return {
    name: 'envoy.filters.network.tcp_proxy',
    typed_config: { '@type': `${V3}.tcp_proxy.v3.TcpProxy`, stat_prefix: cluster, cluster },
  };
}

/** Virtual addresses are prefix ranges of one outbound listener; the public listener asks for a certificate. */
export const CONSUL = {
  configs: [
    {
      '@type': 'type.googleapis.com/envoy.admin.v3.ListenersConfigDump',
      dynamic_listeners: [
        {
          name: 'outbound_listener:127.0.0.1:15001',
          active_state: {
            listener: {
              name: 'outbound_listener:127.0.0.1:15001',
              address: at('127.0.0.1', 15001),
              listener_filters: [
                {
                  name: 'envoy.filters.listener.original_dst',
                  typed_config: {
                    '@type':
                      'type.googleapis.com/envoy.extensions.filters.listener.original_dst.v3.OriginalDst',
                  },
                },
              ],
              filter_chains: [
                {
                  filter_chain_match: { prefix_ranges: [{ address_prefix: '240.0.0.1', prefix_len: 32 }] },
                  filters: [tcp('db')],
                },
              ],
              default_filter_chain: { filters: [tcp('original-destination')] },
              traffic_direction: 'OUTBOUND',
            },
          },
        },
        {
          name: 'public_listener:10.0.0.5:20000',
          active_state: {
            listener: {
              name: 'public_listener:10.0.0.5:20000',
              address: at('10.0.0.5', 20000),
              filter_chains: [
                {
                  filters: [
                    {
                      name: 'envoy.filters.network.rbac',
                      typed_config: { '@type': `${V3}.rbac.v3.RBAC`, rules: {} },
                    },
                    tcp('local_app'),
                  ],
                },
              ],
            },
          },
        },
      ],
    },
    {
      '@type': 'type.googleapis.com/envoy.admin.v3.ClustersConfigDump',
      static_clusters: [
        {
          cluster: {
            name: 'local_app',
            type: 'STATIC',
            load_assignment: {
              cluster_name: 'local_app',
              endpoints: [{ lb_endpoints: [{ endpoint: { address: at('127.0.0.1', 8080) } }] }],
            },
          },
        },
      ],
      dynamic_active_clusters: [
        { cluster: { name: 'original-destination', type: 'ORIGINAL_DST', lb_policy: 'CLUSTER_PROVIDED' } },
      ],
    },
  ],
};

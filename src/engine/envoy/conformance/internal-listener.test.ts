// Endpoints inside the proxy: docs/root/configuration/other_features/internal_listener.rst,
// api/envoy/extensions/transport_sockets/internal_upstream/v3/internal_upstream.proto,
// docs/root/configuration/listeners/listener_filters/original_dst_filter.rst (internal listeners),
// api/envoy/extensions/filters/network/tcp_proxy/v3/tcp_proxy.proto (tunneling_config).
import { expect, test } from 'vitest';
import { arriving, CLIENT, GET, http, INBOUND, listenerFilter, routes, tell } from './proxy-notation.ts';

const NAMESPACE = 'envoy.filters.listener.original_dst';
const PASSED = {
  transport_socket: {
    name: 'internal_upstream',
    typed_config: {
      '@type': 'x/envoy.extensions.transport_sockets.internal_upstream.v3.InternalUpstreamTransport',
      passthrough_metadata: [{ kind: { host: {} }, name: NAMESPACE }],
      transport_socket: { name: 'envoy.transport_sockets.raw_buffer' },
    },
  },
};
const DESTINATION = { metadata: { filter_metadata: { [NAMESPACE]: { local: '10.0.0.9:80' } } } };

/** The listener that the proxy itself has a socket for: one route to one cluster. */
const FRONT = { ...INBOUND, filter_chains: [{ filters: [http({ route_config: routes('inside') })] }] };

/** A cluster whose endpoint is the internal listener `into`. */
function inside(
  name: string,
  into: string,
  settings: object = PASSED,
  metadata: object = DESTINATION,
): object {
  const address = { envoy_internal_address: { server_listener_name: into, endpoint_id: '1' } };
  const lb_endpoints = [{ endpoint: { address }, ...metadata }];
  return {
    name,
    type: 'STATIC',
    load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints }] },
    ...settings,
  };
}

function tunnel(cluster: string): object {
  return {
    name: 'envoy.filters.network.tcp_proxy',
    typed_config: {
      '@type': 'x/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
      cluster,
      tunneling_config: { hostname: '%DOWNSTREAM_LOCAL_ADDRESS%' },
    },
  };
}

function internal(
  name: string,
  filter: unknown,
  filters: readonly object[] = [listenerFilter('original_dst')],
): object {
  return { name, internal_listener: {}, listener_filters: filters, filter_chains: [{ filters: [filter] }] };
}

/** What opens the tunnel: to the destination's own address, on the tunnel's port. */
const ORIGINATE = {
  name: 'originate',
  type: 'ORIGINAL_DST',
  original_dst_lb_config: { upstream_port_override: 15008 },
};

function through(...resources: readonly unknown[]) {
  return tell([FRONT, ...resources], arriving(CLIENT, 15006), GET);
}

test('a request goes through the internal listener into a tunnel to the endpoint’s own host', () => {
  const { end, decisions, outcome, quote } = through(
    inside('inside', 'way'),
    internal('way', tunnel('originate')),
    ORIGINATE,
  );
  expect(end).toBe('originate to 10.0.0.9:15008 from * (kernel)');
  expect(decisions.slice(decisions.indexOf('endpoint envoy://way/1'))).toEqual([
    'endpoint envoy://way/1',
    'listener way',
    'listener-filter original_dst',
    'filter-chain filter_chains[0]',
    'network-filter tcp_proxy',
    'network-filter tcp_proxy',
    'cluster originate',
    'endpoint 10.0.0.9:15008',
    'source ',
  ]);
  expect(outcome.decisions.map(({ why }) => why)).toContainEqual({
    code: 'envoy.tunnel.connect',
    parameters: { hostname: '10.0.0.9:80' },
  });
  expect(quote('listener')).toBe('15006');
});

test('metadata reaches the listener only if the transport socket passes it', () => {
  const { end } = through(inside('inside', 'way', {}), internal('way', tunnel('originate')), ORIGINATE);
  expect(end).toBe('undecided undecided.internal-destination');
});

test('a filter there is no rule for may set addresses, so the way ends with it', () => {
  const way = internal('way', tunnel('originate'), [{ name: 'set_address' }]);
  expect(through(inside('inside', 'way'), way, ORIGINATE).end).toBe('undecided undecided.internal-filter');
});

test('a listener that restores nothing needs none', () => {
  const fixed = {
    name: 'fixed',
    type: 'STATIC',
    load_assignment: {
      endpoints: [
        {
          lb_endpoints: [
            { endpoint: { address: { socket_address: { address: '10.0.0.3', port_value: 81 } } } },
          ],
        },
      ],
    },
  };
  const { end } = through(
    inside('inside', 'way', {}, {}),
    internal('way', http({ route_config: routes('fixed') }), []),
    fixed,
  );
  expect(end).toBe('fixed to 10.0.0.3:81 from * (kernel)');
});

test('an internal listener that was not pasted, or that leads back to itself, is named', () => {
  expect(through(inside('inside', 'way')).end).toBe('undecided undecided.internal-listener');
  const back = internal('way', http({ route_config: routes('inside') }));
  expect(through(inside('inside', 'way'), back).end).toBe('undecided undecided.internal-loop');
});

test('no packet from outside reaches an internal listener', () => {
  const way = { ...internal('way', tunnel('originate')), address: INBOUND.address };
  expect(tell([way, ORIGINATE], arriving(CLIENT, 15006), GET).end).toBe('undecided undecided.listener');
});

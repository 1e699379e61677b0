// The notation of whole decisions: listeners, clusters and routes as a dump holds them, in short, and a connection as
// `peer -> original destination`.
import { address, endpointText, parseEndpoint } from '../../../base/ip.ts';
import { textAt, type Source } from '../../../base/source.ts';
import { parseEnvoyConfig } from '../../../documents/envoy/parse.ts';
import type { Downstream, HttpRequest, Observed } from '../connection.ts';
import { decide } from '../decide.ts';
import type { ProxyOutcome } from '../outcome.ts';

const TYPE = 'type.googleapis.com/envoy.extensions.filters';

export function ip(text: string, port: number): unknown {
  return { socket_address: { address: text, port_value: port } };
}

export function listenerFilter(name: string, settings: object = {}): object {
  const type = name.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
  return {
    name: `envoy.filters.listener.${name}`,
    typed_config: { '@type': `${TYPE}.listener.${name}.v3.${type}`, ...settings },
  };
}

export function tcp(cluster: string): unknown {
  return {
    name: 'envoy.filters.network.tcp_proxy',
    typed_config: { '@type': `${TYPE}.network.tcp_proxy.v3.TcpProxy`, stat_prefix: 'x', cluster },
  };
}

export function http(settings: object): unknown {
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: {
      '@type': `${TYPE}.network.http_connection_manager.v3.HttpConnectionManager`,
      stat_prefix: 'x',
      ...settings,
    },
  };
}

export function routes(cluster: string, name = 'routes'): unknown {
  return {
    name,
    virtual_hosts: [{ name: 'v', domains: ['*'], routes: [{ match: { prefix: '/' }, route: { cluster } }] }],
  };
}

/** A server side: everything to 15006, one chain for port 8080, its cluster bound to 127.0.0.6. */
export const INBOUND = {
  name: 'in',
  address: ip('0.0.0.0', 15006),
  listener_filters: [listenerFilter('original_dst'), listenerFilter('tls_inspector')],
  filter_chains: [
    { name: 'hole', filter_chain_match: { destination_port: 15006 }, filters: [tcp('hole')] },
    { name: 'app', filter_chain_match: { destination_port: 8080 }, filters: [{ name: 'stats' }, tcp('app')] },
  ],
};
export const APP = {
  name: 'app',
  type: 'ORIGINAL_DST',
  lb_policy: 'CLUSTER_PROVIDED',
  upstream_bind_config: { source_address: { address: '127.0.0.6', port_value: 0 } },
};
export const HOLE = { name: 'hole', type: 'STATIC', connect_timeout: '1s' };

/** A client side: 15001 hands over to one listener for a service, and passes the rest through. */
export const OUTBOUND = {
  name: 'out',
  address: ip('0.0.0.0', 15001),
  use_original_dst: true,
  filter_chains: [{ name: 'rest', filters: [tcp('through')] }],
};
export const SERVICE = {
  name: 'service',
  address: ip('10.96.0.7', 80),
  bind_to_port: false,
  filter_chains: [{ name: 'service', filters: [http({ rds: { route_config_name: '80' } })] }],
};
export const THROUGH = { name: 'through', type: 'ORIGINAL_DST', lb_policy: 'CLUSTER_PROVIDED' };
export const BACKEND = { name: 'backend', type: 'EDS', connect_timeout: '1s' };

export function assigned(...places: readonly string[]): unknown {
  const lb_endpoints = places.map((text) => {
    const { address: at, port } = parseEndpoint(text)!;
    return { endpoint: { address: ip(at.text, port ?? 0) } };
  });
  return { cluster_name: 'backend', endpoints: [{ lb_endpoints }] };
}

/** `peer -> original destination`, redirected to the port of `accepting`. */
export function arriving(line: string, accepting: number, more: Partial<Downstream> = {}): Downstream {
  const [from = '', to = ''] = line.split(' -> ');
  const peer = parseEndpoint(from)!;
  const destination = parseEndpoint(to)!;
  const original = { address: destination.address, port: destination.port ?? 0 };
  const local = accepting === 15001 ? address('127.0.0.1') : destination.address;
  return {
    peer,
    local: { address: local, port: accepting },
    accepting,
    originalDestination: original,
    transport: 'raw_buffer',
    serverName: '',
    alpn: [],
    ...more,
  };
}

export const GET: HttpRequest = {
  authority: 'svc',
  method: 'GET',
  path: '/',
  version: 'HTTP/1.1',
  headers: {},
};
export const CLIENT = '10.0.0.2:40000 -> 10.0.0.1:8080';

interface Told {
  readonly outcome: ProxyOutcome;
  /** `kind name` of each decision. */
  readonly decisions: readonly string[];
  /** `cluster to ENDPOINT from SOURCE (choice)`, or how it ended. */
  readonly end: string;
  readonly quote: (kind: string) => string | undefined;
}

export function endText({ end }: ProxyOutcome): string {
  if (end.kind !== 'connect') return `${end.kind} ${end.why.code.replace('envoy.', '')}`;
  const to = endpointText(end.endpoint.address, end.endpoint.port);
  return `${end.cluster} to ${to} from ${end.source.address?.text ?? '*'} (${end.source.choice})`;
}

export function tell(
  resources: readonly unknown[],
  downstream: Downstream,
  request: HttpRequest | null = null,
  observed: Observed = {},
): Told {
  const source: Source = { name: 'test', text: JSON.stringify(resources, null, 2) };
  const config = parseEnvoyConfig(source, { from: 0, to: source.text.length }).value;
  const outcome = decide(config, downstream, request, observed);
  return {
    outcome,
    decisions: outcome.decisions.map(
      ({ kind, name }) => `${kind} ${name.replace(/^envoy\.filters\.\w+\./, '')}`,
    ),
    end: endText(outcome),
    quote: (kind) => {
      const span = outcome.decisions.find((decision) => decision.kind === kind)?.spans[0];
      return span && textAt(source, span);
    },
  };
}

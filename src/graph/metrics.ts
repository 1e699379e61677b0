// Trace -> the metrics that an Istio proxy reports of what passes through it: Istio's standard metrics, with the labels
// that the path itself tells. https://istio.io/latest/docs/reference/config/metrics/
import type { Hop } from '../engine/trace/trace.ts';
import type { Visit } from './visits.ts';

export interface Reported {
  readonly metrics: readonly string[];
  /** Only those that the path tells; the others come from the peers' metadata. */
  readonly labels: Readonly<Record<string, string>>;
}

const HTTP = [
  'istio_requests_total',
  'istio_request_duration_milliseconds',
  'istio_request_bytes',
  'istio_response_bytes',
];
const TCP = [
  'istio_tcp_connections_opened_total',
  'istio_tcp_connections_closed_total',
  'istio_tcp_sent_bytes_total',
  'istio_tcp_received_bytes_total',
];

/** `outbound|443||baidu.com`, `inbound|8080||`, and the clusters for what no Service describes. */
const CLUSTER =
  /^(?:(outbound|inbound)\|\d+\|[^|]*\|(.*)|(Inbound)?(?:PassthroughCluster(?:Ipv[46])?|BlackHoleCluster))$/;

/** What the proxy of a visit reports; null when it is none of Istio's, or the request was sent nowhere. */
export function reportedBy({ place, hops }: Visit): Reported | null {
  const cluster = place === 'proxy' ? last(hops, 'cluster') : null;
  const found = cluster === null ? null : CLUSTER.exec(cluster);
  if (!found) return null;
  const isHttp = hops.some(({ route, virtualHost }) => route !== null || virtualHost !== null);
  return {
    metrics: isHttp ? HTTP : TCP,
    labels: {
      reporter: found[1] === 'inbound' || found[3] !== undefined ? 'destination' : 'source',
      request_protocol: isHttp ? 'http' : 'tcp',
      ...serviceOf(found),
    },
  };
}

function last(hops: readonly Hop[], field: 'cluster'): string | null {
  return hops.findLast((hop) => hop[field] !== null)?.[field] ?? null;
}

/** A Service by the host of its cluster; a wildcard is no service's name; of inbound clusters only the port is told. */
function serviceOf([cluster, direction, host = '', inbound]: RegExpExecArray): Readonly<
  Record<string, string>
> {
  if (direction === 'outbound' && host !== '' && !host.includes('*')) return { destination_service: host };
  return direction === undefined && inbound === undefined ? { destination_service_name: cluster } : {};
}

// `istioctl proxy-config endpoint`: `ENDPOINT STATUS OUTLIER CHECK CLUSTER`, later `NAME STATUS LOCALITY CLUSTER`.
// It hides weights, priorities and metadata.
// istio.io/istio istioctl/pkg/writer/envoy/clusters/clusters.go, configdump/endpoint.go
import type { JsonNode } from '../../../base/json.ts';
import { cover } from '../../../base/source.ts';
import { readLoadAssignment, type LoadAssignment } from '../endpoint.ts';
import type { TableLine } from './listener-table.ts';
import { arrayNode, cellsOf, groupedBy, numberNode, objectNode, textNode, type Cell } from './node.ts';

const ROW =
  /^\s*(?:endpoint\/)?(\S+)\s+(HEALTHY|UNHEALTHY|UNKNOWN|DRAINING|TIMEOUT|DEGRADED)\s+(?:\S+\s+)?(\S+)\s*$/;

export function isEndpointRow(line: string): boolean {
  return ROW.test(line);
}

/** `10.0.0.9:80`, `fd00::9:80` (no brackets), `envoy://listener/id`, or the path of a Unix socket. */
function addressNode({ text, span }: Cell): JsonNode {
  const internal = /^envoy:\/\/([^/]+)\/(.*)$/.exec(text);
  if (internal?.[1] !== undefined)
    return objectNode(span, {
      envoy_internal_address: objectNode(span, {
        server_listener_name: textNode({ text: internal[1], span }),
        endpoint_id: textNode({ text: internal[2] ?? '', span }),
      }),
    });
  const socket = /^\[?([\d.]+|[\da-f:.]+)\]?:(\d+)$/.exec(text);
  if (socket?.[1] === undefined || socket[2] === undefined)
    return objectNode(span, { pipe: objectNode(span, { path: textNode({ text, span }) }) });
  const address = textNode({ text: socket[1], span });
  const port = numberNode({ text: socket[2], span });
  return objectNode(span, { socket_address: objectNode(span, { address, port_value: port }) });
}

interface Row {
  readonly cluster: Cell;
  readonly node: JsonNode;
}

function readRow({ text, span }: TableLine): readonly Row[] {
  const [endpoint, status, cluster] = cellsOf(text, span.from, ROW) ?? [];
  if (!endpoint || !status || !cluster) return [];
  const place = objectNode(span, { address: addressNode(endpoint) });
  return [{ cluster, node: objectNode(span, { endpoint: place, health_status: textNode(status) }) }];
}

export function readEndpointTable(lines: readonly TableLine[]): LoadAssignment[] {
  const groups = groupedBy(lines.flatMap(readRow), ({ cluster }) => cluster.text);
  return groups.flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    const span = rows.map(({ node }) => node.span).reduce(cover);
    const locality = objectNode(span, {
      lb_endpoints: arrayNode(
        span,
        rows.map(({ node }) => node),
      ),
    });
    const endpoints = arrayNode(span, [locality]);
    return [readLoadAssignment(objectNode(span, { cluster_name: textNode(first.cluster), endpoints }))];
  });
}

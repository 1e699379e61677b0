// Envoy's admin /clusters as text -> the endpoints it lists: `outbound|80||host::10.0.0.9:8080::health_flags::healthy`.
// https://www.envoyproxy.io/docs/envoy/latest/operations/admin#get--clusters
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import { EMPTY_CONFIG, type ProxyConfig } from '../envoy/config.ts';
import { readLoadAssignment, type LoadAssignment } from '../envoy/endpoint.ts';
import { arrayNode, groupedBy, numberNode, objectNode, textNode, type Cell } from '../envoy/tables/node.ts';

const ROW =
  /^\s*([^\s:]\S*?)::(?:(default_priority|high_priority)::|(observability_name|outlier|added_via_api|eds_service_name)::|((?:\d+\.){3}\d+:\d+|\[[\da-f:]+\]:\d+|envoy:\/\/[^:]+|\/[^:]+)::)(\w+)?/;
const ADDRESS = /^\[?([\d.]+|[\da-f:]+)\]?:(\d+)$/;

export function isAdminClusterLine(line: string): boolean {
  return ROW.test(line);
}

interface Row {
  readonly cluster: Cell;
  readonly address: string;
  readonly span: Span;
}

/** Each endpoint has a line for each of its counters; its health flags are on one of them. */
function rowsOf(source: Source, within: Span): Row[] {
  const rows = new Map<string, Row>();
  for (const line of linesOf(source, within)) {
    const found = ROW.exec(textAt(source, line));
    const [, cluster, , , address] = found ?? [];
    if (cluster === undefined || address === undefined || !ADDRESS.test(address)) continue;
    const key = `${cluster} ${address}`;
    if (!rows.has(key) || found?.[5] === 'health_flags')
      rows.set(key, { cluster: { text: cluster, span: line }, address, span: line });
  }
  return [...rows.values()];
}

function endpointNode({ address, span }: Row) {
  const [, host = '', port = ''] = ADDRESS.exec(address) ?? [];
  const socket = objectNode(span, {
    address: textNode({ text: host, span }),
    port_value: numberNode({ text: port, span }),
  });
  return objectNode(span, {
    endpoint: objectNode(span, { address: objectNode(span, { socket_address: socket }) }),
  });
}

function assignmentOf(rows: readonly Row[]): LoadAssignment[] {
  const [first] = rows;
  if (!first) return [];
  const { span } = first;
  const endpoints = arrayNode(span, [
    objectNode(span, { lb_endpoints: arrayNode(span, rows.map(endpointNode)) }),
  ]);
  return [readLoadAssignment(objectNode(span, { cluster_name: textNode(first.cluster), endpoints }))];
}

/** Null when no endpoint is listed. */
export function readAdminClusters(source: Source, within: Span): ProxyConfig | null {
  const loadAssignments = groupedBy(rowsOf(source, within), ({ cluster }) => cluster.text).flatMap(
    assignmentOf,
  );
  return loadAssignments.length > 0 ? { ...EMPTY_CONFIG, loadAssignments, partial: true } : null;
}

// `istioctl proxy-config cluster`: `SERVICE FQDN PORT SUBSET DIRECTION TYPE [DESTINATION RULE]`. It hides everything
// else of a cluster, above all whom it connects as.
// istio.io/istio istioctl/pkg/writer/envoy/configdump/cluster.go
import { readCluster, type Cluster } from '../cluster.ts';
import type { TableLine } from './listener-table.ts';
import { cellsOf, objectNode, textNode } from './node.ts';

const ROW =
  /^\s*(?:(\S+)\s+)?(\d+|-)\s+(\S+)\s+(inbound|outbound|inbound-vip|-)\s+(STATIC|STRICT_DNS|LOGICAL_DNS|EDS|ORIGINAL_DST)(?:\s+\S+)?\s*$/;

export function isClusterRow(line: string): boolean {
  return ROW.test(line);
}

function readRow({ text, span }: TableLine): readonly Cluster[] {
  const [host, port, subset, direction, type] = cellsOf(text, span.from, ROW) ?? [];
  if (!port || !subset || !direction || !type) return [];
  const service = host?.text ?? '';
  const parts = [direction.text, port.text, subset.text === '-' ? '' : subset.text, service];
  const name = direction.text === '-' ? service : parts.join('|');
  const node = objectNode(span, { name: textNode({ text: name, span }), type: textNode(type) }, [span]);
  return [readCluster(node)];
}

export function readClusterTable(lines: readonly TableLine[]): Cluster[] {
  return lines.flatMap(readRow);
}

// `istioctl proxy-config listener`, a row a filter chain: `ADDRESS PORT MATCH DESTINATION`. It hides listener filters,
// use_original_dst, conditions on the source, and which filter goes to the cluster.
// istio.io/istio istioctl/pkg/writer/envoy/configdump/listener.go
import type { JsonNode, JsonObject } from '../../../base/json.ts';
import type { Span } from '../../../base/source.ts';
import { readListener, type Listener } from '../listener.ts';
import {
  arrayNode,
  cellsOf,
  groupedBy,
  hiddenNode,
  numberNode,
  objectNode,
  splitCell,
  textNode,
  type Cell,
} from './node.ts';
import { protocolsOf } from './protocol-sets.ts';

const ROW =
  /^\s*([\d.:a-f,]*[.:][\d.:a-f,]*)\s+(\d+)\s+(ALL|(?:SNI|Trans|App|Addr): .*?)\s+(Cluster: .*|Route: .*|Inline Route: .*|Non-HTTP\/Non-TCP|HTTP|\S*Cluster\S*)\s*$/;

export interface TableLine {
  readonly text: string;
  readonly span: Span;
}

interface Row {
  readonly address: Cell;
  readonly port: Cell;
  readonly chain: JsonObject;
  readonly matchesAll: boolean;
  readonly span: Span;
}

export function isListenerRow(line: string): boolean {
  return ROW.test(line);
}

function readRow({ text, span }: TableLine): readonly Row[] {
  const [address, port, match, destination] = cellsOf(text, span.from, ROW) ?? [];
  if (!address || !port || !match || !destination) return [];
  const chain = objectNode(span, {
    filter_chain_match: matchNode(match),
    filters: arrayNode(destination.span, [filterNode(destination)]),
  });
  return [{ address, port, chain, matchesAll: match.text === 'ALL', span }];
}

function matchNode(match: Cell): JsonObject {
  const parts = new Map(
    splitCell(match, ';').flatMap((part): [string, Cell][] => {
      const colon = part.text.indexOf(': ');
      const from = part.span.from + colon + 2;
      const value = { text: part.text.slice(colon + 2), span: { from, to: part.span.to } };
      return colon < 0 ? [] : [[part.text.slice(0, colon), value]];
    }),
  );
  const [names, transport, protocols, place] = ['SNI', 'Trans', 'App', 'Addr'].map((key) => parts.get(key));
  return objectNode(match.span, {
    server_names: names && arrayNode(names.span, splitCell(names, ',').map(textNode)),
    transport_protocol: transport && textNode(transport),
    application_protocols: protocols && protocolsNode(protocols),
    ...(place && placeNodes(place)),
  });
}

function protocolsNode({ text, span }: Cell): JsonNode | undefined {
  const items = protocolsOf(text).map((protocol) => textNode({ text: protocol, span }));
  return arrayNode(span, items);
}

/** `10.0.0.0/8,10.1.0.0/16:80`, `*:80` or `0.0.0.0/0`. */
function placeNodes(place: Cell): Readonly<Record<string, JsonNode | undefined>> {
  const port = /:(\d+)$/.exec(place.text);
  const ranges = place.text.slice(0, port?.index ?? place.text.length);
  const portSpan = { from: place.span.from + ranges.length + 1, to: place.span.to };
  const cells = splitCell({ text: ranges, span: place.span }, ',').filter(({ text }) => text.includes('/'));
  return {
    prefix_ranges: arrayNode(place.span, cells.map(rangeNode)),
    destination_port: port?.[1] === undefined ? undefined : numberNode({ text: port[1], span: portSpan }),
  };
}

function rangeNode({ text, span }: Cell): JsonNode {
  const [address = '', length = ''] = text.split('/');
  return objectNode(span, {
    address_prefix: textNode({ text: address, span }),
    prefix_len: numberNode({ text: length, span }),
  });
}

/** What the destination tells: a route's name says HTTP, a cluster's may be TCP or HTTP, the rest says nothing. */
function filterNode({ text, span }: Cell): JsonNode {
  const route = /^Route: (.+)$/.exec(text)?.[1];
  if (route !== undefined) {
    const name = textNode({ text: route, span: { from: span.from + 'Route: '.length, to: span.to } });
    return managerNode(span, { rds: objectNode(span, { route_config_name: name }) });
  }
  if (/^(?:Inline Route:|HTTP$)/.test(text)) return managerNode(span, {});
  const cluster = /^(?:Cluster: )?(\S*\S)$/.exec(text)?.[1];
  if (cluster === undefined || text === 'Non-HTTP/Non-TCP') return objectNode(span, {}, [span]);
  const name = textNode({ text: cluster, span: { from: span.to - cluster.length, to: span.to } });
  return objectNode(span, { cluster: name }, [span]);
}

function managerNode(span: Span, fields: Readonly<Record<string, JsonNode>>): JsonNode {
  const name = textNode({ text: 'http_connection_manager', span });
  return objectNode(span, { name, typed_config: objectNode(span, fields, [span]) });
}

function listenerNode(rows: readonly Row[], first: Row): JsonObject {
  const { address, port, span } = first;
  const last = rows.length > 1 ? rows.findLast(({ matchesAll }) => matchesAll) : undefined;
  const chains = rows.filter((row) => row !== last).map(({ chain }) => chain);
  const [own, ...further] = splitCell(address, ',').map((cell) =>
    objectNode(cell.span, {
      socket_address: objectNode(cell.span, { address: textNode(cell), port_value: numberNode(port) }),
    }),
  );
  return objectNode(
    span,
    {
      address: own,
      additional_addresses: arrayNode(
        address.span,
        further.map((each) => objectNode(each.span, { address: each })),
      ),
      filter_chains: arrayNode(span, chains),
      default_filter_chain: last?.chain,
    },
    [span],
  );
}

/** The listeners of a table: the rows of one address and port together. */
export function readListenerTable(lines: readonly TableLine[]): Listener[] {
  const rows = lines.flatMap(readRow);
  const groups = groupedBy(rows, ({ address, port }) => `${address.text} ${port.text}`);
  return groups.flatMap((group) => {
    const [first] = group;
    return first ? [readListener(listenerNode(group, first))] : [];
  });
}

/** The older table, `ADDRESS PORT TYPE`: that there is a listener, and nothing of its chains. */
export function readListenerTypes(lines: readonly TableLine[]): Listener[] {
  return lines.flatMap(({ text, span }) => {
    const [address, port] = cellsOf(text, span.from, TYPE_ROW) ?? [];
    if (!address || !port) return [];
    const place = objectNode(address.span, { address: textNode(address), port_value: numberNode(port) });
    const chains = hiddenNode(span);
    const node = objectNode(
      span,
      { address: objectNode(address.span, { socket_address: place }), filter_chains: chains },
      [span],
    );
    return [readListener(node)];
  });
}

const TYPE_ROW = /^\s*([\d.:a-f]*[.:][\d.:a-f]*)\s+(\d+)\s+(?:HTTP\+TCP|HTTP|TCP|UNKNOWN)\s*$/;

export function isListenerTypeRow(line: string): boolean {
  return TYPE_ROW.test(line);
}

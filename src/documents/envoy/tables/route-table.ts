// `istioctl proxy-config route`, a row a route: `NAME VHOST NAME DOMAINS MATCH VIRTUAL SERVICE`, before 1.20 without the
// virtual host. It hides conditions besides the path, where a route leads, names with a port, and routes to
// PassthroughCluster. istio.io/istio istioctl/pkg/writer/envoy/configdump/route.go
import type { JsonNode } from '../../../base/json.ts';
import { cover, type Span } from '../../../base/source.ts';
import { readRouteConfiguration, type RouteConfiguration } from '../route-configuration.ts';
import type { TableLine } from './listener-table.ts';
import { cellsOf, groupedBy, objectNode, splitCell, textNode, type Cell } from './node.ts';

const MATCH = String.raw`(/\S*|PathPrefix:\S+|regex \S.*?)(?:\s{2,}(\S+))?\s*$`;
const ROW = new RegExp(String.raw`^(\S+)?\s{2,}(\S+)\s{2,}(\S.*?)\s{2,}${MATCH}`);
const OLD_ROW = new RegExp(String.raw`^(\S+)?()\s{2,}(\S.*?)\s{2,}${MATCH}`);

export function isRouteRow(line: string): boolean {
  return ROW.test(line);
}

export function isOldRouteRow(line: string): boolean {
  return OLD_ROW.test(line);
}

interface Row {
  readonly name: Cell;
  readonly host: Cell;
  readonly domains: Cell;
  readonly match: Cell;
  readonly object: string;
  readonly span: Span;
}

function readRow({ text, span }: TableLine, pattern: RegExp): readonly Row[] {
  const [name, host, domains, match, object] = cellsOf(text, span.from, pattern) ?? [];
  if (!host || !domains || !match) return [];
  const unnamed = { text: '', span };
  return [{ name: name ?? unnamed, host, domains, match, object: object?.text ?? '', span }];
}

function spanOf(rows: readonly Row[]): Span {
  return rows.map(({ span }) => span).reduce(cover);
}

/** A list of which others may be missing. */
function openList(span: Span, items: readonly JsonNode[]): JsonNode {
  return { kind: 'array', span, items, gaps: [span] };
}

function pathNode({ text, span }: Cell): Readonly<Record<string, JsonNode>> {
  const [, kind = '', value = text] = /^(PathPrefix:|regex )(.*)$/.exec(text) ?? [];
  const cell = { text: value, span };
  if (kind === 'PathPrefix:') return { path_separated_prefix: textNode(cell) };
  if (kind === 'regex ') return { safe_regex: objectNode(span, { regex: textNode(cell) }) };
  return text.endsWith('*')
    ? { prefix: textNode({ text: text.slice(0, -1), span }) }
    : { path: textNode(cell) };
}

/** `a, b + 3 more...` */
function domainNodes(domains: Cell): readonly JsonNode[] {
  const shown = { text: domains.text.replace(/ \+ \d+ more\.\.\.$/, ''), span: domains.span };
  return splitCell(shown, ',').map(textNode);
}

function hostNode(rows: readonly Row[], { host, domains }: Row): JsonNode {
  const span = spanOf(rows);
  const routes = rows
    .filter(({ object }) => object !== '404')
    .map(({ match, span: line }) =>
      objectNode(line, { match: objectNode(match.span, pathNode(match), [match.span]) }, [line]),
    );
  return objectNode(span, {
    name: textNode(host),
    domains: openList(domains.span, domainNodes(domains)),
    routes: openList(span, routes),
  });
}

function configurationOf(rows: readonly Row[], { name }: Row): RouteConfiguration {
  const hosts = groupedBy(rows, ({ host, domains }) => host.text || domains.text);
  const nodes = hosts.flatMap((group) => (group[0] ? [hostNode(group, group[0])] : []));
  const span = spanOf(rows);
  return readRouteConfiguration(
    objectNode(span, { name: textNode(name), virtual_hosts: openList(span, nodes) }),
  );
}

function readTable(lines: readonly TableLine[], pattern: RegExp): readonly RouteConfiguration[] {
  const rows = lines.flatMap((line) => readRow(line, pattern));
  return groupedBy(rows, ({ name }) => name.text).flatMap((group) =>
    group[0] ? [configurationOf(group, group[0])] : [],
  );
}

export function readRouteTable(lines: readonly TableLine[]): readonly RouteConfiguration[] {
  return readTable(lines, ROW);
}

export function readOldRouteTable(lines: readonly TableLine[]): readonly RouteConfiguration[] {
  return readTable(lines, OLD_ROW);
}

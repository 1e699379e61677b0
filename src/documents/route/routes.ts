// `ip route` output, of one table or of all, and `ip route add` commands -> Routes.
// Format: ip-route(8); iproute2 ip/iproute.c, print_route. Left out: encapsulation, metrics of TCP, nexthop objects.
import { diagnostic, type Diagnostic, type Parsed } from '../../base/diagnostic.ts';
import { addressOf, maskOf, parseAddress, parsePrefix, type Family, type Prefix } from '../../base/ip.ts';
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import type { Token } from '../iptables/tokens.ts';
import { isAddCommand, tableName, wordsOf } from './commands.ts';
import type { NextHop, Route, Routes, RouteType, TableName } from './network.ts';

const TYPES: ReadonlySet<string> = new Set<RouteType>([
  'unicast',
  'local',
  'broadcast',
  'anycast',
  'multicast',
  'blackhole',
  'unreachable',
  'prohibit',
  'throw',
]);

const LISTED =
  /^\s*(?:(?:blackhole|unreachable|prohibit|throw)\s+(?:default|[\da-fA-F][\da-fA-F.:]*(?:\/\d+)?)(?:\s|$)|(?:(?:unicast|local|broadcast|anycast|multicast)\s+)?(?:default|[\da-fA-F:][\da-fA-F.:]*(?:\/\d+)?)\s+(?:nhid\s+\d+\s+)?(?:via\s+(?:inet6?\s+)?[\da-fA-F.:]+|dev\s+\S+|proto\s+\w+|table\s+\w+|scope\s+\w+|src\s+\S+)(?:\s|$))/;
/** A route with several ways on prints them below itself. */
const BARE = /^\s*(?:default|[\da-fA-F:][\da-fA-F.:]*\/\d+)\s*$/;
const NEXT_HOP = /^\s+nexthop\s/;

/** Whether a line can open such a document: `default via 10.244.0.1 dev eth0`. */
export function startsRoutes(line: string): boolean {
  return LISTED.test(line) || isAddCommand(line, 'route');
}

export function isRouteLine(line: string): boolean {
  return startsRoutes(line) || NEXT_HOP.test(line) || BARE.test(line) || line.trim() === '';
}

interface PendingRoute {
  family: Family | null;
  table: TableName | null;
  type: RouteType;
  destination: Prefix | null;
  hops: NextHop[];
  source: Route['source'];
  metric: number;
  down: boolean;
  span: Span;
}

/**
 * Reads the lines of the span. `table` and `family` are those of the command that printed them, null when it was not
 * pasted. Without it addresses tell the family, and a line alone its table.
 */
export function parseRoutes(
  source: Source,
  span: Span,
  table: TableName | null,
  family: Family | null,
): Parsed<Routes> {
  const diagnostics: Diagnostic[] = [];
  const routes: PendingRoute[] = [];
  let complete = true;
  for (const line of linesOf(source, span)) {
    const text = textAt(source, line);
    if (text.trim() === '') continue;
    const { words, added, family: spoken } = wordsOf(source, line);
    if (added) complete = false;
    const above = NEXT_HOP.test(text) ? routes.at(-1) : undefined;
    const fresh: PendingRoute = { ...EMPTY, table: added ? 'main' : table, hops: [], span: line };
    const route = above ?? fresh;
    route.family ??= spoken ?? family;
    if (!isRouteLine(text) || !readWords(route, words)) {
      diagnostics.push(diagnostic('error', 'route.line', line));
      continue;
    }
    route.span = { from: route.span.from, to: line.to };
    if (!above) routes.push(route);
  }
  const told = family ?? routes.find((route) => route.family !== null)?.family ?? 4;
  return { value: { routes: routes.map((route) => finished(route, told)), complete }, diagnostics };
}

const EMPTY: Omit<PendingRoute, 'hops'> = {
  family: null,
  table: null,
  type: 'unicast',
  destination: null,
  source: null,
  metric: 0,
  down: false,
  span: { from: 0, to: 0 },
};

function isRouteType(text: string): text is RouteType {
  return TYPES.has(text);
}

function finished(route: PendingRoute, otherwise: Family): Route {
  const family = route.family ?? otherwise;
  return { ...route, family, destination: route.destination ?? everything(family) };
}

function everything(family: Family): Prefix {
  const mask = maskOf(family, 0);
  return { address: addressOf(mask), mask, length: 0 };
}

/** False when the line makes no sense as a route. */
function readWords(route: PendingRoute, words: readonly Token[]): boolean {
  const text = (at: number) => words[at]?.text ?? '';
  let at = 0;
  if (text(0) !== 'nexthop') {
    const first = text(0);
    if (isRouteType(first)) {
      route.type = first;
      at += 1;
    }
    if (!readDestination(route, text(at++))) return false;
  }
  let hop: { -readonly [Key in keyof NextHop]: NextHop[Key] } = { gateway: null, device: null };
  const keep = () => {
    if (hop.gateway || hop.device) route.hops.push(hop);
    hop = { gateway: null, device: null };
  };
  for (; at < words.length; at += 1) {
    const value = text(at + 1);
    switch (text(at)) {
      case 'nexthop':
        keep();
        continue;
      case 'via':
        if (value === 'inet' || value === 'inet6') at += 1;
        hop.gateway = parseAddress(text(++at));
        if (!hop.gateway) return false;
        route.family ??= route.destination?.address.family ?? hop.gateway.family;
        break;
      case 'dev':
        hop.device = text(++at);
        break;
      case 'dead':
        route.down = true;
        break;
      default:
        at += readRemark(route, text(at), value);
    }
  }
  keep();
  return true;
}

function readDestination(route: PendingRoute, text: string): boolean {
  if (text === 'default' || text === 'all' || text === 'any') return true;
  route.destination = parsePrefix(text);
  if (!route.destination) return false;
  route.family = route.destination.address.family;
  return true;
}

/** Words that have a value; those that do not play a part are stepped over. Tells how many values were taken. */
function readRemark(route: PendingRoute, word: string, value: string): 0 | 1 {
  switch (word) {
    case 'table':
      route.table = tableName(value);
      return 1;
    case 'src':
      route.source = parseAddress(value);
      route.family ??= route.source?.family ?? null;
      return 1;
    case 'metric':
    case 'preference':
      route.metric = Number(value) || 0;
      return 1;
    case 'pref': // of router discovery: printed for IPv6 alone
      route.family ??= 6;
      return 1;
    case 'proto':
    case 'protocol':
    case 'scope':
    case 'weight':
    case 'nhid':
    case 'mtu':
    case 'advmss':
    case 'error':
    case 'realm':
    case 'tos':
      return 1;
    default:
      return 0;
  }
}

// The tables that `istioctl proxy-config` prints -> ProxyConfig, as far as they go: a row is evidence like any other line.
import { diagnostic, type Parsed } from '../../../base/diagnostic.ts';
import { linesOf, textAt, type Source, type Span } from '../../../base/source.ts';
import { EMPTY_CONFIG, type ProxyConfig } from '../config.ts';
import { isClusterRow, readClusterTable } from './cluster-table.ts';
import { isEndpointRow, readEndpointTable } from './endpoint-table.ts';
import {
  isListenerRow,
  isListenerTypeRow,
  readListenerTable,
  readListenerTypes,
  type TableLine,
} from './listener-table.ts';

import { isOldRouteRow, isRouteRow, readOldRouteTable, readRouteTable } from './route-table.ts';

interface TableKind {
  readonly header: RegExp;
  readonly isRow: (line: string) => boolean;
  readonly read: (lines: readonly TableLine[]) => Partial<ProxyConfig>;
}

const TABLES: readonly TableKind[] = [
  {
    header: /^\s*ADDRESS(?:ES)?\s+PORT\s+MATCH\s+DESTINATION\s*$/,
    isRow: isListenerRow,
    read: (lines) => ({ listeners: readListenerTable(lines) }),
  },
  {
    header: /^\s*ADDRESS\s+PORT\s+TYPE\s*$/,
    isRow: isListenerTypeRow,
    read: (lines) => ({ listeners: readListenerTypes(lines) }),
  },
  {
    header: /^\s*SERVICE FQDN\s+PORT\s+SUBSET\s+DIRECTION\s+TYPE\b/,
    isRow: isClusterRow,
    read: (lines) => ({ clusters: readClusterTable(lines) }),
  },
  {
    header: /^\s*(?:ENDPOINT\s+STATUS\s+(?:OUTLIER CHECK\s+)?|NAME\s+STATUS\s+LOCALITY\s+)CLUSTER\s*$/,
    isRow: isEndpointRow,
    read: (lines) => ({ loadAssignments: readEndpointTable(lines) }),
  },
  {
    header: /^\s*NAME\s+VHOST NAME\s+DOMAINS\s+MATCH\s+VIRTUAL SERVICE\s*$/,
    isRow: isRouteRow,
    read: (lines) => ({ routeConfigurations: readRouteTable(lines) }),
  },
  {
    header: /^\s*NAME\s+DOMAINS\s+MATCH\s+VIRTUAL SERVICE\s*$/,
    isRow: isOldRouteRow,
    read: (lines) => ({ routeConfigurations: readOldRouteTable(lines) }),
  },
];

function tableOf(header: string): TableKind | undefined {
  return TABLES.find((table) => table.header.test(header));
}

export function startsIstioctlTable(line: string): boolean {
  return tableOf(line) !== undefined;
}

/** For a table with that header: whether a line is a row of it. */
export function istioctlTableLines(header: string): (line: string) => boolean {
  return tableOf(header)?.isRow ?? (() => false);
}

/** Reads a header and the rows below it; the listing may be of one port or host, so resources may be missing. */
export function parseIstioctlTable(source: Source, span: Span): Parsed<ProxyConfig> {
  const [header, ...rest] = Array.from(linesOf(source, span), (line) => ({
    text: textAt(source, line),
    span: line,
  }));
  const table = header && tableOf(header.text);
  if (!header || !table) return { value: EMPTY_CONFIG, diagnostics: [] };
  const strays = rest.filter(({ text }) => text.trim() !== '' && !table.isRow(text));
  return {
    value: { ...EMPTY_CONFIG, ...table.read(rest), partial: true },
    diagnostics: [
      diagnostic('info', 'istioctl.table', header.span),
      ...strays.map((line) => diagnostic('warning', 'istioctl.row', line.span)),
    ],
  };
}

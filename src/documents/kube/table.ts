// What `kubectl get` prints without -o yaml or json: pods, services, endpoints, endpointslices, nodes, with any columns
// (-o wide, --show-labels, -A, custom-columns) -> resources. Columns are told by the header's words: pastes lose blanks.
// k8s.io/kubernetes pkg/printers/internalversion/printers.go
import { parseAddress } from '../../base/ip.ts';
import { linesOf, textAt, type Source, type Span } from '../../base/source.ts';
import { cellsOf, type Cells } from './cells.ts';
import type { EndpointAddress, KubeResource, ServicePort, Told } from './resource.ts';

const AGE = /^(?:(?:\d+[smhdy])+|<(?:unknown|invalid|none)>)$/;
const ADDRESS = /^(?:<[\w -]+>|None|[\d.]+|[0-9a-f:]+)(?:,[\d.a-f:]+)*$/i;

/** What a cell of these columns always looks like: it tells rows from prose. */
const CELLS: Readonly<Record<string, RegExp>> = {
  READY: /^(?:\d+\/\d+|True|False|Unknown)$/,
  AGE,
  'CLUSTER-IP': ADDRESS,
  TYPE: /^(?:ClusterIP|NodePort|LoadBalancer|ExternalName)$/,
  'PORT(S)': /^(?:<none>|\d+[\d:/,A-Za-z]*)$/,
  IP: ADDRESS,
  'POD-IP': ADDRESS,
  POD_IP: ADDRESS,
  PODIP: ADDRESS,
  'INTERNAL-IP': ADDRESS,
  ENDPOINTS: /^(?:<\w+>|[\w.:[\]-]+(?:,[\w.:[\]-]+)*(?:\+\d+more\.\.\.)?)$/,
  ADDRESSTYPE: /^IPv[46]$|^FQDN$/,
};
const POD_ADDRESS = ['IP', 'POD-IP', 'POD_IP', 'PODIP'];
const TITLE = /^[A-Z][A-Z0-9()_:./-]*$/;

/** Headers of several words as one. */
function titlesOf(line: string): string[] {
  return line
    .replace('NOMINATED NODE', 'NOMINATED-NODE')
    .replace('READINESS GATES', 'READINESS-GATES')
    .replace(/\b(POD|CLUSTER|NODE) IP\b/g, '$1-IP')
    .trim()
    .split(/\s+/);
}

export function startsKubeTable(line: string): boolean {
  if (line.length > 400 || !/^\s*(?:NAMESPACE\s+|LAST SEEN\s+)?(?:NAME|POD)\s/.test(line)) return false;
  const titles = titlesOf(line);
  return (
    titles.length > 1 &&
    titles.every((title) => TITLE.test(title)) &&
    titles.some((title) => Object.hasOwn(CELLS, title))
  );
}

function isRow(titles: readonly string[], line: string): boolean {
  const cells = cellsOf(line, 0).map(({ text }) => text);
  if (cells.length < Math.min(titles.length, 3) - 1 || !/^[a-z0-9][a-z0-9./-]*$/.test(cells[0] ?? ''))
    return false;
  const checked = titles.flatMap((title, i) => {
    const pattern = Object.hasOwn(CELLS, title) ? CELLS[title] : undefined;
    const cell = cells[i];
    return pattern && cell !== undefined ? [pattern.test(cell)] : [];
  });
  return checked.length > 0 && checked.every(Boolean);
}

/** A test for the lines below the header: its rows, up to the first line that is none. */
export function kubeTableLines(header: string): (line: string) => boolean {
  const titles = titlesOf(header);
  let ended = false;
  return (line) => {
    ended ||= !isRow(titles, line) && !/^\s*(?:\.{3}|…)\s*$/.test(line);
    return !ended;
  };
}

/** One row: its cells by title, and what it is named. */
interface Row {
  readonly cells: Cells;
  readonly name: string;
  readonly namespace: string | null;
  readonly span: Span;
}

function told(value: string, span: Span): Told<string> {
  return { value, span };
}

function addressesOf(cell: Told<string> | undefined): Told<NonNullable<ReturnType<typeof parseAddress>>>[] {
  if (!cell) return [];
  return cell.value.split(',').flatMap((text) => {
    const value = parseAddress(text);
    return value ? [{ value, span: cell.span }] : [];
  });
}

/** `80:30080/TCP,443/TCP` */
function portsOf(cell: Told<string> | undefined): ServicePort[] {
  return (cell?.value.split(',') ?? []).flatMap((text) => {
    const found = /^(\d+)(?::(\d+))?\/(\w+)$/.exec(text);
    if (!found || !cell) return [];
    const [, port, nodePort, protocol = 'TCP'] = found;
    return [
      {
        name: null,
        port: Number(port),
        targetPort: null,
        protocol,
        nodePort: nodePort === undefined ? null : Number(nodePort),
        span: cell.span,
      },
    ];
  });
}

function labelsOf(cell: Told<string> | undefined): Record<string, string> {
  const pairs = (cell?.value.split(',') ?? []).map((pair) => pair.split('='));
  return Object.fromEntries(
    pairs.flatMap(([name = '', value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** `10.0.0.1:80,10.0.0.2:80`; a slice lists addresses and, in a column of its own, ports. */
function endpointsOf(cells: Cells): EndpointAddress[] {
  const cell = cells.get('ENDPOINTS');
  const ports = (cells.get('PORTS')?.value ?? '').split(',').map(Number);
  const [common = NaN] = ports.length === 1 ? ports : [];
  return (cell?.value.replace(/\+\d+more.*$/, '').split(',') ?? []).flatMap((text) => {
    const found = /^\[?([\d.]+|[0-9a-f:]+?)\]?(?::(\d+))?$/i.exec(text);
    const address = parseAddress(text) ?? parseAddress(found?.[1] ?? '');
    const port = found?.[2] === undefined || parseAddress(text) ? common : Number(found[2]);
    return address && cell
      ? [{ address, port: Number.isNaN(port) ? null : port, pod: null, span: cell.span }]
      : [];
  });
}

function resourceOf({ cells, name, namespace, span }: Row): KubeResource | null {
  const named = { name: name.replace(/^[a-z.]+\//, ''), namespace, span };
  if (cells.has('CLUSTER-IP'))
    return {
      kind: 'service',
      ...named,
      type: cells.get('TYPE')?.value ?? null,
      clusterAddresses: addressesOf(cells.get('CLUSTER-IP')),
      externalAddresses: addressesOf(cells.get('EXTERNAL-IP')),
      ports: portsOf(cells.get('PORT(S)')),
      selector: labelsOf(cells.get('SELECTOR')),
    };
  if (cells.has('ENDPOINTS')) {
    const service = cells.has('ADDRESSTYPE') ? named.name.replace(/-[a-z0-9]{5}$/, '') : named.name;
    return { kind: 'endpoints', ...named, service, endpoints: endpointsOf(cells) };
  }
  if (cells.has('INTERNAL-IP'))
    return { kind: 'node', ...named, addresses: addressesOf(cells.get('INTERNAL-IP')) };
  const address = POD_ADDRESS.map((title) => cells.get(title)).find((cell) => cell !== undefined);
  if (!address && !(cells.has('READY') && cells.has('RESTARTS'))) return null;
  const node = cells.get('NODE')?.value;
  return {
    kind: 'workload',
    type: 'Pod',
    ...named,
    labels: labelsOf(cells.get('LABELS')),
    annotations: {},
    containers: [],
    addresses: addressesOf(address),
    nodeName: node === undefined || node === '<none>' ? null : node,
    nodeAddress: null,
    init: null,
  };
}

/** The resources of a table; `namespace` is the command's, for tables without that column. */
export function readKubeTable(source: Source, within: Span, namespace: string | null): KubeResource[] {
  const [header, ...rows] = linesOf(source, within);
  const titles = header ? titlesOf(textAt(source, header)) : [];
  return rows.flatMap((line) => {
    const cells: Cells = new Map(
      cellsOf(textAt(source, line), line.from).flatMap(({ text, span }, i) => {
        const title = titles[i];
        return title === undefined ? [] : [[title, told(text, span)]];
      }),
    );
    const name = cells.get('NAME') ?? cells.get('POD');
    if (!name || !isRow(titles, textAt(source, line))) return [];
    const own = cells.get('NAMESPACE')?.value ?? namespace;
    return resourceOf({ cells, name: name.value, namespace: own, span: line }) ?? [];
  });
}

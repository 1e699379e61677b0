// The arguments of the istio-init container, as a command line, a JSON or YAML list or `kubectl describe` shows them,
// and the environment beside them -> what each says. Flags: istio tools/istio-iptables/pkg/cmd/root.go; values keep
// istio's own notation.
import { diagnostic, type Diagnostic, type Parsed } from '../../base/diagnostic.ts';
import type { Source, Span } from '../../base/source.ts';
import { environmentNear } from './init-environment.ts';
import { initWords, longFlag } from './init-words.ts';

/** Each as it was written; `*` means all, nothing means none. */
export interface InitArguments {
  /** The 11 of Istio 1.11, from the proxy image nearby; null when the paste does not tell. */
  readonly minor: number | null;
  readonly envoyPort: string;
  readonly inboundPort: string;
  readonly tunnelPort: string;
  readonly uids: readonly string[];
  readonly gids: readonly string[];
  readonly mode: string;
  readonly inboundPorts: readonly string[];
  readonly excludedInboundPorts: readonly string[];
  readonly excludedInterfaces: readonly string[];
  /** Interfaces of virtual machines: what comes in by them is caught as outbound. */
  readonly virtualInterfaces: readonly string[];
  readonly ranges: readonly string[];
  readonly excludedRanges: readonly string[];
  readonly outboundPorts: readonly string[];
  readonly excludedOutboundPorts: readonly string[];
  /** Groups whose traffic is caught; `*` is every one but the excluded. */
  readonly ownerGroups: readonly string[];
  readonly excludedOwnerGroups: readonly string[];
  readonly mark: string;
  /** The routing table of marked packets. */
  readonly routeTable: string;
  readonly dns: DnsCapture | null;
  readonly dropInvalid: boolean;
  /** Rules of nft instead of iptables. */
  readonly nativeNftables: boolean;
  /** What counts as this host in IPv4. */
  readonly loopbackRange: string;
}

/** Which queries go to the agent: all, or those to the servers of the container's resolv.conf. */
export interface DnsCapture {
  readonly all: boolean;
  /** Null when the paste does not show resolv.conf. */
  readonly servers: readonly string[] | null;
}

/** The versions whose rules are known. */
export const KNOWN_MINORS = { first: 1, last: 30 } as const;

function isKnownVersion(minor: number | null): boolean {
  return minor === null || (minor >= KNOWN_MINORS.first && minor <= KNOWN_MINORS.last);
}

/** Whether the rules of these arguments can be told: not for every version that captures DNS or writes nftables. */
export function knowsInit({ minor, dns, nativeNftables }: InitArguments): boolean {
  if (minor === null || !isKnownVersion(minor)) return minor === null;
  // in 1.6 and 1.7 Envoy answered DNS; in 1.23 and 1.24 the rules were on their way to a chain of their own
  const knowsDns = minor >= 8 && minor !== 23 && minor !== 24;
  return (dns === null || knowsDns) && (!nativeNftables || minor >= 27);
}

/** A prompt, a path, the dash of a list, `args: [`, `NAME=value`: what may stand before the name, and prose may not. */
const BEFORE =
  /^\s*(?:\S*[$#>]\s+)?(?:sudo\s+)?(?:[A-Z_]+=\S*\s+)*(?:-\s+)*(?:["']?(?:args|command)["']?:\s*)?\[?\s*["']?(?:(?:\S*\/)?pilot-agent["']?,?\s+["']?)?(?:[\w./-]*\/)?istio-iptables\b/;
const ITEM = /^\s*(?:-\s+)?(?:"[^"]*"|'[^']*'|[^\s:{}[\]"']*)[\s,\]}]*$/;
const IMAGE = /\b(?:proxyv2|proxy_init|proxyv2-\w+):v?1\.(\d+)/g;
/** Characters around the arguments in which the image's tag and the environment count as theirs. */
const NEARBY = 4000;

/** Whether a line names the program with its arguments, or as the first item of a list of them. */
export function startsInit(line: string): boolean {
  return BEFORE.test(line) && (/istio-iptables(?:\.sh)?["']?\s*(?:,|--?\w)/.test(line) || ITEM.test(line));
}

/** A test for the lines below `first`: the items of the same list, or a command that goes on behind a backslash. */
export function initLines(first: string): (line: string) => boolean {
  let continued = first.trimEnd().endsWith('\\');
  const isList = !/istio-iptables(?:\.sh)?["']?,?\s*["']?--?\w/.test(first);
  return (line) => {
    const belongs = continued || (isList && ITEM.test(line));
    continued = line.trimEnd().endsWith('\\');
    return belongs;
  };
}

/** Reads the arguments behind the program's name. Never throws; a version whose rules are not known is reported. */
export function parseInit(source: Source, span: Span): Parsed<InitArguments> {
  const text = source.text.slice(span.from, span.to);
  const options = optionsOf(initWords(text).map((word) => word.text));
  const near = { from: Math.max(0, span.from - NEARBY), to: span.to + NEARBY };
  const nearby = source.text.slice(near.from, near.to);
  const minor = minorNear(nearby, { from: span.from - near.from, to: span.to - near.from });
  const value = argumentsOf(new Map([...environmentNear(nearby), ...options]), minor);
  return { value, diagnostics: remarks(value, span) };
}

function remarks(asked: InitArguments, span: Span): Diagnostic[] {
  const { minor, dns } = asked;
  const version = `1.${minor ?? KNOWN_MINORS.last}`;
  const found: Diagnostic[] = [];
  if (!isKnownVersion(minor)) {
    const range = { first: `1.${KNOWN_MINORS.first}`, last: `1.${KNOWN_MINORS.last}` };
    found.push(diagnostic('warning', 'istio-init.version', span, { version, ...range }));
  } else if (!knowsInit(asked))
    found.push(diagnostic('warning', 'istio-init.combination', span, { version }));
  if (dns && !dns.all && dns.servers === null) found.push(diagnostic('info', 'istio-init.resolv-conf', span));
  return found;
}

function argumentsOf(options: ReadonlyMap<string, string>, minor: number | null): InitArguments {
  const old = (last: number) => minor !== null && minor <= last;
  const one = (name: string, fallback: string) => options.get(name) || fallback;
  const list = (name: string) => (options.get(name) ?? '').split(',').filter((item) => item !== '');
  const envoyPort = one('--envoy-port', '15001');
  const uids = one('--proxy-uid', old(7) ? '1337,0' : '1337').split(',');
  const ownerGroups = list('--outbound-owner-groups');
  return {
    minor,
    envoyPort,
    inboundPort: one('--inbound-capture-port', old(4) ? envoyPort : '15006'),
    tunnelPort: one('--inbound-tunnel-port', '15008'),
    uids,
    gids: options.get('--proxy-gid') ? list('--proxy-gid') : uids,
    mode: one('--istio-inbound-interception-mode', 'REDIRECT'),
    inboundPorts: list('--istio-inbound-ports'),
    excludedInboundPorts: list('--istio-local-exclude-ports'),
    excludedInterfaces: list('--istio-exclude-interfaces'),
    virtualInterfaces: list('--kube-virt-interfaces'),
    ranges: list('--istio-service-cidr'),
    excludedRanges: list('--istio-service-exclude-cidr'),
    outboundPorts: list('--istio-outbound-ports'),
    excludedOutboundPorts: list('--istio-local-outbound-ports-exclude'),
    ownerGroups: ownerGroups.length > 0 ? ownerGroups : ['*'],
    excludedOwnerGroups: list('--outbound-owner-groups-exclude'),
    mark: one('--istio-inbound-tproxy-mark', '1337'),
    routeTable: one('--istio-inbound-tproxy-route-table', '133'),
    dns: dnsOf(options),
    dropInvalid: isSet(options, '--drop-invalid'),
    nativeNftables: isSet(options, '--native-nftables'),
    loopbackRange: one('--outbound-ipv4-loopback-cidr', '127.0.0.1/32'),
  };
}

/** Go's flag alone is true; `=false` and the like are not. */
function isSet(options: ReadonlyMap<string, string>, name: string): boolean {
  const value = options.get(name);
  return value !== undefined && !/^(?:false|f|0)$/i.test(value);
}

function dnsOf(options: ReadonlyMap<string, string>): DnsCapture | null {
  if (!isSet(options, '--redirect-dns')) return null;
  const servers = options.get('nameserver');
  return {
    all: isSet(options, '--capture-all-dns'),
    servers: servers === undefined ? null : servers.split(','),
  };
}

/** `-p 15001`, `--envoy-port=15001`, and flags alone. A list without quotes loses its commas: they are put back. */
function optionsOf(words: readonly string[]): Map<string, string> {
  const options = new Map<string, string>();
  let open: string | null = null;
  for (const word of words) {
    if (/^--?[a-z]/.test(word)) {
      const [name = '', value = ''] = word.split('=', 2);
      open = longFlag(name);
      options.set(open, value);
    } else if (open !== null) {
      const known = options.get(open) ?? '';
      options.set(open, known === '' ? word : `${known},${word}`);
    }
  }
  return options;
}

/** The minor version in the tag of the nearest proxy image. */
function minorNear(text: string, span: Span): number | null {
  let nearest: { distance: number; minor: number } | null = null;
  for (const match of text.matchAll(IMAGE)) {
    const distance = match.index < span.from ? span.from - match.index : match.index - span.to;
    if (!nearest || distance < nearest.distance) nearest = { distance, minor: Number(match[1]) };
  }
  return nearest?.minor ?? null;
}

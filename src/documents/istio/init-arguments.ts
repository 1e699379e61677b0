// The arguments of the istio-init container, as a command line, a JSON or YAML list or `kubectl describe` shows them
// -> what each says. Flags: istio tools/istio-iptables/pkg/cmd/root.go; their values keep istio's own notation.
import { diagnostic, type Diagnostic, type Parsed } from '../../base/diagnostic.ts';
import type { Source, Span } from '../../base/source.ts';

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
  readonly ranges: readonly string[];
  readonly excludedRanges: readonly string[];
  readonly outboundPorts: readonly string[];
  readonly excludedOutboundPorts: readonly string[];
  readonly mark: string;
  /** Flags that change rules in ways that are not followed. */
  readonly unfollowed: readonly string[];
}

/** Long names by their short ones. */
const SHORT: Readonly<Record<string, string>> = {
  '-p': '--envoy-port',
  '-z': '--inbound-capture-port',
  '-e': '--inbound-tunnel-port',
  '-u': '--proxy-uid',
  '-g': '--proxy-gid',
  '-m': '--istio-inbound-interception-mode',
  '-b': '--istio-inbound-ports',
  '-d': '--istio-local-exclude-ports',
  '-c': '--istio-exclude-interfaces',
  '-i': '--istio-service-cidr',
  '-x': '--istio-service-exclude-cidr',
  '-q': '--istio-outbound-ports',
  '-o': '--istio-local-outbound-ports-exclude',
  '-k': '--kube-virt-interfaces',
  '-t': '--istio-inbound-tproxy-mark',
  '-r': '--istio-inbound-tproxy-route-table',
  '-w': '--wait',
};

const UNFOLLOWED: ReadonlySet<string> = new Set([
  '--kube-virt-interfaces',
  '--redirect-dns',
  '--capture-all-dns',
  '--drop-invalid',
  '--native-nftables',
]);

const NAME = /istio-iptables["']?/;
/** A prompt, a path, the dash of a list, `args: [`: what may stand before the name, and prose may not. */
const BEFORE =
  /^\s*(?:\S*[$#>]\s+)?(?:-\s+)*(?:["']?(?:args|command)["']?:\s*)?\[?\s*["']?(?:(?:\S*\/)?pilot-agent["']?,?\s+["']?)?(?:[\w./-]*\/)?istio-iptables\b/;
const ITEM = /^\s*(?:-\s+)?(?:"[^"]*"|'[^']*'|[^\s:{}[\],"']*)\s*,?\s*\]?\s*[,}]*\s*$/;
const IMAGE = /\bproxyv2:1\.(\d+)/g;
/** Characters around the arguments in which the image's tag counts as near. */
const NEARBY = 4000;

/** Whether a line names the program with its arguments, or as the first item of a list of them. */
export function startsInit(line: string): boolean {
  return BEFORE.test(line) && (/istio-iptables["']?\s*(?:,|\s-\w|-\w)/.test(line) || ITEM.test(line));
}

/** A test for the lines below `first`: the items of the same list, or a command that goes on behind a backslash. */
export function initLines(first: string): (line: string) => boolean {
  let continued = first.trimEnd().endsWith('\\');
  const isList = !/istio-iptables["']?,?\s*["']?-\w/.test(first);
  return (line) => {
    const belongs = continued || (isList && ITEM.test(line));
    continued = line.trimEnd().endsWith('\\');
    return belongs;
  };
}

/** Reads the arguments behind the program's name. Never throws; a flag that is not followed is reported. */
export function parseInit(source: Source, span: Span): Parsed<InitArguments> {
  const text = source.text.slice(span.from, span.to);
  const name = NAME.exec(text);
  const options = optionsOf(wordsOf(text.slice((name?.index ?? 0) + (name?.[0].length ?? 0))));
  const unfollowed = [...options].flatMap(([name, value]) =>
    UNFOLLOWED.has(name) && value !== 'false' ? [name] : [],
  );
  const diagnostics: Diagnostic[] = unfollowed.map((flag) =>
    diagnostic('warning', 'istio-init.flag', span, { flag }),
  );
  return { value: argumentsOf(options, minorNear(source, span), unfollowed), diagnostics };
}

function argumentsOf(
  options: ReadonlyMap<string, string>,
  minor: number | null,
  unfollowed: readonly string[],
): InitArguments {
  const one = (name: string, fallback: string) => options.get(name) || fallback;
  const list = (name: string) => (options.get(name) ?? '').split(',').filter((item) => item !== '');
  const uids = one('--proxy-uid', '1337').split(',');
  return {
    minor,
    envoyPort: one('--envoy-port', '15001'),
    inboundPort: one('--inbound-capture-port', '15006'),
    tunnelPort: one('--inbound-tunnel-port', '15008'),
    uids,
    gids: options.get('--proxy-gid') ? list('--proxy-gid') : uids,
    mode: one('--istio-inbound-interception-mode', 'REDIRECT'),
    inboundPorts: list('--istio-inbound-ports'),
    excludedInboundPorts: list('--istio-local-exclude-ports'),
    excludedInterfaces: list('--istio-exclude-interfaces'),
    ranges: list('--istio-service-cidr'),
    excludedRanges: list('--istio-service-exclude-cidr'),
    outboundPorts: list('--istio-outbound-ports'),
    excludedOutboundPorts: list('--istio-local-outbound-ports-exclude'),
    mark: one('--istio-inbound-tproxy-mark', '1337'),
    unfollowed,
  };
}

/** The items of any of the notations, without quotes, dashes of lists, commas and brackets. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [, double, single, bare] of text.matchAll(/"([^"]*)"|'([^']*)'|([^\s,"'[\]{}\\]+)/g)) {
    const word = double ?? single ?? bare ?? '';
    if (bare === undefined || word !== '-') words.push(word);
  }
  return words;
}

/** `-p 15001`, `--envoy-port=15001`, and flags alone. A list without quotes loses its commas: they are put back. */
function optionsOf(words: readonly string[]): Map<string, string> {
  const options = new Map<string, string>();
  let open: string | null = null;
  for (const word of words) {
    if (/^--?[a-z]/.test(word)) {
      const [name = '', value = ''] = word.split('=', 2);
      open = Object.hasOwn(SHORT, name) ? (SHORT[name] ?? name) : name;
      options.set(open, value);
    } else if (open !== null) {
      const known = options.get(open) ?? '';
      options.set(open, known === '' ? word : `${known},${word}`);
    }
  }
  return options;
}

/** The minor version in the tag of the nearest proxy image. */
function minorNear({ text }: Source, span: Span): number | null {
  const from = Math.max(0, span.from - NEARBY);
  let nearest: { distance: number; minor: number } | null = null;
  for (const match of text.slice(from, span.to + NEARBY).matchAll(IMAGE)) {
    const at = from + match.index;
    const distance = at < span.from ? span.from - at : at - span.to;
    if (!nearest || distance < nearest.distance) nearest = { distance, minor: Number(match[1]) };
  }
  return nearest?.minor ?? null;
}

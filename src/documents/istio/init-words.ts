// The words of istio-init's arguments, whichever notation they are written in, and where each stands.
// Flags: istio tools/istio-iptables/pkg/cmd/root.go

export interface InitWord {
  readonly text: string;
  /** Offsets into the text, with the quotes. */
  readonly from: number;
  readonly to: number;
  readonly quote: '' | '"' | "'";
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

const NAME = /istio-iptables(?:\.sh)?["']?/;

export function longFlag(name: string): string {
  return Object.hasOwn(SHORT, name) ? (SHORT[name] ?? name) : name;
}

/** What stands behind the program's name, without quotes, dashes of lists, commas and brackets. */
export function initWords(text: string): InitWord[] {
  const name = NAME.exec(text);
  const start = (name?.index ?? 0) + (name?.[0].length ?? 0);
  const words: InitWord[] = [];
  for (const match of text.slice(start).matchAll(/"([^"]*)"|'([^']*)'|([^\s,"'[\]{}\\]+)/g)) {
    const [whole, double, single, bare] = match;
    const from = start + match.index;
    const quote = double === undefined ? (single === undefined ? '' : "'") : '"';
    const word = { text: double ?? single ?? bare ?? '', from, to: from + whole.length, quote } as const;
    if (bare === undefined || word.text !== '-') words.push(word);
  }
  return words;
}

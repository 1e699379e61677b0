// A command line -> the pod it speaks of. `kubectl exec -n foo httpbin-6565f59ff8-plnn7 -c istio-proxy -- …`,
// `istioctl pc listener httpbin-6565f59ff8-plnn7.foo`, `kubectl logs -l app=httpbin`, a prompt that names the host.

/** By name, by what makes it, by labels, by address, or by the id of a process or container on its node. */
export type PodReference =
  | { readonly kind: 'pod'; readonly name: string; readonly namespace: string | null }
  | { readonly kind: 'workload'; readonly name: string; readonly namespace: string | null }
  | {
      readonly kind: 'labels';
      readonly labels: Readonly<Record<string, string>>;
      readonly namespace: string | null;
    }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'process'; readonly id: string }
  | { readonly kind: 'container'; readonly id: string };

/** A command before its pipe and before what it runs elsewhere, as words. */
interface Words {
  readonly tool: string;
  readonly positional: readonly string[];
  readonly options: ReadonlyMap<string, string>;
}

/** Options of kubectl, istioctl, docker and nsenter that the next word belongs to. */
const VALUED =
  /^-(?:[nclofpt]|-(?:namespace|container|selector|output|context|kubeconfig|cluster|tail|since|image|target|type|patch|field-selector|port|address|fqdn|name|direction|subset|istioNamespace|format|file))$/;

const TOOL = /^(?:\S*\/)?(kubectl|k|oc|kc|istioctl|docker|podman|nerdctl|crictl|nsenter|curl)(?:\.exe)?$/;

function wordsOf(command: string): Words | null {
  const all = (command.match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? []).map((word) =>
    word.replace(/^["']|["']$/g, ''),
  );
  const start = all.findIndex((word) => TOOL.test(word));
  const tool = TOOL.exec(all[start] ?? '')?.[1];
  if (tool === undefined) return null;
  const positional: string[] = [];
  const options = new Map<string, string>();
  for (let i = start + 1; i < all.length; i += 1) {
    const word = all[i] ?? '';
    if (word === '--' || word === '|' || word === '>' || word === '&&') break;
    const [name = '', value] = word.startsWith('--') ? word.split('=', 2) : [word];
    if (!word.startsWith('-')) positional.push(word);
    else {
      const own = value === undefined && VALUED.test(word) ? (all[++i] ?? '') : (value ?? '');
      // What follows is another tool's: `nsenter -t 4711 -n iptables -t nat`.
      if (!options.has(name)) options.set(name, own);
    }
  }
  return { tool, positional, options };
}

const WORKLOAD =
  /^(?:deploy(?:ments?)?|deployment\.apps|sts|statefulsets?|ds|daemonsets?|rs|replicasets?|svc|services?)(?:\.apps)?\/(.+)$/;

function named(text: string | undefined, namespace: string | null): PodReference | null {
  if (text === undefined || !/^(?:[a-z]+\/)?[a-z0-9][a-z0-9.-]*$/.test(text)) return null;
  const workload = WORKLOAD.exec(text)?.[1];
  const [name = '', own = null] = (workload ?? text.replace(/^(?:pods?|po)\//, '')).split('.', 2);
  return { kind: workload === undefined ? 'pod' : 'workload', name, namespace: own ?? namespace };
}

function labelsOf(selector: string): Record<string, string> {
  const pairs = selector.split(',').map((pair) => pair.split(/==?/, 2));
  return Object.fromEntries(
    pairs.flatMap(([key = '', value]) => (value === undefined ? [] : [[key, value]])),
  );
}

function byKubectl(
  { positional: [verb = '', ...rest], options }: Words,
  namespace: string | null,
): PodReference | null {
  const selector = options.get('-l') ?? options.get('--selector');
  const [first, second] = rest;
  switch (verb) {
    case 'exec':
    case 'logs':
    case 'log':
    case 'debug':
    case 'attach':
    case 'port-forward':
      if (first !== undefined) return named(first, namespace);
      return selector === undefined ? null : { kind: 'labels', labels: labelsOf(selector), namespace };
    case 'get':
    case 'describe':
      return /^(?:po|pods?)$/.test(first ?? '') && second !== undefined ? named(second, namespace) : null;
    default:
      return null;
  }
}

function byIstioctl({ positional }: Words, namespace: string | null): PodReference | null {
  const [verb, ...rest] = positional.filter((word) => word !== 'x' && word !== 'experimental');
  if (verb === 'proxy-config' || verb === 'pc') return named(rest[1], namespace);
  if (verb === 'proxy-status' || verb === 'ps') return named(rest[0], namespace);
  return verb === 'describe' ? named(rest[1], namespace) : null;
}

/** The pod that a command's words name; null when they name none. */
export function referenceOf(command: string): PodReference | null {
  const words = wordsOf(command);
  if (!words) return null;
  const { tool, positional, options } = words;
  const namespace = options.get('-n') ?? options.get('--namespace') ?? null;
  switch (tool) {
    case 'istioctl':
      return byIstioctl(words, namespace);
    case 'nsenter': {
      const id = options.get('-t') ?? options.get('--target') ?? /-t(\d+)/.exec(command)?.[1];
      return id === undefined ? null : { kind: 'process', id };
    }
    case 'docker':
    case 'podman':
    case 'nerdctl':
    case 'crictl': {
      const id = positional.find((word) => /^[0-9a-f]{10,64}$/.test(word));
      return id === undefined ? null : { kind: 'container', id };
    }
    case 'curl': {
      const address = positional
        .map((word) => /^(?:https?:\/\/)?((?:\d+\.){3}\d+)(?::150\d\d)/.exec(word)?.[1])
        .find(Boolean);
      return address === undefined ? null : { kind: 'address', address };
    }
    default:
      return byKubectl(words, namespace);
  }
}

/** Suffixes that Kubernetes gives the pods of a ReplicaSet: its alphabet has no vowels, so that no words come out. */
const POD_NAME = /^(.+)-[bcdf-hj-np-tv-z0-9]{6,10}-[bcdf-hj-np-tv-z0-9]{5}$/;

/** `httpbin` of `httpbin-6565f59ff8-plnn7`; the name itself when it has no such suffix. */
export function workloadNameOf(pod: string): string {
  return POD_NAME.exec(pod)?.[1] ?? /^(.+)-\d{1,3}$/.exec(pod)?.[1] ?? pod;
}

/** The alphabet of the suffixes that Kubernetes makes up (k8s.io/apimachinery/pkg/util/rand). */
const OF_A_DAEMON_SET = /^(.+)-[bcdf-hj-np-tv-xz24-9]{5}$/;

export interface Controller {
  readonly kind: 'deployment' | 'statefulset' | 'daemonset';
  readonly name: string;
}

/** What makes a pod, by the form of its name; null when the name has no such form. */
export function controllerOf(pod: string): Controller | null {
  const forms = [
    ['deployment', POD_NAME],
    ['statefulset', /^(.+)-\d{1,3}$/],
    ['daemonset', OF_A_DAEMON_SET],
  ] as const;
  for (const [kind, form] of forms) {
    const name = form.exec(pod)?.[1];
    if (name !== undefined) return { kind, name };
  }
  return null;
}

/** The host that a prompt names: `root@httpbin-6565f59ff8-plnn7:/#`. */
export function hostOfPrompt(prompt: string | null): string | null {
  return /[\w.-]+@([\w.-]+)/.exec(prompt ?? '')?.[1] ?? null;
}

/** Whether a name can only be a pod's: it ends as those that a ReplicaSet makes. */
export function isPodName(name: string): boolean {
  return POD_NAME.test(name);
}

/** Whether a command leaves a person in a shell inside what it speaks of. */
export function opensShell(command: string): boolean {
  if (/\bnsenter\b/.test(command))
    return !/\b(?:iptables|ip6tables|nft|ip|ss|netstat|curl|conntrack|tcpdump)\b/.test(command);
  return /\b(?:exec|debug)\b/.test(command) && /(?:^|[\s/])(?:ba|z|a)?sh\s*$/.test(command);
}

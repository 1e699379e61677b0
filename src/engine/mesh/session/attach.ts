// The documents of a paste -> the pods they belong to, by evidence: names in commands, prompts and bootstraps, shells
// that were opened, processes and containers that were looked up, addresses. What nothing tells stays unattached.
import type { IpAddress } from '../../../base/ip.ts';
import { textAt, type Source } from '../../../base/source.ts';
import type { Command } from '../../../documents/command.ts';
import type { Document } from '../../../documents/document.ts';
import { ownAddressIn } from './own-address.ts';
import { nodeIdIn, PodRegistry, type KnownPod } from './known-pods.ts';
import { hostOfPrompt, isPodName, opensShell, referenceOf, type PodReference } from './reference.ts';

/** A pod that a paste speaks of; several pods of one workload are one, as long as nothing else tells them apart. */
export interface AttachedPod {
  /** What makes it, or its own name: `httpbin`. */
  readonly name: string;
  readonly namespace: string | null;
  /** The pods' own names, in the order in which the paste speaks of them: `httpbin-6565f59ff8-plnn7`. */
  readonly instances: readonly string[];
  readonly addresses: readonly IpAddress[];
  readonly documents: readonly Document[];
}

export interface Attachment {
  readonly pods: readonly AttachedPod[];
  /** Documents of a pod that nothing says whose they are. Prose and objects of the whole mesh are not among them. */
  readonly unattached: readonly Document[];
}

/** Kinds that are always of one pod. */
const OF_A_POD: ReadonlySet<Document['content']['kind']> = new Set([
  ...([
    'ruleset',
    'proxy-config',
    'access-log',
    'istio-init',
    'routing-policy',
    'routes',
    'interfaces',
  ] as const),
  ...([
    'sockets',
    'conntrack',
    'kernel-trace',
    'packet-capture',
    'metrics',
    'server-log',
    'ipsets',
    'settings',
  ] as const),
]);

/** Whether a document is of one pod; an EnvoyFilter is of the mesh. */
function isOfAPod({ kind, content }: Document): boolean {
  return kind !== 'envoy-filter' && OF_A_POD.has(content.kind);
}

/** The way through the commands of a session. */
class Session {
  readonly pods = new PodRegistry();
  /** Containers and processes that were looked up, by their ids. */
  private readonly containers: { readonly id: string; readonly pod: KnownPod }[] = [];
  private readonly processes = new Map<string, KnownPod>();
  private shell: { readonly pod: KnownPod | null; readonly prompt: string | null } | null = null;
  private readonly source: Source;

  constructor(source: Source) {
    this.source = source;
  }

  /** The pod that a command is of; null when nothing tells. */
  enter(command: Command): KnownPod | null {
    const named = hostOfPrompt(command.prompt);
    const host = named !== null && (isPodName(named) || this.pods.lists(named)) ? named : null;
    const reference = referenceOf(command.text);
    const pod = reference && this.resolve(reference);
    const own = pod ?? (host === null ? null : this.pods.pod(host, null));
    if (opensShell(command.text)) this.shell = { pod: own, prompt: command.prompt };
    else if (/^(?:exit|logout)\b/.test(command.text) || (reference !== null && !host)) this.shell = null;
    return own ?? (reference === null ? (this.shell?.pod ?? null) : null);
  }

  private resolve(reference: PodReference): KnownPod | null {
    if (reference.kind === 'process') return this.processes.get(reference.id) ?? null;
    if (reference.kind === 'container')
      return this.containers.find(({ id }) => id.startsWith(reference.id))?.pod ?? null;
    return this.pods.find(reference);
  }

  /** What a command printed may name containers of its pod, or the process of a container. */
  learn(document: Document, pod: KnownPod | null, command: string): void {
    if (!pod) return;
    const text = textAt(this.source, document.span);
    for (const [, id = ''] of text.matchAll(/(?:docker|containerd|cri-o):\/\/([0-9a-f]{12,64})/g))
      this.containers.push({ id, pod });
    const pid = /^\s*(\d+)\s*$/.exec(text)?.[1] ?? /"pid":\s*(\d+)/i.exec(text)?.[1];
    if (pid !== undefined && /\binspectp?\b/.test(command)) this.processes.set(pid, pod);
  }
}

function describe(session: Session, source: Source, documents: readonly Document[]): void {
  for (const document of documents) {
    const id = nodeIdIn(source, document);
    if (id) session.pods.pod(id.pod, id.namespace);
    if (document.content.kind !== 'kube') continue;
    for (const resource of document.content.resources)
      if (resource.kind === 'workload') session.pods.workload(resource);
  }
}

/** By the command that printed it, by the node id it holds, by what it shows of the pod's own address. */
function ownersOf(
  session: Session,
  source: Source,
  documents: readonly Document[],
  commands: readonly Command[],
) {
  const byCommand = new Map<number, KnownPod | null>();
  const owners = new Map<Document, KnownPod>();
  const texts = new Map(commands.map((command) => [command.span.from, command.text]));
  const events = [
    ...commands.map((command) => ({
      at: command.span.from,
      run: () => void byCommand.set(command.span.from, session.enter(command)),
    })),
    ...documents.map((document) => ({
      at: document.span.from,
      run: () => {
        const from = document.command?.from ?? -1;
        const id = nodeIdIn(source, document);
        const pod = id ? session.pods.pod(id.pod, id.namespace) : (byCommand.get(from) ?? null);
        session.learn(document, pod, texts.get(from) ?? '');
        if (pod && isOfAPod(document)) owners.set(document, pod);
      },
    })),
  ].toSorted((a, b) => a.at - b.at);
  for (const { run } of events) run();
  for (const document of documents) {
    const address = owners.has(document) ? null : ownAddressIn(document);
    const pod = address && session.pods.find({ kind: 'address', address: address.text });
    if (pod) owners.set(document, pod);
  }
  return owners;
}

/** What a pod goes by, once all of the paste was heard. */
function keyOf({ namespace, workload }: KnownPod): string {
  return `${namespace ?? '*'}/${workload}`;
}

/** Sorts a paste. `commands` are all its command lines, those too that printed nothing that is known. */
export function attach(
  source: Source,
  documents: readonly Document[],
  commands: readonly Command[],
): Attachment {
  const session = new Session(source);
  describe(session, source, documents);
  const owners = ownersOf(session, source, documents, commands);
  const owned = new Map<string, Document[]>();
  for (const [document, owner] of owners) {
    const held = owned.get(keyOf(owner));
    if (held) held.push(document);
    else owned.set(keyOf(owner), [document]);
  }
  const pods = session.pods.all().map((pod) => ({
    name: pod.workload,
    namespace: pod.namespace,
    instances: pod.instances,
    addresses: pod.addresses,
    documents: (owned.get(keyOf(pod)) ?? []).toSorted((a, b) => a.span.from - b.span.from),
  }));
  const unattached = documents.filter((document) => isOfAPod(document) && !owners.has(document));
  return { pods, unattached };
}

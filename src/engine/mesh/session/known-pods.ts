// What a paste tells of pods by name: tables and objects of Kubernetes, and the node id in a bootstrap -> who is who.
import type { IpAddress } from '../../../base/ip.ts';
import { textAt, type Source } from '../../../base/source.ts';
import type { Document } from '../../../documents/document.ts';
import type { Workload } from '../../../documents/kube/resource.ts';
import { workloadNameOf, type PodReference } from './reference.ts';

/** Everything in the paste that goes by one name: a Deployment and its pods, one pod alone. */
export interface KnownPod {
  /** What makes it, or its own name when nothing does. */
  readonly workload: string;
  readonly namespace: string | null;
  /** Names of pods, in the order in which the paste speaks of them. */
  readonly instances: readonly string[];
  readonly addresses: readonly IpAddress[];
  readonly labels: Readonly<Record<string, string>>;
}

interface Building {
  workload: string;
  namespace: string | null;
  instances: string[];
  addresses: IpAddress[];
  labels: Record<string, string>;
}

/** `sidecar~10.20.0.77~simple-server-86b499d4dd-zd4pl.demo-to~demo-to.svc.cluster.local` */
const NODE_ID = /"?id"?:\s*"?(?:sidecar|router|waypoint|ztunnel)~([0-9a-f.:]+)~([^~.\s]+)\.([^~\s]+)~/;

/** Where a node id can stand in a dump: its bootstrap comes first. */
const NODE_ID_WITHIN = 200_000;

export interface NodeId {
  readonly address: string;
  readonly pod: string;
  readonly namespace: string;
}

/** The pod that a dump says it is of. */
export function nodeIdIn(source: Source, { kind, span }: Document): NodeId | null {
  if (kind !== 'envoy-config') return null;
  const found = NODE_ID.exec(
    textAt(source, { from: span.from, to: Math.min(span.to, span.from + NODE_ID_WITHIN) }),
  );
  const [, address, pod, namespace] = found ?? [];
  return address && pod && namespace ? { address, pod, namespace } : null;
}

/** A registry of who was spoken of; namespaces that are not told match any. */
export class PodRegistry {
  private readonly known: Building[] = [];
  private readonly byWorkload = new Map<string, Building[]>();
  private readonly byAddress = new Map<string, Building[]>();
  /** Names of pods, each with the workloads it was spoken of for. */
  private readonly instances = new Map<string, Set<Building>>();

  all(): readonly KnownPod[] {
    return this.known;
  }

  private entry(workload: string, namespace: string | null): Building {
    const found = this.byWorkload
      .get(workload)
      ?.find((each) => each.namespace === namespace || each.namespace === null || namespace === null);
    if (found) {
      found.namespace ??= namespace;
      return found;
    }
    const fresh: Building = { workload, namespace, instances: [], addresses: [], labels: {} };
    this.known.push(fresh);
    file(this.byWorkload, workload, fresh);
    return fresh;
  }

  /** A pod that is spoken of by its own name. */
  pod(name: string, namespace: string | null): KnownPod {
    const entry = this.entry(workloadNameOf(name), namespace);
    const named = this.instances.get(name) ?? new Set();
    this.instances.set(name, named);
    if (!named.has(entry)) entry.instances.push(name);
    named.add(entry);
    return entry;
  }

  /** Whether the paste lists a pod of that name. */
  lists(name: string): boolean {
    return this.instances.has(name);
  }

  workload({ type, name, namespace, addresses, labels }: Workload): void {
    if (name === '' || type === 'Container') return;
    const isPod = type === 'Pod';
    if (isPod) this.pod(name, namespace);
    const entry = this.entry(isPod ? workloadNameOf(name) : name, namespace);
    Object.assign(entry.labels, labels);
    for (const { value } of addresses) {
      if (this.byAddress.get(value.text)?.includes(entry)) continue;
      entry.addresses.push(value);
      file(this.byAddress, value.text, entry);
    }
  }

  /** Who is meant; null when nobody, or more than one, could be. */
  find(reference: PodReference): KnownPod | null {
    switch (reference.kind) {
      case 'pod':
        return this.pod(reference.name, reference.namespace);
      case 'workload':
        return this.entry(reference.name, reference.namespace);
      case 'labels':
        return onlyOne(
          this.known.filter(
            ({ labels, namespace }) =>
              Object.entries(reference.labels).every(([key, value]) => labels[key] === value) &&
              (namespace === null || reference.namespace === null || namespace === reference.namespace),
          ),
        );
      case 'address':
        return onlyOne(this.byAddress.get(reference.address) ?? []);
      case 'process':
      case 'container':
        return null;
    }
  }
}

function file(shelf: Map<string, Building[]>, key: string, entry: Building): void {
  const held = shelf.get(key);
  if (held) held.push(entry);
  else shelf.set(key, [entry]);
}

function onlyOne(found: readonly Building[]): KnownPod | null {
  const [first, ...others] = found;
  return others.length === 0 ? (first ?? null) : null;
}

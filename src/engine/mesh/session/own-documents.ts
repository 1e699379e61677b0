// A paste that speaks of several pods -> the documents of the one that it was pasted for.
import type { Document } from '../../../documents/document.ts';
import type { AttachedPod, Attachment } from './attach.ts';

export interface OwnDocuments {
  /** The pod of the paste that is meant; null when the paste speaks of none. */
  readonly pod: AttachedPod | null;
  /** Without those that are another pod's: their own, those of nobody, and objects of the whole mesh. */
  readonly documents: readonly Document[];
}

/** What the walk follows: a pod whose rules and configuration are here is the one that people ask about. */
const WEIGHT: Partial<Readonly<Record<Document['content']['kind'], number>>> = {
  ruleset: 3,
  'istio-init': 3,
  'proxy-config': 3,
  'access-log': 2,
  'server-log': 2,
};

function weightOf({ documents }: AttachedPod): number {
  return documents.reduce((sum, { content }) => sum + (WEIGHT[content.kind] ?? 1), 0);
}

/** By its name or that of one of its pods, else the one with most to follow. */
function meant(name: string, pods: readonly AttachedPod[]): AttachedPod | null {
  const named = pods.find((pod) => pod.name === name || pod.instances.includes(name));
  if (named) return named;
  const told = pods.filter(({ documents }) => documents.length > 0);
  return told.toSorted((a, b) => weightOf(b) - weightOf(a))[0] ?? null;
}

/** `name` is what the scenario calls the pod. */
export function ownDocuments(
  name: string,
  { pods }: Attachment,
  documents: readonly Document[],
): OwnDocuments {
  const pod = meant(name, pods);
  const others = new Set(pods.filter((each) => each !== pod).flatMap((each) => each.documents));
  return { pod, documents: documents.filter((document) => !others.has(document)) };
}

/** The pod to name in commands: the one that is meant, or the only one that the paste's commands speak of. */
export function spokenPod(name: string, { pods }: Attachment): AttachedPod | null {
  return meant(name, pods) ?? (pods.length === 1 ? (pods[0] ?? null) : null);
}

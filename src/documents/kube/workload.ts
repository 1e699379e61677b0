// A Pod, or what makes pods, or a piece of either -> Workload.
// https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
import { parseAddress, type IpAddress } from '../../base/ip.ts';
import { memberOf, type JsonNode } from '../../base/json.ts';
import type { Source, Span } from '../../base/source.ts';
import { initOfContainer, isContainer, itemsIn, readContainer, textIn } from './container.ts';
import type { Told, Workload } from './resource.ts';

export const WORKLOADS: ReadonlySet<string> = new Set([
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
]);

/** A pod's spec pasted alone is told by them. */
export const POD_FIELDS = ['initContainers', 'containers'];

function at(node: JsonNode | undefined, ...path: readonly string[]): JsonNode | undefined {
  return path.reduce(memberOf, node);
}

/** The object that holds a pod's metadata and spec: the pod itself, or the template of what makes it. */
function podIn(node: JsonNode): JsonNode {
  return (
    at(node, 'spec', 'template') ??
    at(node, 'spec', 'jobTemplate', 'spec', 'template') ??
    at(node, 'template') ??
    node
  );
}

/** A spec is pasted alone, too. */
function specIn(node: JsonNode): JsonNode {
  const pod = podIn(node);
  return memberOf(pod, 'spec') ?? pod;
}

function containersIn(node: JsonNode): readonly (readonly [container: JsonNode, isInit: boolean])[] {
  if (isContainer(node)) return [[node, false]];
  const spec = specIn(node);
  return [
    ...itemsIn(memberOf(spec, 'initContainers')).map((each) => [each, true] as const),
    ...itemsIn(memberOf(spec, 'containers')).map((each) => [each, false] as const),
  ];
}

function annotationsIn(node: JsonNode): JsonNode | undefined {
  return at(podIn(node), 'metadata', 'annotations') ?? memberOf(podIn(node), 'annotations');
}

/** Whether a tree without a kind is a piece of a pod: containers, or annotations that steer a sidecar. */
export function isWorkloadPart(node: JsonNode): boolean {
  if (node.kind !== 'object') return false;
  const annotations = annotationsIn(node);
  const steered =
    annotations?.kind === 'object' && annotations.members.some(({ key }) => /istio\.io\//.test(key));
  return steered || containersIn(node).some(([container]) => isContainer(container));
}

function textsOf(node: JsonNode | undefined): Record<string, Told<string>> {
  const members = node?.kind === 'object' ? node.members : [];
  return Object.fromEntries(
    members.flatMap(({ key, value }) => {
      const text = textIn(value);
      return text ? [[key, text] as const] : [];
    }),
  );
}

export function labelsOf(node: JsonNode | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(textsOf(node)).map(([key, { value }]) => [key, value]));
}

function addressIn(node: JsonNode | undefined): Told<IpAddress> | null {
  const text = textIn(node);
  const value = parseAddress(text?.value ?? '');
  return text && value ? { value, span: text.span } : null;
}

function addressesOf(node: JsonNode): Told<IpAddress>[] {
  const status = memberOf(node, 'status');
  const all = itemsIn(memberOf(status, 'podIPs')).flatMap((each) => addressIn(memberOf(each, 'ip')) ?? []);
  const first = addressIn(memberOf(status, 'podIP'));
  return all.length > 0 ? all : first ? [first] : [];
}

export function readWorkload(
  source: Source,
  node: JsonNode,
  named: { readonly name: string; readonly namespace: string | null; readonly span: Span },
): Workload {
  const pod = podIn(node);
  const spec = specIn(node);
  const containers = containersIn(node);
  const security = memberOf(spec, 'securityContext');
  const [init] = containers.flatMap(([container]) => initOfContainer(source, container) ?? []);
  return {
    kind: 'workload',
    type: textIn(memberOf(node, 'kind'))?.value ?? (isContainer(node) ? 'Container' : 'Pod'),
    ...named,
    labels: labelsOf(at(pod, 'metadata', 'labels')),
    annotations: textsOf(annotationsIn(node)),
    containers: containers.map(([container, isInit]) => readContainer(container, isInit, security)),
    addresses: addressesOf(node),
    nodeName: textIn(memberOf(spec, 'nodeName'))?.value ?? null,
    nodeAddress: addressIn(at(node, 'status', 'hostIP')),
    init: init ?? null,
  };
}

// A JSON or YAML tree -> the Kubernetes and Istio objects in it: single ones, lists, and pieces of a pod's spec.
// https://kubernetes.io/docs/reference/kubernetes-api/, https://istio.io/latest/docs/reference/config/
import type { Diagnostic, Parsed } from '../../base/diagnostic.ts';
import { memberOf, type JsonNode } from '../../base/json.ts';
import type { Source } from '../../base/source.ts';
import { CONTAINER_FIELDS, isContainer, itemsIn, textIn } from './container.ts';
import { isMeshSettings, readMeshObject, readMeshSettings, SETTINGS_FIELDS } from './mesh-settings.ts';
import type { KubeResource } from './resource.ts';
import { readEndpoints, readNode, readService } from './network.ts';
import { isWorkloadPart, POD_FIELDS, readWorkload, WORKLOADS } from './workload.ts';

const ENDPOINTS = new Set(['Endpoints', 'EndpointSlice']);
/** With these a kind alone, without apiVersion, is one of ours. */
const KNOWN =
  /^(?:Service|Gateway|VirtualService|ServiceEntry|DestinationRule|EnvoyFilter|Sidecar|PeerAuthentication|AuthorizationPolicy|RequestAuthentication|Telemetry|WorkloadEntry|WorkloadGroup|ProxyConfig|IstioOperator|HTTPRoute|ConfigMap|Ingress|Node|Namespace|\w*List)$/;

/** The value of a kind, where it is written on the line of its key. */
const KIND = /(?<![\w-])kind["']?\s*:\s*(?:["']?(\w+))?/g;
/** Of each piece without a kind, and of mesh configuration, one field that tells it. */
const TELLING_KEY = new RegExp(
  `\\b(?:${[...CONTAINER_FIELDS, ...POD_FIELDS, ...SETTINGS_FIELDS].join('|')})["']?\\s*:|istio\\.io/`,
);

function isKnownKind(kind: string): boolean {
  return KNOWN.test(kind) || WORKLOADS.has(kind) || ENDPOINTS.has(kind);
}

/** Whether a text of YAML can hold what `looksLikeKube` tells: what cannot need not be read. */
export function mayHoldKube(text: string): boolean {
  if (TELLING_KEY.test(text)) return true;
  const versioned = /\bapiVersion["']?\s*:/.test(text);
  for (const [, kind] of text.matchAll(KIND))
    if (versioned || kind === undefined || isKnownKind(kind)) return true;
  return false;
}

function kindOf(node: JsonNode): string {
  return textIn(memberOf(node, 'kind'))?.value ?? '';
}

function isObject(node: JsonNode): boolean {
  const kind = kindOf(node);
  if (kind === '') return false;
  return memberOf(node, 'apiVersion') !== undefined || isKnownKind(kind);
}

/** Whether a tree is such an object, a list of them, a piece of a pod's spec, or mesh configuration. */
export function looksLikeKube(node: JsonNode): boolean {
  if (node.kind === 'array')
    return node.items.slice(0, 3).some((item) => isObject(item) || isContainer(item));
  return isObject(node) || isContainer(node) || isWorkloadPart(node) || isMeshSettings(node);
}

function named(node: JsonNode): { name: string; namespace: string | null; span: JsonNode['span'] } {
  const metadata = memberOf(node, 'metadata');
  return {
    name:
      textIn(memberOf(metadata, 'name'))?.value ?? textIn(memberOf(metadata, 'generateName'))?.value ?? '',
    namespace: textIn(memberOf(metadata, 'namespace'))?.value ?? null,
    span: node.span,
  };
}

function readObject(source: Source, node: JsonNode, diagnostics: Diagnostic[]): KubeResource[] {
  const kind = kindOf(node);
  const items = memberOf(node, 'items');
  if (items && kind.endsWith('List'))
    return itemsIn(items).flatMap((item) => readObject(source, item, diagnostics));
  if (isMeshSettings(node)) return [readMeshSettings(node, { name: '', namespace: null, span: node.span })];
  if (!isObject(node) || WORKLOADS.has(kind)) return [readWorkload(source, node, named(node))];
  if (kind === 'Service') return [readService(node, named(node))];
  if (ENDPOINTS.has(kind)) return [readEndpoints(node, named(node))];
  if (kind === 'Node') return [readNode(node, named(node))];
  const mesh = readMeshObject(node, kind, named(node), diagnostics);
  if (mesh) return [mesh];
  const apiVersion = textIn(memberOf(node, 'apiVersion'))?.value ?? '';
  return [{ kind: 'other', type: kind, apiVersion, ...named(node), tree: node }];
}

/** Reads a tree that `looksLikeKube` takes for one. */
export function readKube(source: Source, node: JsonNode): Parsed<KubeResource[]> {
  const diagnostics: Diagnostic[] = [];
  const nodes = node.kind === 'array' ? node.items : [node];
  return { value: nodes.flatMap((each) => readObject(source, each, diagnostics)), diagnostics };
}

// Istio's EnvoyFilter: patches that istiod makes to the configuration before it sends it.
// https://istio.io/latest/docs/reference/config/networking/envoy-filter/
import type { JsonNode } from '../../base/json.ts';
import type { Span } from '../../base/source.ts';
import { enumOf, field, fieldAt, itemsOf, numberOf, stringOf } from './proto.ts';

const TARGETS = [
  'INVALID',
  'LISTENER',
  'FILTER_CHAIN',
  'NETWORK_FILTER',
  'HTTP_FILTER',
  'ROUTE_CONFIGURATION',
  'VIRTUAL_HOST',
  'HTTP_ROUTE',
  'CLUSTER',
  'EXTENSION_CONFIG',
  'BOOTSTRAP',
  'LISTENER_FILTER',
] as const;
const OPERATIONS = [
  'INVALID',
  'MERGE',
  'ADD',
  'REMOVE',
  'INSERT_BEFORE',
  'INSERT_AFTER',
  'INSERT_FIRST',
  'REPLACE',
] as const;
const CONTEXTS = ['ANY', 'SIDECAR_INBOUND', 'SIDECAR_OUTBOUND', 'GATEWAY'] as const;

export type PatchTarget = (typeof TARGETS)[number];
export type PatchOperation = (typeof OPERATIONS)[number];
export type PatchContext = (typeof CONTEXTS)[number];

export interface ConfigPatch {
  /** The EnvoyFilter it stands in. */
  readonly filter: string;
  readonly applyTo: PatchTarget;
  readonly context: PatchContext;
  readonly match: JsonNode | undefined;
  readonly operation: PatchOperation;
  readonly value: JsonNode | undefined;
  /** Lower ones are applied first. */
  readonly priority: number;
  /** The values of the labels that a workload needs; none is every workload. */
  readonly selector: readonly string[];
  /** A pattern for the proxy's version; '' is any. */
  readonly proxyVersion: string;
  readonly span: Span;
}

/** Whether this is an EnvoyFilter. */
export function isEnvoyFilter(node: JsonNode): boolean {
  return stringOf(field(node, 'kind')) === 'EnvoyFilter' && field(node, 'spec') !== undefined;
}

/** Or what kubectl prints for several: `{kind: List, items}`. */
export function holdsEnvoyFilter(node: JsonNode): boolean {
  if (isEnvoyFilter(node)) return true;
  return field(node, 'api_version') !== undefined && itemsOf(field(node, 'items')).some(isEnvoyFilter);
}

function labelValues(node: JsonNode | undefined): readonly string[] {
  return node?.kind === 'object' ? node.members.map(({ value }) => stringOf(value)) : [];
}

/** The patches in their order; one that is cut off or says nothing that can be applied is left out. */
export function readEnvoyFilter(node: JsonNode): readonly ConfigPatch[] {
  const spec = field(node, 'spec');
  const shared = {
    filter: stringOf(fieldAt(node, 'metadata', 'name')),
    priority: numberOf(field(spec, 'priority'))?.value ?? 0,
    selector: labelValues(fieldAt(spec, 'workload_selector', 'labels')),
  };
  return itemsOf(field(spec, 'config_patches')).flatMap((item) => {
    const match = field(item, 'match');
    const operation = enumOf(fieldAt(item, 'patch', 'operation'), OPERATIONS);
    const applyTo = enumOf(field(item, 'apply_to'), TARGETS);
    if (!operation || !applyTo) return [];
    return {
      ...shared,
      applyTo: applyTo.value,
      context: enumOf(field(match, 'context'), CONTEXTS)?.value ?? 'ANY',
      match,
      operation: operation.value,
      value: fieldAt(item, 'patch', 'value'),
      proxyVersion: stringOf(fieldAt(match, 'proxy', 'proxy_version')),
      span: operation.span,
    };
  });
}

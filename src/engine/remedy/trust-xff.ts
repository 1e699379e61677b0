// numTrustedProxies at a gateway: its connection managers believe that many entries of X-Forwarded-For.
// https://istio.io/latest/docs/ops/configuration/traffic-management/network-topologies/
import { memberOf, type JsonNode } from '../../base/json.ts';
import type { Pod } from '../trace/pod.ts';
import type { Patch } from './edit.ts';
import { configPatches, pastedConfig } from './pasted-config.ts';
import { withoutObservations } from './rules-patch.ts';
import { setMember } from './text-edit.ts';

const HOPS = ['xffNumTrustedHops', 'xff_num_trusted_hops'] as const;
const PEER = ['useRemoteAddress', 'use_remote_address'] as const;

/** Null when there is no connection manager, or all of them trust so many already. */
export function trustHeaderPatches(pod: Pod, hops: number): Patch[] | null {
  const managers = (pastedConfig(pod)?.listeners ?? []).flatMap(({ node }) => managersIn(node));
  const others = managers.filter((node) => !trusts(node, hops));
  if (others.length === 0) return null;
  const { source } = pod.paste;
  const patches = configPatches(
    pod,
    others.flatMap((node) => [setMember(source, node, HOPS, hops), setMember(source, node, PEER, true)]),
  );
  return patches && [...withoutObservations(pod), ...patches];
}

function trusts(node: JsonNode, hops: number): boolean {
  const [trusted, own] = [HOPS, PEER].map(([camel, snake]) => memberOf(node, camel) ?? memberOf(node, snake));
  const count = trusted?.kind === 'number' ? trusted.value : 0;
  return count === hops && own?.kind === 'boolean' && own.value;
}

/** The settings of every HTTP connection manager inside. */
function managersIn(node: JsonNode): JsonNode[] {
  if (node.kind === 'array') return node.items.flatMap(managersIn);
  if (node.kind !== 'object') return [];
  const type = memberOf(node, '@type');
  if (type?.kind === 'string' && type.value.endsWith('.HttpConnectionManager')) return [node];
  return node.members.flatMap(({ value }) => managersIn(value));
}

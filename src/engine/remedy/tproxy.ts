// interceptionMode TPROXY: the rules of that version, the routing they need, original_src in the inbound listener, the
// proxy as root. istio manifests/…/injection-template.yaml, pilot/pkg/xds/filters/filters.go (OriginalSrc), tools/common/tproxy.
import { memberOf, type JsonNode } from '../../base/json.ts';
import { proxyContainer, resourcesOf } from '../mesh/session/kube-facts.ts';
import { workloadsOf } from '../mesh/session/workload-init.ts';
import { interceptionBy } from '../trace/host.ts';
import type { Pod } from '../trace/pod.ts';
import { appended, patchAt, type Patch } from './edit.ts';
import { configPatches, inboundListener, pastedConfig } from './pasted-config.ts';
import { argumentsOf } from './release-of-rules.ts';
import { changedRules, familiesOf, withoutObservations } from './rules-patch.ts';
import { insertItem, setMember, type Edit } from './text-edit.ts';

/** Before, the listener was transparent, but nothing made Envoy connect from the client's address. */
const FIRST_WITH_ORIGINAL_SRC = 6;
const FIRST_WITH_MARK = 9;

const FILTERS = ['listenerFilters', 'listener_filters'] as const;

function originalSrc(minor: number | null): unknown {
  return {
    name: 'envoy.filters.listener.original_src',
    typedConfig: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.listener.original_src.v3.OriginalSrc',
      ...(minor !== null && minor < FIRST_WITH_MARK ? {} : { mark: 1337 }),
    },
  };
}

/** What iproute2 prints once istio-init has run in this mode; `-6` for IPv6. */
const ROUTING = (ip: 'ip' | 'ip -6') => `$ ${ip} rule
0:\tfrom all lookup local
32765:\tfrom all fwmark 0x539 lookup 133
32766:\tfrom all lookup main
32767:\tfrom all lookup default

$ ${ip} route show table 133
local default dev lo scope host
`;

/** Null when the pod's rules or its configuration cannot be rewritten, are so already, or are older than original_src. */
export function tproxyPatches(pod: Pod): Patch[] | null {
  if (interceptionBy(pod.rules.ruleset) === 'tproxy') return null;
  const asked = argumentsOf(pod);
  if (asked.minor !== null && asked.minor < FIRST_WITH_ORIGINAL_SRC) return null;
  const rules = changedRules(pod, { flags: { '-m': 'TPROXY' }, asked: { ...asked, mode: 'TPROXY' } });
  const listeners = configPatches(pod, listenerEdits(pod, asked.minor));
  if (!rules || !listeners) return null;
  return [...withoutObservations(pod), ...rules, ...routingPatches(pod), ...listeners, ...ownerPatches(pod)];
}

function routingPatches(pod: Pod): Patch[] {
  if (pod.host.network.policies.length > 0) return [];
  const text = familiesOf(pod).map((family) => ROUTING(family === 6 ? 'ip -6' : 'ip'));
  return [appended(pod.name, 'ip-rule', pod.paste.source.text, text.join('\n'))];
}

function listenerEdits(pod: Pod, minor: number | null): (Edit | null)[] {
  const { source } = pod.paste;
  const listener = inboundListener(pod);
  const outbound = pastedConfig(pod)?.listeners.find(({ name }) => name === 'virtualOutbound')?.node;
  const both = [listener, outbound].flatMap((node) => node ?? []);
  const transparent = both.map((node) => setMember(source, node, ['transparent', 'transparent'], true));
  if (!listener) return transparent;
  const filters = memberOf(listener, FILTERS[0]) ?? memberOf(listener, FILTERS[1]);
  const filter = originalSrc(minor);
  const added =
    filters?.kind === 'array' && filters.items.length > 0
      ? insertItem(source, filters, filter, placeOf(filters.items))
      : setMember(source, listener, FILTERS, [filter]);
  return [added, ...transparent];
}

/** Behind those that tell it the addresses. */
function placeOf(filters: readonly JsonNode[]): number {
  const names = filters.map((filter) => memberOf(filter, 'name'));
  const last = names.findLastIndex(
    (name) => name?.kind === 'string' && /(?:original_dst|proxy_protocol)$/.test(name.value),
  );
  return last + 1;
}

/** A pasted spec that names the proxy's user: root may open transparent sockets, its group tells its packets. */
function ownerPatches({ name, paste }: Pod): Patch[] {
  const workloads = workloadsOf(resourcesOf(paste.documents), null);
  const own = workloads.length > 1 ? workloadsOf(workloads, name) : workloads;
  const uid = proxyContainer(own)?.uid;
  return uid && uid.value !== 0 ? [patchAt(name, 'kube-object', paste.source, uid.span, '0')] : [];
}

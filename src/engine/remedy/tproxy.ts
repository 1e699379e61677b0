// interceptionMode TPROXY: the rules of that version, the routing they need, and original_src in the inbound listener.
// istio manifests/…/injection-template.yaml, pilot/pkg/xds/filters/filters.go (OriginalSrc), tools/common/tproxy.
import { memberOf } from '../../base/json.ts';
import type { Listener } from '../../documents/envoy/listener.ts';
import { interceptionBy } from '../trace/host.ts';
import type { Pod } from '../trace/pod.ts';
import { appended, patchAt, type Patch } from './edit.ts';
import { argumentsOf } from './init-of-rules.ts';
import { insertItem, setMember } from './json-edit.ts';
import { rulesInstead, withoutLogs } from './rules-patch.ts';

const ORIGINAL_SRC = {
  name: 'envoy.filters.listener.original_src',
  typedConfig: {
    '@type': 'type.googleapis.com/envoy.extensions.filters.listener.original_src.v3.OriginalSrc',
    mark: 1337,
  },
};

/** What iproute2 prints once istio-init has run in this mode; `-6` for IPv6. */
const ROUTING = (ip: 'ip' | 'ip -6') => `$ ${ip} rule
0:\tfrom all lookup local
32765:\tfrom all fwmark 0x539 lookup 133
32766:\tfrom all lookup main
32767:\tfrom all lookup default

$ ${ip} route show table 133
local default dev lo scope host
`;

/** Null when the pod's rules or its configuration cannot be rewritten, or are so already. */
export function tproxyPatches(pod: Pod): Patch[] | null {
  if (interceptionBy(pod.rules.ruleset) === 'tproxy') return null;
  const rules = rulesInstead(pod, { ...argumentsOf(pod), mode: 'TPROXY' });
  const listeners = listenerPatches(pod);
  if (!rules || !listeners) return null;
  return [...withoutLogs(pod), ...rules, ...routingPatches(pod), ...listeners];
}

function routingPatches({ name, paste, host, addresses }: Pod): Patch[] {
  if (host.network.policies.length > 0) return [];
  const text = ROUTING(addresses[0]?.family === 6 ? 'ip -6' : 'ip');
  return [appended(name, 'ip-rule', paste.source.text, text)];
}

function isInbound({ name, addresses }: Listener): boolean {
  return name === 'virtualInbound' || addresses.some((place) => place.kind === 'ip' && place.port === 15006);
}

function listenerPatches({ name, paste, config }: Pod): Patch[] | null {
  const listener = config?.listeners.find(isInbound);
  if (!listener) return [];
  const { node } = listener;
  const filters = memberOf(node, 'listenerFilters') ?? memberOf(node, 'listener_filters');
  const filter = filters
    ? insertItem(paste.source, filters, ORIGINAL_SRC, 1)
    : setMember(paste.source, node, ['listenerFilters', 'listener_filters'], [ORIGINAL_SRC]);
  const transparent = setMember(paste.source, node, ['transparent', 'transparent'], true);
  if (!filter || !transparent) return null;
  return [filter, transparent].map(({ span, text }) =>
    patchAt(name, 'envoy-config', paste.source, span, text),
  );
}

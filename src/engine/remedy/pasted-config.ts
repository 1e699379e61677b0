// The configuration as it was pasted, fit for edits: without what EnvoyFilters beside it change, and without istioctl's
// tables, which print too little to be changed.
import type { JsonNode } from '../../base/json.ts';
import { mergeConfigs, type ProxyConfig } from '../../documents/envoy/config.ts';
import type { Pod } from '../trace/pod.ts';
import { patchAt, type Patch } from './edit.ts';
import type { Edit } from './text-edit.ts';

/** Null when none was pasted as JSON or YAML. */
export function pastedConfig({ paste }: Pod): ProxyConfig | null {
  const configs = paste.documents.flatMap(({ kind, content }) =>
    kind === 'envoy-config' && content.kind === 'proxy-config' ? [content.config] : [],
  );
  return configs.length > 0 ? mergeConfigs(configs) : null;
}

/** What Istio calls virtualInbound: where rules hand inbound connections to. */
export function inboundListener(pod: Pod): JsonNode | undefined {
  return pastedConfig(pod)?.listeners.find(
    ({ name, addresses }) =>
      name === 'virtualInbound' || addresses.some((place) => place.kind === 'ip' && place.port === 15006),
  )?.node;
}

/** Null when one of the edits cannot be made. */
export function configPatches({ name, paste }: Pod, edits: readonly (Edit | null)[]): Patch[] | null {
  const done = edits.flatMap((edit) => edit ?? []);
  if (done.length < edits.length) return null;
  return done.map(({ span, text }) => patchAt(name, 'envoy-config', paste.source, span, text));
}

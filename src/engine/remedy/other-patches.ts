// The smaller remedies, a function each: what they change in the pasted texts.
import { memberOf, plainValue, type JsonNode } from '../../base/json.ts';
import type { Chain, Rule } from '../../documents/iptables/ruleset.ts';
import type { Pod } from '../trace/pod.ts';
import { appended, patchAt, type Patch } from './edit.ts';
import { argumentsOf } from './init-of-rules.ts';
import { insertItem, setMember, type Edit } from './json-edit.ts';
import { capturingChains, rulesInstead, withoutLogs } from './rules-patch.ts';

/** excludeInboundPorts: one line more in rules that were dumped as commands, else the rules anew. */
export function excludePortPatches(pod: Pod, port: number): Patch[] | null {
  const { rules } = pod;
  const pasted = rules.paste.supplied === null ? capturingChains(rules.ruleset) : [];
  const lines = pasted.flatMap((chain) => lineInFront(pod, chain, port) ?? []);
  if (lines.length > 0 && lines.length === pasted.length) return [...withoutLogs(pod), ...lines];
  const asked = argumentsOf(pod);
  const excludedInboundPorts = [...asked.excludedInboundPorts, String(port)];
  const instead = rulesInstead(pod, { ...asked, excludedInboundPorts });
  return instead && [...withoutLogs(pod), ...instead];
}

function lineInFront(
  { name, paste }: Pod,
  { name: chain, rules: [first] }: Chain,
  port: number,
): Patch | null {
  if (!first || !paste.source.text.startsWith('-A ', first.span.from)) return null;
  const at = { from: first.span.from, to: first.span.from };
  return patchAt(
    name,
    'iptables-save',
    paste.source,
    at,
    `-A ${chain} -p tcp -m tcp --dport ${port} -j RETURN\n`,
  );
}

/** inboundTrafficPolicy LOCALHOST: the inbound cluster is STATIC, 127.0.0.1, without a bind. */
export function localhostPatches(pod: Pod, port: number): Patch[] | null {
  const { paste, name, config } = pod;
  const cluster = config?.clusters.find((each) => each.name.startsWith(`inbound|${port}|`));
  const text = JSON.stringify(localCluster(cluster?.name ?? `inbound|${port}||`, port), null, 4);
  if (!cluster) return [...withoutLogs(pod), appended(name, 'envoy-config', paste.source.text, `${text}\n`)];
  if (!paste.source.text.startsWith('{', cluster.node.span.from)) return null;
  return [...withoutLogs(pod), patchAt(name, 'envoy-config', paste.source, cluster.node.span, text)];
}

function localCluster(name: string, portValue: number): unknown {
  const endpoint = { address: { socketAddress: { address: '127.0.0.1', portValue } } };
  return {
    name,
    type: 'STATIC',
    connectTimeout: '10s',
    loadAssignment: { clusterName: name, endpoints: [{ lbEndpoints: [{ endpoint }] }] },
  };
}

const PROXY_PROTOCOL_UPSTREAM = {
  name: 'envoy.transport_sockets.upstream_proxy_protocol',
  typedConfig: {
    '@type':
      'type.googleapis.com/envoy.extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport',
    config: { version: 'V1' },
    transportSocket: { name: 'envoy.transport_sockets.raw_buffer' },
  },
};

const PROXY_PROTOCOL_LISTENER = {
  name: 'envoy.filters.listener.proxy_protocol',
  typedConfig: {
    '@type': 'type.googleapis.com/envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol',
  },
};

/** The cluster that sends the header; its own transport socket goes inside. */
export function proxyProtocolSender(pod: Pod, cluster: string): Patch[] | null {
  const node = pod.config?.clusters.find(({ name }) => name === cluster)?.node;
  if (!node || JSON.stringify(plainValue(node)).includes(PROXY_PROTOCOL_UPSTREAM.name)) return null;
  const keys = ['transportSocket', 'transport_socket'] as const;
  return edited(pod, [setMember(pod.paste.source, node, keys, PROXY_PROTOCOL_UPSTREAM)]);
}

/** The inbound listener that reads it, before every other listener filter. */
export function proxyProtocolReader(pod: Pod): Patch[] | null {
  const node = pod.config?.listeners.find(({ name }) => name === 'virtualInbound')?.node;
  const filters = node && (memberOf(node, 'listenerFilters') ?? memberOf(node, 'listener_filters'));
  const patches = filters && edited(pod, [insertItem(pod.paste.source, filters, PROXY_PROTOCOL_LISTENER)]);
  return patches ? [...withoutLogs(pod), ...patches] : null;
}

function edited({ name, paste }: Pod, edits: readonly (Edit | null)[]): Patch[] | null {
  const done = edits.flatMap((edit) => edit ?? []);
  if (done.length < edits.length) return null;
  return done.map(({ span, text }) => patchAt(name, 'envoy-config', paste.source, span, text));
}

/** numTrustedProxies at a gateway: every connection manager believes that many entries of X-Forwarded-For. */
export function trustHeaderPatches(pod: Pod, hops: number): Patch[] | null {
  const managers = (pod.config?.listeners ?? []).flatMap(({ node }) => managersIn(node));
  if (managers.length === 0) return null;
  const patches = managers.flatMap((node) => [
    setMember(pod.paste.source, node, ['xffNumTrustedHops', 'xff_num_trusted_hops'], hops),
    setMember(pod.paste.source, node, ['useRemoteAddress', 'use_remote_address'], true),
  ]);
  const done = edited(pod, patches);
  return done && [...withoutLogs(pod), ...done];
}

/** The settings of every HTTP connection manager inside. */
function managersIn(node: JsonNode): JsonNode[] {
  if (node.kind === 'array') return node.items.flatMap(managersIn);
  if (node.kind !== 'object') return [];
  const type = memberOf(node, '@type');
  if (type?.kind === 'string' && type.value.endsWith('.HttpConnectionManager')) return [node];
  return node.members.flatMap(({ value }) => managersIn(value));
}

/** externalTrafficPolicy Local: kube-proxy marks nothing for masquerade on the way from outside. */
export function localPolicyPatches(pod: Pod): Patch[] | null {
  const rules = pod.rules.ruleset.tables.flatMap(({ chains }) =>
    chains.filter(({ name }) => /^KUBE-(?:EXT-|XLB-|NODEPORTS)/.test(name)).flatMap(({ rules }) => rules),
  );
  const marking = rules.filter(jumpsToMasquerade);
  if (marking.length === 0 || pod.rules.paste.supplied !== null) return null;
  return marking.map(({ span }) => patchAt(pod.name, 'iptables-save', pod.paste.source, span, ''));
}

function jumpsToMasquerade({ targets }: Rule): boolean {
  return targets.some(({ action }) => action.kind === 'jump' && action.chain === 'KUBE-MARK-MASQ');
}

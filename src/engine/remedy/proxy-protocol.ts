// PROXY protocol between a gateway and a sidecar: the gateway's cluster writes the header, the inbound listener reads it.
// https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/listener_filters/proxy_protocol
import { memberOf, plainValue, type JsonNode } from '../../base/json.ts';
import type { Cluster } from '../../documents/envoy/cluster.ts';
import type { Pod } from '../trace/pod.ts';
import type { Patch } from './edit.ts';
import { configPatches, inboundListener, pastedConfig } from './pasted-config.ts';
import { withoutObservations } from './rules-patch.ts';
import { insertItem, replaceValue, setMember } from './text-edit.ts';

const SENDER = 'envoy.transport_sockets.upstream_proxy_protocol';
const READER = 'envoy.filters.listener.proxy_protocol';

const LISTENER_FILTER = {
  name: READER,
  typedConfig: {
    '@type': 'type.googleapis.com/envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol',
  },
};

function sendingSocket(inner: unknown): unknown {
  return {
    name: SENDER,
    typedConfig: {
      '@type':
        'type.googleapis.com/envoy.extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport',
      config: { version: 'V1' },
      transportSocket: inner,
    },
  };
}

/** The cluster's other transport sockets, chosen by the endpoint: mTLS for pods of the mesh. */
function matchedSockets({ node }: Cluster): JsonNode[] {
  const matches = memberOf(node, 'transportSocketMatches') ?? memberOf(node, 'transport_socket_matches');
  const items = matches?.kind === 'array' ? matches.items : [];
  return items.flatMap(
    (item) => memberOf(item, 'transportSocket') ?? memberOf(item, 'transport_socket') ?? [],
  );
}

/** Whether the cluster chooses its transport socket by the endpoint: an EnvoyFilter then cannot set it. */
export function choosesSocket(pod: Pod, cluster: string): boolean {
  const found = pastedConfig(pod)?.clusters.find(({ name }) => name === cluster);
  return found !== undefined && matchedSockets(found).length > 0;
}

/** Every transport socket of the cluster inside one that writes the header first. Null when one does so already. */
export function proxyProtocolSender(pod: Pod, cluster: string): Patch[] | null {
  const found = pastedConfig(pod)?.clusters.find(({ name }) => name === cluster);
  const running = pod.config?.clusters.find(({ name }) => name === cluster)?.node;
  if (!found || (running && JSON.stringify(plainValue(running)).includes(SENDER))) return null;
  const { source } = pod.paste;
  const keys = ['transportSocket', 'transport_socket'] as const;
  const own = memberOf(found.node, keys[0]) ?? memberOf(found.node, keys[1]);
  const matched = matchedSockets(found);
  const wrapped = [...matched, ...(own ? [own] : [])].map((socket) =>
    replaceValue(source, socket, sendingSocket(plainValue(socket))),
  );
  const plain = { name: 'envoy.transport_sockets.raw_buffer' };
  const patches = configPatches(
    pod,
    wrapped.length > 0 ? wrapped : [setMember(source, found.node, keys, sendingSocket(plain))],
  );
  return patches && [...withoutObservations(pod), ...patches];
}

/** Before every other listener filter: they read what comes behind the header. Null when it is read already. */
export function proxyProtocolReader(pod: Pod): Patch[] | null {
  const node = inboundListener(pod);
  const running = pod.config?.listeners.map((listener) => JSON.stringify(plainValue(listener.node)));
  if (!node || running?.some((text) => text.includes(READER))) return null;
  const keys = ['listenerFilters', 'listener_filters'] as const;
  const filters = memberOf(node, keys[0]) ?? memberOf(node, keys[1]);
  const edit =
    filters?.kind === 'array' && filters.items.length > 0
      ? insertItem(pod.paste.source, filters, LISTENER_FILTER)
      : setMember(pod.paste.source, node, keys, [LISTENER_FILTER]);
  const patches = configPatches(pod, [edit]);
  return patches && [...withoutObservations(pod), ...patches];
}

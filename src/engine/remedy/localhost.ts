// inboundTrafficPolicy LOCALHOST: the inbound cluster is STATIC, leads to loopback and binds no source.
// https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-InboundTrafficPolicy
import { plainValue } from '../../base/json.ts';
import type { Pod } from '../trace/pod.ts';
import { appended, type Patch } from './edit.ts';
import { configPatches, inboundListener, pastedConfig } from './pasted-config.ts';
import { withoutObservations } from './rules-patch.ts';
import { replaceValue } from './text-edit.ts';

/** Null for a port that no Service declares: it has no inbound cluster of its own, and the setting leaves it alone. */
export function localhostPatches(pod: Pod, port: number): Patch[] | null {
  const { paste, name } = pod;
  const clusters = pastedConfig(pod)?.clusters ?? [];
  const cluster = clusters.find((each) => each.name.startsWith(`inbound|${port}|`));
  const address = pod.addresses[0]?.family === 6 ? '::1' : '127.0.0.1';
  if (cluster) {
    const edit = replaceValue(paste.source, cluster.node, localCluster(cluster.name, address, port));
    const patches = configPatches(pod, [edit]);
    return patches && [...withoutObservations(pod), ...patches];
  }
  if (port === 0 || !mayBeDeclared(pod, port)) return null;
  const text = JSON.stringify([localCluster(`inbound|${port}||`, address, port)], null, 4);
  return [...withoutObservations(pod), appended(name, 'envoy-config', paste.source.text, `${text}\n`)];
}

/** A pasted inbound listener names the clusters of the declared ports. */
function mayBeDeclared(pod: Pod, port: number): boolean {
  const listener = inboundListener(pod);
  return !listener || JSON.stringify(plainValue(listener)).includes(`"inbound|${port}|`);
}

function localCluster(name: string, address: string, portValue: number): unknown {
  const endpoint = { address: { socketAddress: { address, portValue } } };
  return {
    name,
    type: 'STATIC',
    connectTimeout: '10s',
    loadAssignment: { clusterName: name, endpoints: [{ lbEndpoints: [{ endpoint }] }] },
  };
}

// A kubelet probe that the injector rewrote: pilot-agent takes it, and asks the application on a connection of its own.
// Since Istio 1.11 it binds 127.0.0.6 for that: pilot/cmd/pilot-agent/status/server.go.
import { address } from '../../base/ip.ts';
import { probedPort, type ProbedPort } from '../mesh/agent.ts';
import { reconnect } from '../packet/change.ts';
import { destinationText, familyOf, sourceText } from '../packet/packet.ts';
import { evidenceAt } from './evidence.ts';
import { openedBy, type Context, type Delivered, type Leg, type Load } from './leg.ts';
import { addressOfFamily, type Pod } from './pod.ts';
import { latestRelease } from './observed/version.ts';

/** The port that the probe is meant for, where the pod's spec was pasted; null for anything but such a probe. */
export function probeBehind({ pod, walk, load }: Delivered): ProbedPort | null {
  if (pod.kind !== 'sidecar' || !load.http) return null;
  return probedPort(pod.paste.source.text, walk.packet.tuple.dport, load.http.path);
}

/** Before 1.11 it asked on loopback. */
function endsOfProbe(pod: Pod, family: 4 | 6, port: number) {
  const early = latestRelease(pod) < 11;
  const loopback = address(family === 4 ? '127.0.0.1' : '::1');
  const bind = address(family === 4 ? '127.0.0.6' : '::6');
  const own = addressOfFamily(pod, family) ?? loopback;
  return {
    from: { address: early ? loopback : bind, port: null },
    to: { address: early ? loopback : own, port },
  };
}

export function passProbe(context: Context, { pod, walk, load }: Delivered, probe: ProbedPort): Leg {
  const { packet } = walk;
  const evidence = [evidenceAt(pod.paste, probe)];
  const { from, to } = endsOfProbe(pod, familyOf(packet.tuple), probe.port);
  const opened = openedBy(from, to, 'tcp', pod.proxyOwner);
  const place = { pod: pod.name, place: 'proxy', before: packet, evidence } as const;
  context.accepted.set(load.connection, { pod, by: 'agent', basis: load.basis, evidence });
  context.recorder.add({
    ...place,
    stage: 'caught-inbound',
    connection: load.connection,
    after: packet,
    basis: 'derived',
    event: { code: 'agent.takes-probe', parameters: { source: sourceText(packet.tuple) } },
  });
  context.recorder.add({
    ...place,
    stage: 'proxied-inbound',
    connection: load.connection + 1,
    after: opened,
    basis: 'assumed',
    event: { code: 'agent.probes', parameters: { destination: destinationText(opened.tuple) } },
    change: reconnect('pilot-agent'),
  });
  const onward: Load = { ...load, connection: load.connection + 1, basis: 'assumed' };
  return { kind: 'sends', pod, packet: opened, load: onward, stage: 'released-inbound' };
}

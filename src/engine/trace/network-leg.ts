// Between pods: who owns the address a packet is sent to.
import { resolveService, resourcesOf, type ServiceTarget } from '../mesh/session/kube-facts.ts';
import { destinationText, type Packet } from '../packet/packet.ts';
import { evidenceOf } from './evidence.ts';
import { end, endsOf, notice, type Context, type Leg, type Load } from './leg.ts';
import { ownsAddress, type Pod } from './pod.ts';
import type { Basis, Evidence, Hop, Message } from './trace.ts';

function addHop(
  { recorder }: Context,
  load: Load,
  before: Packet,
  after: Packet,
  event: Message,
  basis: Basis,
  evidence: readonly Evidence[] = [],
): void {
  recorder.add({
    stage: basis === 'undecided' ? 'released-outbound' : 'arrives', // nobody knows where it arrives
    connection: load.connection,
    pod: null,
    place: 'network',
    before,
    after,
    basis,
    evidence,
    event,
  });
}

/**
 * The pod that owns the destination; else the machine between that may know the address; for the address that was
 * asked for also the server, behind a service.
 */
export function crossNetwork(context: Context, { packet, load, told }: Leg & { kind: 'network' }): Leg {
  const pod = context.pods.find((each) => ownsAddress(each, packet.tuple.dst));
  if (pod) return arriveAt(context, pod, packet, load, told);
  const node = nodeAhead(context, load);
  if (node) return throughNode(context, node, packet, load);
  const service = serviceOf(context, packet);
  if (service) return behindService(context, service, packet, load);
  const { src, dst } = packet.tuple;
  const asked = dst.text === context.asked.text && !ownsAddress(context.server, src);
  return asked ? throughService(context, packet, load) : beyondThePaste(context, packet, load);
}

function arriveAt(
  context: Context,
  pod: Pod,
  packet: Packet,
  load: Load,
  told: Pick<Hop, 'basis' | 'evidence'> = {
    basis: load.basis === 'assumed' ? 'assumed' : 'derived',
    evidence: [],
  },
): Leg {
  const code = context.recorder.hops.length === 0 ? 'network.from-client' : 'network.between';
  addHop(context, load, packet, packet, { code, parameters: endsOf(packet) }, told.basis, told.evidence);
  return { kind: 'arrives', pod, packet, load };
}

/** A machine whose rules this connection has not met: what no pod has goes to it, as to a default gateway. */
function nodeAhead({ pods, crossings }: Context, { connection }: Load): Pod | undefined {
  const crossed = crossings.filter((each) => each.kind === 'kernel' && each.connection === connection);
  return pods.find(
    (pod) => pod.kind === 'node' && !crossed.some((each) => each.kind === 'kernel' && each.pod === pod),
  );
}

function throughNode(context: Context, node: Pod, packet: Packet, load: Load): Leg {
  const parameters = { ...endsOf(packet), node: node.name };
  addHop(context, load, packet, packet, { code: 'network.to-node', parameters }, 'assumed');
  return { kind: 'arrives', pod: node, packet, load };
}

/** A Service that was pasted, with the pod of this scenario behind it, and the lines that say so. */
interface PastedService {
  readonly pod: Pod;
  readonly endpoint: ServiceTarget;
  /** One endpoint in all: then there was no choice. */
  readonly only: boolean;
  readonly evidence: readonly Evidence[];
}

function serviceOf({ pods }: Context, { tuple }: Packet): PastedService | null {
  const { dst, dport } = tuple;
  for (const { paste } of pods) {
    const found = dport === null ? null : resolveService(resourcesOf(paste.all), dst, dport);
    const [endpoint] =
      found?.targets.filter(({ address }) => pods.some((pod) => ownsAddress(pod, address))) ?? [];
    const pod = endpoint && pods.find((each) => ownsAddress(each, endpoint.address));
    if (!found || !endpoint || !pod) continue;
    const evidence = evidenceOf(paste, [found.port.span, endpoint.span]);
    return { pod, endpoint, only: found.complete && found.targets.length === 1, evidence };
  }
  return null;
}

/** kube-proxy does what the Service says; which of several endpoints it chose is not told. */
function behindService(context: Context, service: PastedService, packet: Packet, load: Load): Leg {
  const { pod, endpoint, only, evidence } = service;
  const tuple = { ...packet.tuple, dst: endpoint.address, dport: endpoint.port };
  const left: Packet = { ...packet, tuple };
  const parameters = { service: destinationText(packet.tuple), endpoint: destinationText(tuple) };
  const event = { code: 'network.service-pasted', parameters };
  addHop(context, load, packet, left, event, only ? 'derived' : 'assumed', evidence);
  context.crossings.push({ kind: 'network', connection: load.connection, entered: packet, left, evidence });
  return { kind: 'arrives', pod, packet: left, load };
}

/** Whoever translated the service's address stands outside the paste, so that it did is an assumption. */
function throughService(context: Context, packet: Packet, load: Load): Leg {
  const { server } = context;
  const endpoint = endpointOf(server, packet);
  if (!endpoint) return beyondThePaste(context, packet, load);
  const event = {
    code: 'network.service',
    parameters: { service: destinationText(packet.tuple), endpoint: destinationText(endpoint.tuple) },
  };
  addHop(context, load, packet, endpoint, event, 'assumed');
  context.crossings.push({
    kind: 'network',
    connection: load.connection,
    entered: packet,
    left: endpoint,
    evidence: [],
  });
  return { kind: 'arrives', pod: server, packet: endpoint, load };
}

function endpointOf(server: Pod, packet: Packet): Packet | null {
  const dst = server.addresses.find(({ family }) => family === packet.tuple.dst.family);
  return dst ? { ...packet, tuple: { ...packet.tuple, dst } } : null;
}

function beyondThePaste(context: Context, packet: Packet, load: Load): Leg {
  addHop(
    context,
    load,
    packet,
    packet,
    { code: 'network.not-pasted', parameters: endsOf(packet) },
    'undecided',
  );
  notice(context, 'finding.destination-not-pasted', 'info', { address: destinationText(packet.tuple) });
  return end('undecided');
}

// Between pods: who owns the address a packet is sent to.
import { destinationText, type Packet } from '../packet/packet.ts';
import { end, endsOf, notice, type Context, type Leg, type Load } from './leg.ts';
import { ownsAddress, type Pod } from './pod.ts';
import type { Basis, Message } from './trace.ts';

function addHop(
  { recorder }: Context,
  load: Load,
  before: Packet,
  after: Packet,
  event: Message,
  basis: Basis,
): void {
  recorder.add({
    stage: basis === 'undecided' ? 'released-outbound' : 'arrives', // nobody knows where it arrives
    connection: load.connection,
    pod: null,
    place: 'network',
    before,
    after,
    basis,
    evidence: [],
    event,
  });
}

/** The pod that owns the destination; for the asked request also the server behind a service's address. */
export function crossNetwork(context: Context, packet: Packet, load: Load): Leg {
  const first = context.recorder.hops.length === 0;
  const pod = context.pods.find((each) => ownsAddress(each, packet.tuple.dst));
  if (pod) {
    const event = first
      ? { code: 'network.from-client', parameters: endsOf(packet) }
      : { code: 'network.between', parameters: endsOf(packet) };
    addHop(context, load, packet, packet, event, 'derived');
    return { kind: 'arrives', pod, packet, load };
  }
  return first ? throughService(context, packet, load) : beyondThePaste(context, packet, load);
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
  context.crossings.push({ kind: 'network', connection: load.connection, entered: packet, left: endpoint });
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

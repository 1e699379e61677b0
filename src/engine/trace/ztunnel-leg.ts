// Through ztunnel in the pod's own namespace, or through a waypoint: connections end there and others open, plain or
// inside HBONE. Their configuration is never pasted, so every hop here is assumed.
import { ZTUNNEL_MARK, ZTUNNEL_OWNER, ZTUNNEL_PORTS, type Tunnel } from '../mesh/ambient.ts';
import { chooseSource } from '../netfilter/source-address.ts';
import { reconnect, type SourceChoice } from '../packet/change.ts';
import { destinationText, type Packet } from '../packet/packet.ts';
import { endpointText } from '../../base/ip.ts';
import { end, type Context, type Delivered, type Endpoint, type Leg, type Load } from './leg.ts';
import { ownsAddress, type Pod } from './pod.ts';
import type { Message } from './trace.ts';

/** Whether that pod's proxy is ztunnel or a waypoint, and the connection was handed to it. */
export function isTakenByZtunnel(pod: Pod, { packet, transparentSocket }: Delivered['walk']): boolean {
  const port = transparentSocket?.port ?? packet.tuple.dport;
  if (isWaypoint(pod)) return port === ZTUNNEL_PORTS.tunnel;
  return pod.kind === 'ambient' && Object.values(ZTUNNEL_PORTS).some((each) => each === port);
}

/** A waypoint terminates HBONE; its listeners, where they were pasted, say so. */
function isWaypoint({ role, kind, config, name }: Pod): boolean {
  if (role !== 'gateway' || kind !== 'bare') return false;
  return config
    ? config.listeners.some(({ name }) => name === 'connect_terminate')
    : name.includes('waypoint');
}

/** The connection that ztunnel opens next. */
interface Next {
  readonly from: Endpoint | null;
  readonly to: Endpoint;
  readonly choice: SourceChoice;
  readonly tunnel: Tunnel<Endpoint> | null;
  readonly event: Message;
}

export function passZtunnel(context: Context, delivered: Delivered): Leg {
  const { pod, walk, load } = delivered;
  const { packet } = walk;
  const port = walk.transparentSocket?.port ?? packet.tuple.dport;
  const next =
    port === ZTUNNEL_PORTS.tunnel
      ? outOfTunnel(context, pod, packet, load)
      : port === ZTUNNEL_PORTS.inbound
        ? toApplication(delivered)
        : toPeer(context, delivered);
  return next ? open(context, delivered, next) : end('refused');
}

function peerOf({ tuple }: Packet): Endpoint {
  return { address: tuple.src, port: tuple.sport };
}

/** Plain text that came in: to the application, from the client's own address (IP_TRANSPARENT). */
function toApplication({ walk }: Delivered): Next {
  const { packet, originalDestination } = walk;
  const { dst, dport } = packet.tuple;
  const to = originalDestination ?? { address: dst, port: dport };
  return keepsSource(peerOf(packet), to, 'ztunnel.inbound-plaintext');
}

function keepsSource(client: Endpoint, to: Endpoint, code: string): Next {
  const parameters = { source: client.address.text, destination: endpointText(to.address, to.port) };
  const from = { address: client.address, port: null };
  return { from, to, choice: 'original-src', tunnel: null, event: { code, parameters } };
}

/** HBONE that came in: a waypoint sends it on to the pod, the pod's ztunnel to the application. */
function outOfTunnel(context: Context, pod: Pod, packet: Packet, { tunnel }: Load): Next | null {
  if (!tunnel) return null;
  const { destination, client, byWaypoint } = tunnel;
  if (!isWaypoint(pod))
    return byWaypoint
      ? keepsSource(client, destination, 'ztunnel.inbound-forwarded')
      : keepsSource(peerOf(packet), destination, 'ztunnel.inbound-tunnel');
  return tunnelTo(context, destination, { destination, client, byWaypoint: true }, 'ztunnel.waypoint');
}

/** What the application sends: through the waypoint if there is one, else straight to the pod behind the address. */
function toPeer(context: Context, { walk, pod }: Delivered): Next {
  const { packet, originalDestination } = walk;
  const { dst, dport } = packet.tuple;
  const called = originalDestination ?? { address: dst, port: dport };
  const destination = endpointBehind(context, called);
  const tunnel: Tunnel<Endpoint> = { destination, client: peerOf(packet), byWaypoint: false };
  const waypoint = context.pods.find(isWaypoint);
  const [address] = waypoint?.addresses ?? [];
  if (address && !ownsAddress(pod, called.address))
    return tunnelTo(context, { address, port: null }, tunnel, 'ztunnel.to-waypoint');
  return tunnelTo(context, destination, tunnel, 'ztunnel.outbound');
}

/** Whose address that is; an address nobody has is the service's in front of the asked server. */
function endpointBehind({ pods, server, asked }: Context, called: Endpoint): Endpoint {
  if (called.address.text !== asked.text || pods.some((pod) => ownsAddress(pod, called.address)))
    return called;
  const address = server.addresses.find(({ family }) => family === called.address.family);
  return address ? { address, port: called.port } : called;
}

/** HBONE to a pod that speaks it; to any other, and to its own pod, plain text. */
function tunnelTo({ pods }: Context, target: Endpoint, tunnel: Tunnel<Endpoint>, code: string): Next {
  const peer = pods.find((pod) => ownsAddress(pod, target.address));
  const inside = endpointText(tunnel.destination.address, tunnel.destination.port);
  const speaks = peer !== undefined && (peer.kind === 'ambient' || isWaypoint(peer));
  const to = speaks ? { address: target.address, port: ZTUNNEL_PORTS.tunnel } : target;
  const parameters = { destination: endpointText(to.address, to.port), inside };
  return {
    from: null,
    to,
    choice: 'kernel',
    tunnel: speaks ? tunnel : null,
    event: { code: speaks ? code : 'ztunnel.outbound-plaintext', parameters },
  };
}

function open({ recorder, accepted }: Context, { pod, walk, load, sentHere }: Delivered, next: Next): Leg {
  const { packet } = walk;
  const { from, to, choice, event } = next;
  const place = { connection: load.connection, pod: pod.name, place: 'proxy', basis: 'assumed' } as const;
  const stage = sentHere ? 'proxied-outbound' : 'proxied-inbound';
  const hop = recorder.add({
    ...place,
    stage: sentHere ? 'caught-outbound' : 'caught-inbound',
    before: packet,
    after: packet,
    evidence: [],
    event: {
      code: isWaypoint(pod) ? 'waypoint.accepts' : 'ztunnel.accepts',
      parameters: { destination: destinationText(packet.tuple) },
    },
  });
  accepted.set(load.connection, { pod, by: 'proxy', basis: 'assumed', evidence: hop.evidence });
  const src = from?.address ?? chooseSource(pod.host, to.address) ?? packet.tuple.dst;
  const opened: Packet = {
    tuple: { protocol: 'tcp', src, sport: null, dst: to.address, dport: to.port },
    iif: null,
    oif: null,
    mark: ZTUNNEL_MARK,
    owner: ZTUNNEL_OWNER,
  };
  const connection = load.connection + 1;
  const draft = { ...place, connection, stage, before: packet, after: opened, evidence: [], event } as const;
  recorder.add({ ...draft, change: reconnect(choice) }, true);
  const onward: Load = { ...load, connection, basis: 'assumed', tunnel: next.tunnel };
  return {
    kind: 'sends',
    pod,
    packet: opened,
    load: onward,
    stage: sentHere ? 'released-outbound' : 'released-inbound',
  };
}

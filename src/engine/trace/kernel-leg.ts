// Through one pod's kernel: a packet that arrives, or that a socket sends, up to a socket, the wire or its end.
// Each packet opens a connection, so each has a conntrack of its own: two unknown ports are never the same port.
import type { Stage } from '../mesh/step-labels.ts';
import { createConntrack } from '../netfilter/conntrack.ts';
import { LOOPBACK } from '../netfilter/host.ts';
import { settingBehind } from '../netfilter/setting-behind.ts';
import { forwardingAt } from '../netfilter/settings.ts';
import { defaultDevice, isUndecided, routeOutput, type RoutingError } from '../netfilter/routing.ts';
import { receive, send, type Walk } from '../netfilter/walk.ts';
import { familyOf, reversed, type Packet } from '../packet/packet.ts';
import { evidenceOf } from './evidence.ts';
import { addKernelHops, settled } from './kernel.ts';
import { end, endsOf, endsUndecided, notice, type Context, type Leg, type Load } from './leg.ts';
import type { Pod } from './pod.ts';
import { noteSetting } from './setting-note.ts';

const ROUTING_FINDING: Readonly<Record<RoutingError, string>> = {
  'martian-source': 'finding.martian-source',
  'martian-destination': 'finding.martian-destination',
  localnet: 'finding.localnet',
  'undecided-localnet': 'finding.undecided-localnet',
  'refused-on-arrival': 'finding.refused-on-arrival',
  'not-forwarding': 'finding.not-forwarding',
  'loopback-source': 'finding.loopback-source',
  'reverse-path': 'finding.reverse-path',
  blackhole: 'finding.route-blackhole',
  unreachable: 'finding.route-unreachable',
  prohibit: 'finding.route-prohibit',
  'no-route': 'finding.no-route',
  'undecided-route': 'finding.undecided-route',
};

/** The interface that the way back to the sender leads by; where the routes tell none, the one that leads outside. */
function arrivalDevice({ host }: Pod, packet: Packet): string {
  const back: Packet = {
    ...packet,
    tuple: reversed(packet.tuple),
    iif: null,
    oif: null,
    mark: 0,
    owner: null,
  };
  const route = routeOutput(host, back);
  const known = 'device' in route && route.device !== LOOPBACK;
  return known ? route.device : defaultDevice(host, familyOf(packet.tuple));
}

/** In by the interface that the sender is behind. The mark of another host's packet does not come along. */
export function arrive(context: Context, pod: Pod, packet: Packet, load: Load): Leg {
  const entered: Packet = {
    ...packet,
    iif: arrivalDevice(pod, packet),
    oif: null,
    mark: 0,
    owner: null,
  };
  const stage = pod.kind === 'node' ? 'passes' : 'caught-inbound';
  return cross(context, { pod, entered, load, stage }, receive);
}

/** Out of a local socket. */
export function sendOut(context: Context, pod: Pod, packet: Packet, load: Load, stage: Stage): Leg {
  return cross(context, { pod, entered: packet, load, stage }, send);
}

interface Entry {
  readonly pod: Pod;
  readonly entered: Packet;
  readonly load: Load;
  readonly stage: Stage;
}

function cross(context: Context, { pod, entered, load, stage }: Entry, walker: typeof send): Leg {
  const { connection } = load;
  const conntrack = createConntrack();
  const walked = walker(pod.host, conntrack, entered);
  addKernelHops(context.recorder, walked, { pod, stage, connection });
  const walk = settled(walked);
  if (!walk) return endsUndecided(context);
  const decided = walk === walked;
  context.crossings.push({
    kind: 'kernel',
    pod,
    connection,
    stage,
    conntrack: decided ? conntrack : null,
    entered,
    walk,
  });
  noteSettings(context, { pod, entered, load, stage }, walk, walker);
  return afterWalk(context, pod, walk, load, walker === send);
}

function afterWalk(context: Context, pod: Pod, walk: Walk, load: Load, sentHere: boolean): Leg {
  switch (walk.fate) {
    case 'local':
      return { kind: 'delivered', pod, walk, load, sentHere };
    case 'wire':
      return leave(context, pod, walk.packet, load, sentHere);
    case 'rejected':
      return end('refused');
    case 'dropped':
      return end('dropped');
    case 'unroutable':
      return unroutable(context, pod, walk);
    case 'undecided':
      return endsUndecided(context);
  }
}

/** The lines of `ip rule` and `ip route` that decided are the proof; where routing was not pasted there are none. */
function unroutable(context: Context, pod: Pod, { routingError, routedBy, packet }: Walk): Leg {
  const error = routingError ?? 'not-forwarding';
  const undecided = isUndecided(error);
  const severity = undecided ? 'warning' : 'error';
  const last = routedBy.at(-1);
  const lines = [last?.rule, last?.route].flatMap((line) => (line ? [line.span] : []));
  notice(context, ROUTING_FINDING[error], severity, endsOf(packet), evidenceOf(pod.paste, lines));
  if (!undecided) noteSetting(context, pod, settingBehind(pod.host, error, packet));
  return end(undecided ? 'undecided' : 'dropped');
}

/** A packet that goes on, and would not if the sysctls were the kernel's defaults: the pasted lines that let it. */
function noteSettings(context: Context, { pod, entered }: Entry, walk: Walk, walker: typeof send): void {
  const { settings = [] } = pod.host;
  if (settings.length === 0 || walk.routingError) return;
  const { routingError, packet } = walker({ ...pod.host, settings: [] }, createConntrack(), entered);
  const held = routingError && settingBehind(pod.host, routingError, packet);
  if (!held || held.by.length === 0) return;
  const parameters = { ...endsOf(packet), pod: pod.name };
  const evidence = evidenceOf(
    pod.paste,
    held.by.map(({ span }) => span),
  );
  notice(context, 'finding.setting-lets-pass', 'info', parameters, evidence);
}

function leave({ recorder }: Context, pod: Pod, packet: Packet, load: Load, sentHere: boolean): Leg {
  const code = sentHere ? 'network.leaves' : 'network.forwarded';
  const forwards = sentHere ? null : forwardingAt(pod.host, familyOf(packet.tuple), packet.iif ?? LOOPBACK);
  recorder.add({
    stage: sentHere ? 'leaves' : 'passes',
    connection: load.connection,
    pod: pod.name,
    place: 'network',
    before: packet,
    after: packet,
    basis: load.basis === 'assumed' || (!sentHere && !forwards) ? 'assumed' : 'derived',
    evidence: forwards
      ? evidenceOf(
          pod.paste,
          forwards.by.map(({ span }) => span),
        )
      : [],
    event: { code, parameters: { ...endsOf(packet), interface: packet.oif ?? '' } },
  });
  return { kind: 'network', packet, load };
}

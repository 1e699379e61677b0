// The replies: each connection's answer, from the socket that accepted it back to the one that opened it, with the
// conntrack and marks its request left behind. It meets no nat rule; raw, mangle and filter see it.
import type { Rule } from '../../documents/iptables/ruleset.ts';
import { isLocal } from '../netfilter/host.ts';
import { settingBehind } from '../netfilter/setting-behind.ts';
import { receive, type Walk } from '../netfilter/walk.ts';
import { reversed, sameTuple, type Packet, type Tuple } from '../packet/packet.ts';
import { settled } from './kernel.ts';
import { endsOf, notice, type Acceptance, type Context, type Crossing, type KernelCrossing } from './leg.ts';
import { evidenceAt } from './evidence.ts';
import { ownsAddress, type Pod } from './pod.ts';
import { routeOver } from './route-over.ts';
import { ruleEvidence } from './rule-evidence.ts';
import { ownerOf, sendReply } from './reply-owner.ts';
import { addReplyHops } from './reply-kernel.ts';
import type { Basis, Evidence, Message, Place } from './trace.ts';
import { noteSetting } from './setting-note.ts';

/** `lost`: the packets that answer never come back, so no data ever travels on the connection. */
type Answered = 'answered' | 'lost' | 'unknown';

/** One connection's answer on its way. */
interface Reply {
  readonly context: Context;
  readonly connection: number;
  readonly basis: Basis;
}

/** Walks the answers of all connections, the last one first. */
export function answerAll(context: Context): void {
  const states = new Map<number, Answered>();
  for (const [connection, acceptance] of [...context.accepted].toReversed()) {
    const waits = acceptance.by === 'proxy' && states.get(connection + 1) !== 'answered';
    states.set(connection, waits ? 'unknown' : answerOf(context, connection, acceptance));
  }
}

function answerOf(context: Context, connection: number, { pod, by, basis, evidence }: Acceptance): Answered {
  const crossings = context.crossings.filter((each) => each.connection === connection).toReversed();
  const [first] = crossings;
  if (first?.kind !== 'kernel' || !first.conntrack) return 'unknown';
  const reply: Reply = { context, connection, basis };
  const tuple = reversed(first.walk.packet.tuple);
  const packet: Packet = { tuple, iif: null, oif: null, mark: 0, owner: ownerOf(pod, by) };
  addHop(reply, {
    place: by === 'app' ? 'app' : 'proxy',
    pod: pod.name,
    before: packet,
    event: { code: `${by}.answers`, parameters: endsOf(packet) },
    evidence,
  });
  const { walk, owned } = sendReply(first.pod, first.conntrack, packet);
  return owned ? hangsOnOwner(reply, first, owned) : goOn(reply, first, walk, crossings.slice(1));
}

/** From the end of one kernel to the next crossing, up to the socket that asked or the client outside the paste. */
function goOn(reply: Reply, crossing: KernelCrossing, walked: Walk, rest: readonly Crossing[]): Answered {
  const { context } = reply;
  const walk = settled(walked);
  if (!walk) return cannotTell(reply, crossing, walked);
  addReplyHops(context.recorder, crossing, walk);
  const { packet } = walk;
  const isAtOpener = crossing.entered.iif === null;
  if (walk.fate !== (isAtOpener ? 'local' : 'wire') || !isAnswerTo(crossing.entered.tuple, walk))
    return loses(reply, crossing, walk);
  return isAtOpener ? comesBack(reply, crossing, packet) : overNetwork(reply, crossing.pod, packet, rest);
}

function overNetwork(
  reply: Reply,
  from: Pod,
  packet: Packet,
  [next, ...rest]: readonly Crossing[],
): Answered {
  if (next?.kind === 'network') {
    const translated: Packet = { ...packet, tuple: reversed(next.entered.tuple) };
    const { evidence } = next;
    const code = evidence.length > 0 ? 'reply.service-pasted' : 'reply.service';
    const event = { code, parameters: endsOf(translated) };
    addHop(reply, { place: 'network', pod: null, before: packet, after: translated, event, evidence });
    return overNetwork(reply, from, translated, rest);
  }
  const code = next ? 'reply.between' : 'reply.to-client';
  const route = next && isBorrowed(next, packet) ? routeOver(from, packet, next.pod) : null;
  const evidence = route ? [evidenceAt(from.paste, route.span)] : [];
  const event = { code, parameters: endsOf(packet) };
  addHop(reply, { place: 'network', pod: null, before: packet, event, evidence });
  if (!next) return 'answered';
  if (isBorrowed(next, packet) && !route) return goesElsewhere(reply, next, packet);
  if (!next.conntrack) return 'unknown';
  const arriving: Packet = { ...packet, iif: next.walk.packet.oif, oif: null, mark: 0, owner: null };
  return goOn(reply, next, receive(next.pod.host, next.conntrack, arriving, 'syn-ack'), rest);
}

/** A source borrowed by another machine: the network takes the answer to the address's owner, unless a route leads back. */
function isBorrowed({ pod, entered }: KernelCrossing, { tuple }: Packet): boolean {
  return entered.iif === null && !ownsAddress(pod, tuple.dst);
}

function goesElsewhere({ context }: Reply, { pod }: KernelCrossing, packet: Packet): Answered {
  notice(context, 'finding.reply-elsewhere', 'error', { ...endsOf(packet), pod: pod.name });
  return 'lost';
}

/** A socket knows its connection by both ends; a packet with other ends it resets. */
function isAnswerTo(asked: Tuple, { packet, transparentSocket }: Walk): boolean {
  return sameTuple(packet.tuple, reversed(asked)) && transparentSocket?.listening !== true;
}

function comesBack(reply: Reply, { pod, stage }: KernelCrossing, packet: Packet): Answered {
  if (stage === 'caught-outbound')
    addHop(reply, {
      place: 'app',
      pod: pod.name,
      before: packet,
      event: { code: 'app.is-answered', parameters: endsOf(packet) },
    });
  return 'answered';
}

function loses({ context }: Reply, { entered, pod }: KernelCrossing, walk: Walk): Answered {
  const { fate, packet, routingError } = walk;
  const last = context.recorder.hops.at(-1);
  const borrowed = entered.iif === null && !isLocal(pod.host, entered.tuple.src);
  const astray = borrowed ? 'finding.original-src-without-routing' : 'finding.reply-astray';
  const code = fate === 'wire' || fate === 'local' ? astray : 'finding.reply-dropped';
  const expected = endsOf({ ...entered, tuple: reversed(entered.tuple) });
  const parameters = { ...endsOf(packet), interface: packet.oif ?? 'lo', asked: expected.destination };
  notice(context, code, 'error', parameters, last?.evidence ?? []);
  if (routingError) noteSetting(context, pod, settingBehind(pod.host, routingError, packet));
  return 'lost';
}

/** The request arrived all the same: what its answer meets is told beside the hops. */
function cannotTell({ context }: Reply, { pod }: KernelCrossing, { undecided }: Walk): Answered {
  const rule = undecided?.step.rule;
  const evidence = rule ? [ruleEvidence(pod, rule)] : [];
  notice(
    context,
    'finding.reply-unknown',
    'info',
    { chain: undecided?.step.chain ?? '', pod: pod.name },
    evidence,
  );
  return 'unknown';
}

/** A rule asks who answers, and nothing tells whom the application runs as. */
function hangsOnOwner({ context }: Reply, { pod }: KernelCrossing, rule: Rule): Answered {
  notice(context, 'finding.reply-owner-unknown', 'warning', { pod: pod.name }, [ruleEvidence(pod, rule)]);
  return 'unknown';
}

interface ReplyHop {
  readonly place: Exclude<Place, 'kernel'>;
  readonly pod: string | null;
  readonly before: Packet;
  readonly after?: Packet;
  readonly event: Message;
  readonly evidence?: readonly Evidence[];
}

function addHop({ context, connection, basis }: Reply, { evidence = [], ...hop }: ReplyHop): void {
  const { after = hop.before } = hop;
  context.recorder.add({
    ...hop,
    after,
    stage: 'leaves',
    packet: 'reply',
    connection,
    basis: basis === 'assumed' || (after !== hop.before && evidence.length === 0) ? 'assumed' : 'derived',
    evidence,
  });
}

// Whom the process that answers runs as, and whether the way back hangs on it where nothing tells.
import { askedOf } from '../../documents/iptables/contents.ts';
import type { Rule } from '../../documents/iptables/ruleset.ts';
import { copyConntrack, type Conntrack } from '../netfilter/conntrack.ts';
import { send, type Walk } from '../netfilter/walk.ts';
import type { Packet, SocketOwner } from '../packet/packet.ts';
import { PLAIN_REQUEST } from '../scenario.ts';
import type { Pod } from './pod.ts';

const PLAIN_OWNER: SocketOwner = { uid: PLAIN_REQUEST.uid, gid: PLAIN_REQUEST.gid };

/** The process is told by the pod's spec, or by its rules; null when nothing tells. */
export function ownerOf(pod: Pod, by: 'proxy' | 'app' | 'agent'): SocketOwner | null {
  return by === 'app' ? pod.applicationOwner : pod.proxyOwner;
}

/** The owners that the rules tell apart: any, root, and each that a rule asks for; the proxy's are no application's. */
function candidates({ rules, proxyOwner }: Pod): SocketOwner[] {
  const others = [...askedOf(rules.ruleset).owner].filter(
    (id) => id !== proxyOwner.uid && id !== proxyOwner.gid,
  );
  return others.map((id) => ({ uid: id, gid: id })).concat({ uid: 0, gid: 0 });
}

function stepsOf({ passes }: Walk) {
  return passes.flatMap(({ steps }) => steps);
}

/** The rule at which two walks part; null when they go the same way. */
function partsAt(one: Walk, other: Walk): Rule | null {
  const [a, b] = [stepsOf(one), stepsOf(other)];
  const at = a.findIndex(({ chain, rule }, i) => chain !== b[i]?.chain || rule !== b[i].rule);
  const step = at < 0 ? b[a.length] : a[at];
  return step?.rule ?? b[at]?.rule ?? null;
}

/** The reply's way as the owner sends it. Without an owner the way of any, as long as no rule parts them. */
export function sendReply(
  pod: Pod,
  conntrack: Conntrack,
  packet: Packet,
): { readonly walk: Walk; readonly owned: Rule | null } {
  if (packet.owner) return { walk: send(pod.host, conntrack, packet, 'syn-ack'), owned: null };
  const ways = candidates(pod).map((owner) =>
    send(pod.host, copyConntrack(conntrack), { ...packet, owner }, 'syn-ack'),
  );
  const walk = send(pod.host, conntrack, { ...packet, owner: PLAIN_OWNER }, 'syn-ack');
  const owned = ways.map((way) => partsAt(walk, way)).find((rule) => rule !== null) ?? null;
  return { walk, owned };
}

// A packet and what follows from it, pass by pass: SYN, SYN-ACK, ACK, or a reset, as far as the rules let it come.
// The sender's own close is left out, as the recorder leaves it out.
import { address } from '../../base/ip.ts';
import {
  reversed,
  sameTuple,
  type Packet,
  type Protocol,
  type SocketOwner,
  type Tuple,
} from '../packet/packet.ts';
import type { CasePacket } from './case.ts';
import type { Conntrack, Segment } from './conntrack.ts';
import { isLocal, type Host } from './host.ts';
import { ECHO } from './icmp.ts';
import { isAnswered, isListening, isReachable, LISTENER_OWNER, PEER } from './lab.ts';
import { hasPorts } from './numbers.ts';
import { chooseSource } from './source-address.ts';
import type { Pass } from './step.ts';
import { receive, send, type Binding, type Undecided, type Walk } from './walk.ts';

/** One packet and, if it is the SYN of a connection that is answered, the rest of its handshake. */
export class Handshake {
  readonly passes: Pass[] = [];
  /** The first doubt on the way. */
  undecided: Undecided | null = null;
  private readonly host: Host;
  private readonly conntrack: Conntrack;
  private binding: Binding = 'bound';

  constructor(host: Host, conntrack: Conntrack) {
    this.host = host;
    this.conntrack = conntrack;
  }

  run(asked: CasePacket, sport: number): void {
    const dst = address(asked.dst);
    const given = asked.src ? address(asked.src) : null;
    if (asked.dir === 'in') {
      const tuple = {
        protocol: protocolOf(asked),
        src: given ?? PEER[asked.family],
        sport,
        dst,
        dport: portOf(asked),
      };
      this.fromPeer(tuple);
      return;
    }
    const owner = { uid: asked.uid, gid: asked.gid };
    const sender = { protocol: protocolOf(asked), sport, dport: portOf(asked), uid: asked.uid };
    const src = given ?? chooseSource(this.host, dst, sender);
    if (!src) return;
    this.binding = given ? 'bound' : 'unbound';
    this.fromPod({ protocol: sender.protocol, src, sport, dst, dport: portOf(asked) }, owner);
  }

  private send(tuple: Tuple, owner: SocketOwner | null, segment: Segment): Walk {
    const packet: Packet = { tuple, ...messageOf(tuple, segment), iif: null, oif: null, mark: 0, owner };
    return this.keep(send(this.host, this.conntrack, packet, segment, this.binding));
  }

  private receive(tuple: Tuple, segment: Segment): Walk {
    const packet: Packet = {
      tuple,
      ...messageOf(tuple, segment),
      iif: 'eth0',
      oif: null,
      mark: 0,
      owner: null,
    };
    return this.keep(receive(this.host, this.conntrack, packet, segment));
  }

  private keep(walk: Walk): Walk {
    this.passes.push(...walk.passes);
    this.undecided ??= walk.undecided;
    return walk;
  }

  private fromPeer(tuple: Tuple): void {
    const syn = this.receive(tuple, 'syn');
    if (syn.fate !== 'local' || tuple.protocol === 'udp') return;
    if (isEcho(tuple)) {
      this.echo(syn);
      return;
    }
    const answer = this.answerHere(syn);
    if (!answer?.accepted || !reachesPeer(answer.walk)) return;
    if (!sameTuple(answer.walk.packet.tuple, reversed(tuple))) return;
    this.finish(this.receive(tuple, 'ack'), syn);
  }

  private fromPod(tuple: Tuple, owner: SocketOwner): void {
    const syn = this.send(tuple, owner, 'syn');
    if (isEcho(tuple)) return this.answerEcho(syn);
    if (tuple.protocol === 'udp') return;
    const answer =
      syn.fate === 'local' ? this.answerHere(syn) : syn.fate === 'wire' ? this.answerThere(syn) : null;
    if (!answer?.accepted || answer.walk.fate !== 'local' || answer.walk.transparentSocket) return;
    if (!sameTuple(answer.walk.packet.tuple, reversed(tuple))) return;
    const ack = this.send(tuple, owner, 'ack');
    if (ack.fate === 'wire' && (syn.fate === 'local' || !sameTuple(ack.packet.tuple, syn.packet.tuple)))
      this.resetThere(ack);
    else this.finish(ack, syn);
  }

  /** The kernel itself answers, to and from the addresses that the request came with. */
  private echo(request: Walk): void {
    this.send(reversed(request.packet.tuple), null, 'syn-ack');
  }

  private answerEcho(request: Walk): void {
    if (request.fate === 'local') this.echo(request);
    const { src, dst } = request.packet.tuple;
    if (reachesPeer(request) && isAnswered(dst) && isReachable(src))
      this.receive(reversed(request.packet.tuple), 'syn-ack');
  }

  /** The ACK reaches a socket; one that it does not belong to resets it, and owns the reset (Linux 6.13 and later). */
  private finish(ack: Walk, syn: Walk): void {
    if (ack.fate !== 'local') return;
    const meant = syn.fate === 'local' && sameTuple(ack.packet.tuple, syn.packet.tuple);
    const found = meant && !ack.transparentSocket?.listening;
    if (found) return;
    this.reset(ack);
  }

  /** Without a socket the kernel resets from its own IPv4 addresses alone (ip_route_output_key_hash_rcu). */
  private reset(walk: Walk): Walk | null {
    const tuple = reversed(walk.packet.tuple);
    if (isTaken(walk)) return this.send(tuple, LISTENER_OWNER, 'rst');
    return tuple.src.family === 4 && !isLocal(this.host, tuple.src) ? null : this.send(tuple, null, 'rst');
  }

  /** The ACK took another way than the SYN: the peer knows nothing of the connection. */
  private resetThere(ack: Walk): void {
    const { src, dst } = ack.packet.tuple;
    if (reachesPeer(ack) && isAnswered(dst) && isReachable(src))
      this.receive(reversed(ack.packet.tuple), 'rst');
  }

  /** A listener of the pod answers with SYN-ACK; without one the kernel resets. */
  private answerHere(syn: Walk): { accepted: boolean; walk: Walk } | null {
    const accepted = isTaken(syn);
    const walk = accepted
      ? this.send(reversed(syn.packet.tuple), LISTENER_OWNER, 'syn-ack')
      : this.reset(syn);
    return walk && { accepted, walk };
  }

  private answerThere(syn: Walk): { accepted: boolean; walk: Walk } | null {
    const { src, dst, dport } = syn.packet.tuple;
    if (!reachesPeer(syn) || !isAnswered(dst) || !isReachable(src)) return null;
    const accepted = isListening(dport);
    return { accepted, walk: this.receive(reversed(syn.packet.tuple), accepted ? 'syn-ack' : 'rst') };
  }
}

function protocolOf({ proto, family }: CasePacket): Protocol {
  return proto === 'icmp' && family === 6 ? 'icmpv6' : proto;
}

function portOf({ proto, dport }: CasePacket): number {
  return proto === 'icmp' ? 0 : dport;
}

function isEcho({ protocol }: Tuple): boolean {
  return !hasPorts(protocol);
}

function messageOf(tuple: Tuple, segment: Segment): Pick<Packet, 'icmp'> {
  if (!isEcho(tuple)) return {};
  return { icmp: ECHO[segment === 'syn' ? 'request' : 'reply'](tuple.src.family) };
}

function reachesPeer({ fate, packet }: Walk): boolean {
  return fate === 'wire' && packet.oif === 'eth0';
}

/** Whether a listener of the pod gets the packet. */
function isTaken(walk: Walk): boolean {
  return isListening(walk.transparentSocket?.port ?? walk.packet.tuple.dport);
}

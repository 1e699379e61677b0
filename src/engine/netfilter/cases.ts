// One recorded or asked case: a ruleset, and packets between a pod and its peer -> every pass of each TCP handshake,
// in the form in which `nft monitor trace` was recorded.
// The pod has eth0 10.20.0.77 and fd00:20::77; the peer answers for every address but those of its own link.
import { address, contains, parsePrefix, type Family, type IpAddress } from '../../base/ip.ts';
import type { Source } from '../../base/source.ts';
import { parseNft } from '../../documents/nft/parse.ts';
import { parseSave } from '../../documents/iptables/save.ts';
import { mergeRulesets, type Ruleset } from '../../documents/iptables/ruleset.ts';
import { reversed, sameTuple, type Packet, type SocketOwner, type Tuple } from '../packet/packet.ts';
import { createConntrack, type Conntrack, type Segment } from './conntrack.ts';
import type { Host, ListeningSocket } from './host.ts';
import { chooseSource } from './routing.ts';
import type { Pass, Step } from './step.ts';
import { verdictText } from './verdict.ts';
import { receive, send, type Walk } from './walk.ts';

export interface CasePacket {
  readonly id: string;
  readonly dir: 'in' | 'out';
  readonly family: Family;
  readonly proto: 'tcp' | 'udp';
  readonly src?: string | null;
  readonly sport?: number;
  readonly dst: string;
  readonly dport: number;
  readonly uid?: number;
  readonly gid?: number;
}

export interface Case {
  readonly id: string;
  readonly v4?: string | null;
  readonly v6?: string | null;
  readonly nft?: string | null;
  readonly routing?: 'default' | 'tproxy';
  readonly packets: readonly CasePacket[];
}

export interface AnswerStep {
  readonly table: string;
  readonly chain: string;
  readonly rule: number | null;
  readonly verdict: string;
  readonly tuple: readonly [string, number | null, string, number | null];
  readonly iif: string | null;
  readonly oif: string | null;
  /** Known at a policy alone, as in the kernel's trace. */
  readonly mark: number | null;
}

export interface AnswerPass {
  readonly class: Pass['class'];
  readonly iif: string | null;
  readonly oif: string | null;
  readonly steps: readonly AnswerStep[];
}

export interface Answer {
  readonly id: string;
  readonly loaded: true;
  readonly error: null;
  readonly packets: readonly {
    readonly id: string;
    readonly sport: number;
    readonly passes: readonly AnswerPass[];
  }[];
}

const PORTS = [15001, 15006, 15008, 15053, 18080, 9080, 80, 8080, 4140, 4143, 20000, 15010, 15003];
const POD = { 4: address('10.20.0.77'), 6: address('fd00:20::77') } as const;
const PEER = { 4: address('10.20.0.78'), 6: address('fd00:20::78') } as const;
const PEER_ADDRESSES = ['10.20.0.78', '10.20.0.79', '10.20.0.1', 'fd00:20::78'];
const LINKS = ['10.20.0.0/24', 'fd00:20::/64'].flatMap((text) => parsePrefix(text) ?? []);
/** Where the peer answers although the address is not its own. */
const ANSWERED = ['0.0.0.0/0', '2000::/3'].flatMap((text) => parsePrefix(text) ?? []);
const FIRST_PORT = 33001;

/** The listeners run as root and are transparent; the only UDP socket is the last one. */
const LISTENING: readonly ListeningSocket[] = [
  ...PORTS.map((port): ListeningSocket => ({ protocol: 'tcp', address: null, port, transparent: true })),
  { protocol: 'udp', address: null, port: 15053, transparent: false },
];
const LISTENER_OWNER: SocketOwner = { uid: 0, gid: 0 };

/** Walks every packet of a case in turn, as the recorder sends them. */
export function answerCase(asked: Case): Answer {
  const host = hostOf(asked);
  const conntrack = createConntrack();
  const packets = asked.packets.map((packet, i) => {
    const sport = packet.sport ?? FIRST_PORT + i;
    const handshake = new Handshake(host, conntrack);
    handshake.run(packet, sport);
    return { id: packet.id, sport, passes: handshake.passes.filter(isAttributed).map(answerPass) };
  });
  return { id: asked.id, loaded: true, error: null, packets };
}

function rulesetOf(asked: Case): Ruleset {
  const read = (text: string | null | undefined, family: 'ip' | 'ip6'): Ruleset[] => {
    if (!text) return [];
    const source: Source = { name: asked.id, text };
    return [parseSave(source, { from: 0, to: text.length }, family).value];
  };
  const nft = asked.nft
    ? [parseNft({ name: asked.id, text: asked.nft }, { from: 0, to: asked.nft.length }).value]
    : [];
  return mergeRulesets([...read(asked.v4, 'ip'), ...read(asked.v6, 'ip6'), ...nft]);
}

function hostOf(asked: Case): Host {
  return {
    ruleset: rulesetOf(asked),
    interfaces: [
      { name: 'lo', addresses: [address('127.0.0.1'), address('::1')] },
      { name: 'eth0', addresses: [POD[4], POD[6]] },
    ],
    routing: asked.routing === 'tproxy' ? [{ mark: { value: 0x539, mask: 0xffffffff } }] : [],
    listening: LISTENING,
    forwarding: false,
  };
}

/** One packet and, if it is the SYN of a connection that is answered, the rest of its handshake. */
class Handshake {
  readonly passes: Pass[] = [];
  private readonly host: Host;
  private readonly conntrack: Conntrack;

  constructor(host: Host, conntrack: Conntrack) {
    this.host = host;
    this.conntrack = conntrack;
  }

  run(asked: CasePacket, sport: number): void {
    const dst = address(asked.dst);
    const given = asked.src ? address(asked.src) : null;
    if (asked.dir === 'in') {
      const tuple = {
        protocol: asked.proto,
        src: given ?? PEER[asked.family],
        sport,
        dst,
        dport: asked.dport,
      };
      this.fromPeer(tuple);
      return;
    }
    const src = given ?? chooseSource(this.host, dst) ?? POD[asked.family];
    const owner = { uid: asked.uid ?? 0, gid: asked.gid ?? 0 };
    this.fromPod({ protocol: asked.proto, src, sport, dst, dport: asked.dport }, owner);
  }

  private send(tuple: Tuple, owner: SocketOwner | null, segment: Segment): Walk {
    const packet: Packet = { tuple, iif: null, oif: null, mark: 0, owner };
    return this.keep(send(this.host, this.conntrack, packet, segment));
  }

  private receive(tuple: Tuple, segment: Segment): Walk {
    const packet: Packet = { tuple, iif: 'eth0', oif: null, mark: 0, owner: null };
    return this.keep(receive(this.host, this.conntrack, packet, segment));
  }

  private keep(walk: Walk): Walk {
    this.passes.push(...walk.passes);
    return walk;
  }

  private fromPeer(tuple: Tuple): void {
    const syn = this.receive(tuple, 'syn');
    if (syn.fate !== 'local' || tuple.protocol !== 'tcp') return;
    const answer = this.answerHere(syn);
    if (!answer.accepted || answer.walk.fate !== 'wire') return;
    if (!sameTuple(answer.walk.packet.tuple, reversed(tuple))) return;
    this.finish(this.receive(tuple, 'ack'), syn);
  }

  private fromPod(tuple: Tuple, owner: SocketOwner): void {
    const syn = this.send(tuple, owner, 'syn');
    if (tuple.protocol !== 'tcp') return;
    const answer =
      syn.fate === 'local' ? this.answerHere(syn) : syn.fate === 'wire' ? this.answerThere(syn) : null;
    if (!answer?.accepted || answer.walk.fate !== 'local' || answer.walk.transparentSocket) return;
    if (!sameTuple(answer.walk.packet.tuple, reversed(tuple))) return;
    const ack = this.send(tuple, owner, 'ack');
    if (syn.fate === 'local') this.finish(ack, syn);
  }

  /** The ACK reaches a socket; one that it does not belong to resets it, and owns the reset (Linux 6.13 and later). */
  private finish(ack: Walk, syn: Walk): void {
    if (ack.fate !== 'local') return;
    const found = sameTuple(ack.packet.tuple, syn.packet.tuple) && !ack.transparentSocket?.listening;
    if (found) return;
    this.send(reversed(ack.packet.tuple), isAccepted(ack) ? LISTENER_OWNER : null, 'rst');
  }

  /** A listener of the pod answers with SYN-ACK; without one the kernel resets. */
  private answerHere(syn: Walk): { accepted: boolean; walk: Walk } {
    const accepted = isAccepted(syn);
    const tuple = reversed(syn.packet.tuple);
    const walk = accepted ? this.send(tuple, LISTENER_OWNER, 'syn-ack') : this.send(tuple, null, 'rst');
    return { accepted, walk };
  }

  private answerThere(syn: Walk): { accepted: boolean; walk: Walk } | null {
    const { src, dst, dport } = syn.packet.tuple;
    if (!isAnswered(dst) || !isReachable(src)) return null;
    const accepted = PORTS.includes(dport ?? 0);
    return { accepted, walk: this.receive(reversed(syn.packet.tuple), accepted ? 'syn-ack' : 'rst') };
  }
}

/** Whether a listener of the pod gets the packet. */
function isAccepted(walk: Walk): boolean {
  const port = walk.transparentSocket?.port ?? walk.packet.tuple.dport;
  return port !== null && PORTS.includes(port);
}

function isOnLink(target: IpAddress): boolean {
  return LINKS.some((link) => contains(link, target));
}

/** Whether the peer takes a packet for that address as its own. */
function isAnswered(target: IpAddress): boolean {
  if (isOnLink(target)) return PEER_ADDRESSES.includes(target.text);
  return ANSWERED.some((prefix) => contains(prefix, target));
}

/** Whether the peer's answer finds its way: on the link it knows the pod alone. */
function isReachable(source: IpAddress): boolean {
  return source.text === POD[source.family].text;
}

/** An answer that meets no rule leaves no trace of whose answer it is, so none was recorded. */
function isAttributed(pass: Pass): boolean {
  return pass.class !== 'reply' || pass.steps.length > 0;
}

function answerPass(pass: Pass): AnswerPass {
  return { class: pass.class, iif: pass.iif, oif: pass.oif, steps: pass.steps.map(answerStep) };
}

function answerStep(step: Step): AnswerStep {
  const { tuple, iif, oif } = step.entry;
  return {
    table: step.table,
    chain: step.chain,
    rule: step.rule?.number ?? null,
    verdict: verdictText(step.verdict),
    tuple: [tuple.src.text, tuple.sport, tuple.dst.text, tuple.dport],
    iif,
    oif,
    mark: step.rule === null ? step.after.mark : null,
  };
}

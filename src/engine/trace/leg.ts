// The legs of a journey, and what travels along: each leg returns the next one.
import type { IpAddress } from '../../base/ip.ts';
import type { AccessLogEntry } from '../../documents/accesslog/entry.ts';
import type { HttpRequest } from '../envoy/connection.ts';
import type { TrustedClient, Wire } from '../envoy/outcome.ts';
import type { Tunnel } from '../mesh/ambient.ts';
import type { Stage } from '../mesh/step-labels.ts';
import type { Conntrack } from '../netfilter/conntrack.ts';
import type { Walk } from '../netfilter/walk.ts';
import {
  destinationText,
  sourceText,
  type Packet,
  type Protocol,
  type SocketOwner,
} from '../packet/packet.ts';
import { lapOf } from './lap.ts';
import type { Pod } from './pod.ts';
import type { Recorder } from './recorder.ts';
import type { AppView, Basis, Evidence, Finding, Hop, Lap, Outcome } from './trace.ts';

/** What travels with the request from leg to leg. */
export interface Load {
  /** 1, 2, 3 …: a proxy ends one connection and opens the next. */
  readonly connection: number;
  /** Null for anything but HTTP. */
  readonly http: HttpRequest | null;
  /** What the next inspectors find in the bytes. */
  readonly wire: Wire;
  readonly proxyHeader: string | null;
  readonly requestId: string | null;
  /** How sure the addresses are: what an assumption opened stays assumed. */
  readonly basis: Basis;
  /** What travels inside HBONE. */
  readonly tunnel?: Tunnel<Endpoint> | null;
}

/** A packet that a host's kernel delivered to a socket of its own. */
export interface Delivered {
  readonly kind: 'delivered';
  readonly pod: Pod;
  readonly walk: Walk;
  readonly load: Load;
  /** It was sent here, and not received from the network. */
  readonly sentHere: boolean;
}

export type Leg =
  | {
      readonly kind: 'network';
      readonly packet: Packet;
      readonly load: Load;
      /** Of the first packet, which a client sent that is nowhere pasted: how sure it is, and the line that tells. */
      readonly told?: Pick<Hop, 'basis' | 'evidence'>;
    }
  | { readonly kind: 'arrives'; readonly pod: Pod; readonly packet: Packet; readonly load: Load }
  | {
      readonly kind: 'sends';
      readonly pod: Pod;
      readonly packet: Packet;
      readonly load: Load;
      readonly stage: Stage;
    }
  | Delivered
  | { readonly kind: 'end'; readonly outcome: Outcome };

/** A connection's way through one host's kernel, and the conntrack that its answer will meet there. */
export interface KernelCrossing {
  readonly kind: 'kernel';
  readonly pod: Pod;
  readonly connection: number;
  readonly stage: Stage;
  /** Null when the walk left a doubt, even one that changes nothing for the request. */
  readonly conntrack: Conntrack | null;
  /** The packet before the walk. `iif` is null when a socket of this host sent it. */
  readonly entered: Packet;
  readonly walk: Walk;
}

/** Something between the machines changed the destination on the way: what it did, it undoes for the answer. */
export interface NetworkCrossing {
  readonly kind: 'network';
  readonly connection: number;
  readonly entered: Packet;
  readonly left: Packet;
  /** The pasted lines that say so; none when it is assumed. */
  readonly evidence: readonly Evidence[];
}

export type Crossing = KernelCrossing | NetworkCrossing;

/** Who took a connection: the socket that its answer comes from. */
export interface Acceptance {
  readonly pod: Pod;
  readonly by: 'proxy' | 'app' | 'agent';
  readonly basis: Basis;
  /** The line that made it accept: the listener's. */
  readonly evidence: readonly Evidence[];
}

/** What the whole journey shares. `notices` are findings in the order they were met. */
export interface Context {
  readonly pods: readonly Pod[];
  /** The pod that the request is for. */
  readonly server: Pod;
  /** Where the request was first sent to. */
  readonly asked: IpAddress;
  readonly recorder: Recorder;
  readonly notices: Finding[];
  /** Log lines whose request was followed as a call of the application. */
  readonly called: Set<AccessLogEntry>;
  /** What the connections went through, in order. */
  readonly crossings: Crossing[];
  /** Who accepted each connection, by its number. */
  readonly accepted: Map<number, Acceptance>;
  /** The log line that says that this very request was answered. */
  loggedAnswer: Evidence | null;
  /** Whom the gateway that the request reached first takes for the client; null where none was pasted. */
  edge: { readonly pod: string; readonly client: TrustedClient } | null;
  /** The round that the way goes without end. */
  lap: Lap | null;
  /** What the first application that was reached sees. */
  app: AppView | null;
}

export interface Endpoint {
  readonly address: IpAddress;
  readonly port: number | null;
}

/** Notes something beyond the hops, at the last hop. */
export function notice(
  { notices, recorder }: Context,
  code: string,
  severity: Finding['severity'],
  parameters: Finding['parameters'] = {},
  evidence: readonly Evidence[] = [],
): void {
  notices.push({ code, severity, hop: recorder.hops.at(-1)?.n ?? null, parameters, evidence });
}

export function end(outcome: Outcome): Leg {
  return { kind: 'end', outcome };
}

/** The end, when the last hop does what another did before; null when the way goes on. */
export function endsInLoop(context: Context): Leg | null {
  const { hops } = context.recorder;
  const lap = lapOf(hops);
  if (!lap) return null;
  context.lap = lap;
  notice(context, 'finding.loop', 'error', { ...lap }, hops.at(-1)?.evidence ?? []);
  return end('loop');
}

/** The last hop could not be decided; its evidence is the line that caused it. */
export function endsUndecided(context: Context): Leg {
  const last = context.recorder.hops.at(-1);
  notice(context, 'finding.undecided', 'warning', {}, last?.evidence ?? []);
  return end('undecided');
}

/** A packet that a local socket opens a connection with. */
export function openedBy(from: Endpoint, to: Endpoint, protocol: Protocol, owner: SocketOwner): Packet {
  return {
    tuple: { protocol, src: from.address, sport: from.port, dst: to.address, dport: to.port },
    iif: null,
    oif: null,
    mark: 0,
    owner,
  };
}

/** Both ends as text, for sentences. */
export function endsOf({ tuple }: Packet): { source: string; destination: string } {
  return { source: sourceText(tuple), destination: destinationText(tuple) };
}

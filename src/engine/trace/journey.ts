// One request, from the socket that sends it to the application that answers: kernel, proxy, network, next pod.
import type { HttpRequest } from '../envoy/connection.ts';
import { PLAIN_TEXT, UNKNOWN_WIRE, type Wire } from '../envoy/outcome.ts';
import type { Packet, Protocol } from '../packet/packet.ts';
import { isForAgent } from '../mesh/agent.ts';
import { call, reachAgent, reachApp } from './app-leg.ts';
import { arrive, sendOut } from './kernel-leg.ts';
import { end, endsInLoop, notice, type Context, type Delivered, type Leg, type Load } from './leg.ts';
import { crossNetwork } from './network-leg.ts';
import type { Pod } from './pod.ts';
import { passProbe, probeBehind } from './probe-leg.ts';
import { isTakenByProxy, passProxy } from './proxy-leg.ts';
import type { Recorder } from './recorder.ts';
import { answerAll } from './reply.ts';
import { isTakenByZtunnel, passZtunnel } from './ztunnel-leg.ts';
import type { AppView, Basis, Evidence, Finding, Lap, Outcome } from './trace.ts';

/** From here on every leg is asked whether it goes round, not only a proxy's new connection. */
const LONG_WAY = 400;

export interface Start {
  readonly packet: Packet;
  /** The pod that sends it; null when it comes from elsewhere. */
  readonly pod: Pod | null;
  readonly http: HttpRequest | null;
  /** Null when nothing tells what the bytes are. */
  readonly wire: Wire | null;
  readonly requestId: string | null;
  /** How sure it is that this packet was sent: a log line tells it, somebody asked, or it only stands for one. */
  readonly basis: Basis;
  readonly evidence: readonly Evidence[];
}

export interface Journey {
  readonly outcome: Outcome;
  readonly protocol: Protocol;
  readonly lap: Lap | null;
  readonly app: AppView;
  readonly notices: readonly Finding[];
  /** The X-Forwarded-For that the request set out with. */
  readonly sentForwardedFor: string | null;
  readonly edge: Context['edge'];
}

const UNSEEN: AppView = { remoteAddress: null, remotePort: null, xForwardedFor: null, proxyHeader: null };

/** Follows the request over all pods. The hops go to the recorder. */
export function follow(pods: readonly Pod[], server: Pod, start: Start, recorder: Recorder): Journey {
  const context: Context = {
    pods,
    server,
    asked: start.packet.tuple.dst,
    recorder,
    notices: [],
    lap: null,
    called: new Set(),
    crossings: [],
    accepted: new Map(),
    loggedAnswer: null,
    edge: null,
    app: null,
  };
  let leg = firstLeg(context, start);
  while (leg.kind !== 'end')
    leg = (recorder.hops.length > LONG_WAY && endsInLoop(context)) || nextLeg(context, leg);
  // What the application calls afterwards does not change what it has seen; a loop does, for nobody answers.
  const outcome = context.app && leg.outcome !== 'loop' ? 'delivered' : leg.outcome;
  if (outcome === 'delivered') answerAll(context);
  contradictAnswer(context, outcome);
  return {
    outcome,
    protocol: start.packet.tuple.protocol,
    lap: context.lap,
    app: outcome === 'delivered' ? (context.app ?? UNSEEN) : UNSEEN,
    notices: context.notices,
    sentForwardedFor: start.http?.headers['x-forwarded-for'] ?? null,
    edge: context.edge,
  };
}

/** A log that shows an answer, and rules that let none come back: they are of different times, or different pods. */
function contradictAnswer(context: Context, outcome: Outcome): void {
  const { loggedAnswer } = context;
  if (!loggedAnswer || outcome === 'delivered' || outcome === 'undecided') return;
  notice(context, 'finding.log-answered', 'warning', {}, [loggedAnswer]);
}

function firstLeg(context: Context, start: Start): Leg {
  const { packet, pod, http, wire, requestId, basis, evidence } = start;
  const load: Load = {
    connection: 1,
    http,
    wire: wire ?? (pod ? PLAIN_TEXT : UNKNOWN_WIRE),
    proxyHeader: null,
    requestId,
    basis: basis === 'assumed' ? 'assumed' : 'derived',
  };
  if (pod) return call(context, pod, packet, load, basis, evidence);
  return { kind: 'network', packet, load, told: { basis, evidence } };
}

function takenBy(delivered: Delivered): (context: Context, delivered: Delivered) => Leg {
  const { pod, walk } = delivered;
  if (isTakenByZtunnel(pod, walk)) return passZtunnel;
  if (isForAgent(walk.packet.tuple.dport)) return reachAgent;
  const probe = probeBehind(delivered);
  if (probe) return (context) => passProbe(context, delivered, probe);
  if (isTakenByProxy(delivered)) return passProxy;
  return pod.role === 'gateway' || pod.kind === 'node' ? findNobody : reachApp;
}

/** A gateway and a node run no application of the question: what no listener takes is reset. */
function findNobody(context: Context, { pod, walk }: Delivered): Leg {
  const parameters = { pod: pod.name, port: walk.packet.tuple.dport ?? '*' };
  const known = pod.kind === 'node' || (pod.config?.listeners.length ?? 0) > 0;
  notice(context, known ? 'finding.no-listener' : 'finding.listeners-not-pasted', 'error', parameters);
  return end(known ? 'refused' : 'undecided');
}

function nextLeg(context: Context, leg: Exclude<Leg, { kind: 'end' }>): Leg {
  switch (leg.kind) {
    case 'network':
      return crossNetwork(context, leg);
    case 'arrives':
      return arrive(context, leg.pod, leg.packet, leg.load);
    case 'sends':
      return sendOut(context, leg.pod, leg.packet, leg.load, leg.stage);
    case 'delivered':
      return takenBy(leg)(context, leg);
  }
}

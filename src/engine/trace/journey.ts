// One request, from the socket that sends it to the application that answers: kernel, proxy, network, next pod.
// Each leg returns the next one; the loop in `follow` runs them until the way ends.
import { parseEndpoint, type IpAddress } from '../../base/ip.ts';
import { fieldText, type AccessLogEntry } from '../../documents/accesslog/entry.ts';
import type { HttpRequest } from '../envoy/connection.ts';
import { PLAIN_TEXT, UNKNOWN_WIRE, type Connect, type Wire } from '../envoy/outcome.ts';
import type { AssumedService } from '../mesh/default-config.ts';
import type { Stage } from '../mesh/step-labels.ts';
import { isMeshServerName } from '../mesh/tls.ts';
import { chooseSource } from '../netfilter/routing.ts';
import { receive, send, type Walk } from '../netfilter/walk.ts';
import {
  destinationText,
  sourceText,
  type Packet,
  type Protocol,
  type SocketOwner,
} from '../packet/packet.ts';
import { evidenceAt, evidenceOf } from './evidence.ts';
import { capturePorts } from './host.ts';
import { addKernelHops, settled } from './kernel.ts';
import { endpointIn, matchingEntry } from './log-match.ts';
import { ownsAddress, type Pod } from './pod.ts';
import { proxyDecision } from './proxy-decision.ts';
import { addProxyHops, basisOf, evidenceFor, type ProxyEnding } from './proxy-hops.ts';
import type { Recorder } from './recorder.ts';
import { requestOfEntry } from './request.ts';
import type { AppView, Basis, Evidence, Message, Outcome } from './trace.ts';

/** More hops than any real path has: a way that goes on so long goes round. */
const HOP_LIMIT = 400;

/** What travels with the request from leg to leg. */
interface Load {
  readonly connection: number;
  readonly http: HttpRequest | null;
  readonly wire: Wire;
  readonly proxyHeader: string | null;
  readonly requestId: string | null;
  /** How sure the addresses are: what an assumption opened stays assumed. */
  readonly basis: Basis;
}

type Leg =
  | { readonly kind: 'network'; readonly packet: Packet; readonly load: Load }
  | { readonly kind: 'arrives'; readonly pod: Pod; readonly packet: Packet; readonly load: Load }
  | {
      readonly kind: 'sends';
      readonly pod: Pod;
      readonly packet: Packet;
      readonly load: Load;
      readonly stage: Stage;
    }
  | {
      readonly kind: 'delivered';
      readonly pod: Pod;
      readonly walk: Walk;
      readonly load: Load;
      readonly released: boolean;
      readonly outbound: boolean;
    }
  | { readonly kind: 'app'; readonly pod: Pod; readonly packet: Packet; readonly load: Load }
  | { readonly kind: 'end'; readonly outcome: Outcome };

export interface Start {
  readonly packet: Packet;
  /** The pod that sends it; null when it comes from elsewhere. */
  readonly pod: Pod | null;
  readonly http: HttpRequest | null;
  readonly wire: Wire | null;
  readonly requestId: string | null;
}

/** Something the journey noticed beyond its hops; findings are made of it. */
export interface Notice {
  readonly code: string;
  readonly hop: number | null;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly evidence: readonly Evidence[];
}

export interface Journey {
  readonly outcome: Outcome;
  readonly app: AppView;
  readonly notices: readonly Notice[];
}

const UNSEEN: AppView = { remoteAddress: null, remotePort: null, xForwardedFor: null, proxyHeader: null };

/** Follows the request over all pods. The hops go to the recorder. */
export function follow(pods: readonly Pod[], server: Pod, start: Start, recorder: Recorder): Journey {
  const traveller = new Traveller(pods, server, recorder);
  return traveller.run(start);
}

class Traveller {
  private readonly pods: readonly Pod[];
  private readonly server: Pod;
  private readonly recorder: Recorder;
  private readonly notices: Notice[] = [];
  /** Proxy passes that were made, and the hop each began at: the same one again is a loop. */
  private readonly visited = new Map<string, number>();
  private readonly called = new Set<AccessLogEntry>();
  private app: AppView = UNSEEN;
  private answered = false;

  constructor(pods: readonly Pod[], server: Pod, recorder: Recorder) {
    this.pods = pods;
    this.server = server;
    this.recorder = recorder;
  }

  run({ packet, pod, http, wire, requestId }: Start): Journey {
    const load: Load = {
      connection: 1,
      http,
      wire: wire ?? (pod ? PLAIN_TEXT : UNKNOWN_WIRE),
      proxyHeader: null,
      requestId,
      basis: 'derived',
    };
    let leg: Leg = pod ? this.calls(pod, packet, load, [], 'derived') : { kind: 'network', packet, load };
    while (leg.kind !== 'end')
      leg = this.recorder.hops.length > HOP_LIMIT ? this.loops(null) : this.next(leg);
    // What is called afterwards does not change what the asked application sees.
    const outcome = this.answered && leg.outcome !== 'loop' ? 'delivered' : leg.outcome;
    return { outcome, app: outcome === 'delivered' ? this.app : UNSEEN, notices: this.notices };
  }

  private next(leg: Exclude<Leg, { kind: 'end' }>): Leg {
    switch (leg.kind) {
      case 'network':
        return this.crossesNetwork(leg.packet, leg.load);
      case 'arrives':
        return this.arrives(leg.pod, leg.packet, leg.load);
      case 'sends':
        return this.sends(leg.pod, leg.packet, leg.load, leg.stage);
      case 'delivered':
        return this.isProxyPort(leg.pod, leg.walk) ? this.passesProxy(leg) : this.reachesApp(leg);
      case 'app':
        return this.answers(leg.pod, leg.packet, leg.load);
    }
  }

  /** An application opens a connection. */
  private calls(pod: Pod, packet: Packet, load: Load, evidence: readonly Evidence[], basis: Basis): Leg {
    this.recorder.add({
      stage: 'app-calls',
      connection: load.connection,
      pod: pod.name,
      place: 'app',
      before: packet,
      after: packet,
      basis,
      evidence,
      event: { code: 'app.calls', parameters: { destination: destinationText(packet.tuple) } },
      change: { kind: 'reconnect', cause: 'application' },
    });
    return { kind: 'sends', pod, packet, load, stage: 'caught-outbound' };
  }

  /** Between pods. A service's address stands for its endpoint; who translated it was not pasted. */
  private crossesNetwork(packet: Packet, load: Load): Leg {
    const target = this.pods.find((pod) => ownsAddress(pod, packet.tuple.dst));
    const first = this.recorder.hops.length === 0;
    if (target) {
      this.addNetworkHop(
        packet,
        packet,
        load,
        { code: first ? 'network.from-client' : 'network.between', parameters: addressesIn(packet) },
        'derived',
      );
      return { kind: 'arrives', pod: target, packet, load };
    }
    const endpoint = first
      ? this.server.addresses.find(({ family }) => family === packet.tuple.dst.family)
      : undefined;
    if (!endpoint) {
      const event = { code: 'network.not-pasted', parameters: addressesIn(packet) };
      const hop = this.addNetworkHop(packet, packet, load, event, 'undecided');
      this.notice('destination.not-pasted', hop.n, { address: destinationText(packet.tuple) });
      return { kind: 'end', outcome: 'undecided' };
    }
    const translated = { ...packet, tuple: { ...packet.tuple, dst: endpoint } };
    const event = {
      code: 'network.service',
      parameters: { service: destinationText(packet.tuple), endpoint: destinationText(translated.tuple) },
    };
    this.addNetworkHop(packet, translated, load, event, 'assumed');
    return { kind: 'arrives', pod: this.server, packet: translated, load };
  }

  private addNetworkHop(before: Packet, after: Packet, load: Load, event: Message, basis: Basis) {
    return this.recorder.add({
      stage: 'arrives',
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

  private arrives(pod: Pod, packet: Packet, load: Load): Leg {
    const arriving: Packet = { ...packet, iif: 'eth0', oif: null, mark: 0, owner: null };
    const walk = receive(pod.host, pod.conntrack, arriving);
    addKernelHops(this.recorder, walk, { pod, stage: 'caught-inbound', connection: load.connection });
    return this.afterWalk(pod, walk, load, { released: false, outbound: false });
  }

  private sends(pod: Pod, packet: Packet, load: Load, stage: Stage): Leg {
    const walk = send(pod.host, pod.conntrack, packet);
    addKernelHops(this.recorder, walk, { pod, stage, connection: load.connection });
    const released = stage.startsWith('released');
    return this.afterWalk(pod, walk, load, { released, outbound: stage.endsWith('outbound') });
  }

  private afterWalk(pod: Pod, walked: Walk, load: Load, how: { released: boolean; outbound: boolean }): Leg {
    const walk = settled(walked);
    const hop = this.recorder.hops.at(-1)?.n ?? null;
    if (!walk) {
      this.notice('undecided', hop, {}, this.recorder.hops.at(-1)?.evidence ?? []);
      return { kind: 'end', outcome: 'undecided' };
    }
    switch (walk.fate) {
      case 'local':
        return { kind: 'delivered', pod, walk, load, ...how };
      case 'wire':
        return this.leaves(pod, walk, load);
      case 'rejected':
        return { kind: 'end', outcome: 'refused' };
      case 'dropped':
        return { kind: 'end', outcome: 'dropped' };
      case 'unroutable':
        this.notice(`routing.${walk.routingError ?? 'not-forwarding'}`, hop, addressesIn(walk.packet));
        return { kind: 'end', outcome: 'dropped' };
      case 'undecided':
        return { kind: 'end', outcome: 'undecided' };
    }
  }

  private leaves(pod: Pod, { packet }: Walk, load: Load): Leg {
    this.recorder.add({
      stage: 'leaves',
      connection: load.connection,
      pod: pod.name,
      place: 'network',
      before: packet,
      after: packet,
      basis: load.basis === 'assumed' ? 'assumed' : 'derived',
      evidence: [],
      event: {
        code: 'network.leaves',
        parameters: { ...addressesIn(packet), interface: packet.oif ?? 'eth0' },
      },
    });
    return { kind: 'network', packet, load };
  }

  /** A listener with a socket of its own, or a port that the rules hand connections to. */
  private isProxyPort(pod: Pod, { packet, transparentSocket }: Walk): boolean {
    if (transparentSocket) return true;
    const port = packet.tuple.dport;
    const bound = pod.config?.listeners.filter(({ bindToPort }) => bindToPort?.value !== false) ?? [];
    const listens = bound.some(({ addresses }) =>
      addresses.some((place) => place.kind === 'ip' && place.port === port),
    );
    return listens || (port !== null && capturePorts(pod.rules.ruleset).has(port));
  }

  private passesProxy({ pod, walk, load, outbound }: Extract<Leg, { kind: 'delivered' }>): Leg {
    const { tuple } = walk.packet;
    const peer = { address: tuple.src, port: tuple.sport };
    const original = walk.originalDestination;
    const destination = original ?? { address: tuple.dst, port: tuple.dport };
    const entry = matchingEntry(pod.log, { peer, destination, requestId: load.requestId });
    const accepting = walk.transparentSocket?.port ?? tuple.dport ?? 0;
    const inbound = ownsAddress(pod, destination.address) || !outbound;
    const stage: Stage = inbound ? 'proxied-inbound' : 'proxied-outbound';
    const wire = wireSeen(entry) ?? load.wire;
    const decision = proxyDecision({
      pod,
      downstream: {
        peer,
        local: { address: tuple.dst, port: tuple.dport ?? 0 },
        accepting,
        originalDestination:
          original?.port == null ? null : { address: original.address, port: original.port },
        ...wire,
        proxyHeader: load.proxyHeader,
      },
      request: load.http,
      entry,
      service: this.serviceAt(pod, destination, load.http !== null),
    });
    const line = entry && evidenceAt(pod.paste, entry.span);
    const leg = { pod: pod.name, stage, connection: load.connection, packet: walk.packet, entry: line };
    const firstHop = this.recorder.hops.length + 1;
    const ending = addProxyHops(this.recorder, decision, leg);
    const { end } = decision;
    if (end.kind !== 'connect') return this.endsInProxy(end.kind);
    return this.reconnects(pod, walk.packet, load, { connect: end, ending, entry, stage, firstHop });
  }

  /** What a called address stands for when the caller's endpoints were not pasted: the pod the request is for. */
  private serviceAt(pod: Pod, { address, port }: Destination, http: boolean): AssumedService | null {
    if (port === null || pod === this.server || this.pods.some((each) => ownsAddress(each, address)))
      return null;
    const endpoint = this.server.addresses.find(({ family }) => family === address.family);
    return endpoint ? { port, http, endpoints: [{ address: endpoint.text, port }] } : null;
  }

  private endsInProxy(kind: 'close' | 'respond' | 'undecided'): Leg {
    const hop = this.recorder.hops.at(-1);
    if (kind === 'undecided') this.notice('undecided', hop?.n ?? null, {}, hop?.evidence ?? []);
    return { kind: 'end', outcome: kind === 'undecided' ? 'undecided' : 'refused' };
  }

  /** The connection ends at the proxy, and another opens: this is where the source is chosen anew. */
  private reconnects(pod: Pod, ended: Packet, load: Load, opening: Opening): Leg {
    const { connect, ending, entry, stage, firstHop } = opening;
    const key = JSON.stringify([
      pod.name,
      connect.cluster,
      connect.endpoint.address.text,
      connect.endpoint.port,
      connect.source.choice,
      connect.source.address?.text,
    ]);
    const before = this.visited.get(key);
    this.visited.set(key, firstHop);
    const opened = this.openedPacket(pod, ended, connect, entry);
    const { source } = ending;
    const line = entry && evidenceAt(pod.paste, entry.span);
    const basis: Basis = source ? basisOf(source.decision, source.part, line) : 'derived';
    const confirmed =
      line === null || sameSource(entry, opened)
        ? basis
        : source?.part.basis === 'assumed'
          ? 'assumed'
          : 'derived';
    const hop = this.recorder.add(
      {
        stage,
        connection: load.connection + 1,
        pod: pod.name,
        place: 'proxy',
        proxy: ending.names,
        before: ended,
        after: opened,
        basis: confirmed,
        evidence: source
          ? evidenceFor(source.decision, source.part, confirmed === 'observed' ? line : null)
          : [],
        event: source?.decision.why ?? { code: 'proxy.connects', parameters: {} },
        change: { kind: 'reconnect', cause: connect.source.choice },
      },
      true,
    );
    if (source?.decision.gap)
      this.notice(
        'gap',
        hop.n,
        {},
        source.decision.gap.span ? evidenceOf(source.part.paste, [source.decision.gap.span]) : [],
      );
    this.compareWithLog(pod, hop.n, connect, opened, entry);
    if (before !== undefined) return this.loops(before);
    const onward: Load = {
      connection: load.connection + 1,
      http: forwarded(load.http, connect),
      wire: source?.part.basis === 'assumed' ? UNKNOWN_WIRE : connect.wire,
      proxyHeader: connect.proxyHeader,
      requestId: (entry && fieldText(entry, 'requestId')) ?? load.requestId,
      basis: confirmed,
    };
    const released: Stage = stage === 'proxied-inbound' ? 'released-inbound' : 'released-outbound';
    return { kind: 'sends', pod, packet: opened, load: onward, stage: released };
  }

  private openedPacket(pod: Pod, ended: Packet, connect: Connect, entry: AccessLogEntry | null): Packet {
    const { address, port } = connect.endpoint;
    const src = connect.source.address ?? chooseSource(pod.host, address) ?? ended.tuple.dst;
    const logged = entry && endpointIn(entry, 'upstreamLocalAddress');
    const sport = connect.source.port || (logged?.address.text === src.text ? logged.port : null);
    return {
      tuple: { protocol: ended.tuple.protocol, src, sport, dst: address, dport: port },
      iif: null,
      oif: null,
      mark: connect.mark ?? 0,
      owner: pod.proxyOwner,
    };
  }

  /** Log and configuration of one proxy may be of different times, or of different pods. */
  private compareWithLog(
    pod: Pod,
    hop: number,
    connect: Connect,
    opened: Packet,
    entry: AccessLogEntry | null,
  ): void {
    if (!entry) return;
    const cluster = fieldText(entry, 'upstreamCluster');
    if (cluster !== null && cluster !== connect.cluster)
      this.notice('log.cluster-differs', hop, { logged: cluster, derived: connect.cluster }, [
        evidenceAt(pod.paste, entry.span),
      ]);
    const local = endpointIn(entry, 'upstreamLocalAddress');
    if (local && local.address.text !== opened.tuple.src.text)
      this.notice('log.source-differs', hop, { logged: local.address.text, derived: opened.tuple.src.text }, [
        evidenceAt(pod.paste, entry.span),
      ]);
  }

  private loops(from: number | null): Leg {
    const to = this.recorder.hops.length;
    this.notice('loop', to, { from: from ?? 1, to }, this.recorder.hops.at(-1)?.evidence ?? []);
    return { kind: 'end', outcome: 'loop' };
  }

  private reachesApp({ pod, walk, load }: Extract<Leg, { kind: 'delivered' }>): Leg {
    return { kind: 'app', pod, packet: walk.packet, load };
  }

  private answers(pod: Pod, packet: Packet, load: Load): Leg {
    this.recorder.add({
      stage: 'app-receives',
      connection: load.connection,
      pod: pod.name,
      place: 'app',
      before: packet,
      after: packet,
      basis: load.basis,
      evidence: [],
      event: {
        code: 'app.receives',
        parameters: { source: sourceText(packet.tuple), port: packet.tuple.dport ?? 0 },
      },
    });
    if (!this.answered) {
      this.answered = true;
      this.app = {
        remoteAddress: packet.tuple.src.text,
        remotePort: packet.tuple.sport,
        xForwardedFor: load.http?.headers['x-forwarded-for'] ?? null,
        proxyHeader: load.proxyHeader,
      };
    }
    return this.callsOn(pod, load);
  }

  /** A logged outbound request with the same request id: what the application did before it answered. */
  private callsOn(pod: Pod, load: Load): Leg {
    const entry = pod.log.find(
      (each) =>
        !this.called.has(each) &&
        load.requestId !== null &&
        fieldText(each, 'requestId') === load.requestId &&
        pod.addresses.some(({ text }) => endpointIn(each, 'downstreamRemoteAddress')?.address.text === text),
    );
    const request = entry && requestOfEntry(entry);
    const from = entry && endpointIn(entry, 'downstreamRemoteAddress');
    const to = request && parseEndpoint(request.to);
    if (!entry || !request || !from || !to || to.port === null) return { kind: 'end', outcome: 'delivered' };
    this.called.add(entry);
    const packet = openedBy(from, { address: to.address, port: to.port }, 'tcp', {
      uid: request.uid,
      gid: request.gid,
    });
    const onward: Load = {
      connection: load.connection + 1,
      http: httpOf(request),
      wire: PLAIN_TEXT,
      proxyHeader: null,
      requestId: load.requestId,
      basis: 'observed',
    };
    return this.calls(pod, packet, onward, [evidenceAt(pod.paste, entry.span)], 'observed');
  }

  private notice(
    code: string,
    hop: number | null,
    parameters: Notice['parameters'],
    evidence: readonly Evidence[] = [],
  ): void {
    this.notices.push({ code, hop, parameters, evidence });
  }
}

interface Destination {
  readonly address: IpAddress;
  readonly port: number | null;
}

interface Opening {
  readonly connect: Connect;
  readonly ending: ProxyEnding;
  readonly entry: AccessLogEntry | null;
  readonly stage: Stage;
  /** The hop at which this pass through the proxy began. */
  readonly firstHop: number;
}

/** A packet that a local socket opens a connection with. */
export function openedBy(from: Destination, to: Destination, protocol: Protocol, owner: SocketOwner): Packet {
  return {
    tuple: { protocol, src: from.address, sport: from.port, dst: to.address, dport: to.port },
    iif: null,
    oif: null,
    mark: 0,
    owner,
  };
}

/** The request as a proxy reads it; null for anything but HTTP. */
export function httpOf(request: NonNullable<ReturnType<typeof requestOfEntry>>): HttpRequest | null {
  if (request.protocol !== 'http') return null;
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const { method, path } = request;
  return { authority: request.host ?? request.to, method, path, version: 'HTTP/1.1', headers };
}

function forwarded(http: HttpRequest | null, { request }: Connect): HttpRequest | null {
  if (!http || !request) return http;
  const { 'x-forwarded-for': _, ...headers } = http.headers;
  const xff = request.xForwardedFor === null ? {} : { 'x-forwarded-for': request.xForwardedFor };
  return { ...http, authority: request.authority, path: request.path, headers: { ...headers, ...xff } };
}

/** What a log line tells of the bytes: a server name means TLS; HTTP without one came as plain text. */
function wireSeen(entry: AccessLogEntry | null): Wire | null {
  if (!entry) return null;
  const request = requestOfEntry(entry);
  const serverName = fieldText(entry, 'requestedServerName');
  if (!request) return null;
  if (serverName === null) return request.protocol === 'http' ? PLAIN_TEXT : null;
  return { transport: 'tls', serverName, alpn: isMeshServerName(serverName) ? request.alpn : null };
}

function sameSource(entry: AccessLogEntry | null, opened: Packet): boolean {
  return entry !== null && endpointIn(entry, 'upstreamLocalAddress')?.address.text === opened.tuple.src.text;
}

function addressesIn({ tuple }: Packet): { source: string; destination: string } {
  return { source: sourceText(tuple), destination: destinationText(tuple) };
}

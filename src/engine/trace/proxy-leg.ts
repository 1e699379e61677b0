// Through a pod's proxy: the connection ends there, and another opens with a source chosen anew.
import { parseAddress } from '../../base/ip.ts';
import { fieldText, type AccessLogEntry } from '../../documents/accesslog/entry.ts';
import { PLAIN_TEXT, UNKNOWN_WIRE, type Connect, type Undecided, type Wire } from '../envoy/outcome.ts';
import { readProxyLine } from '../envoy/proxy-protocol.ts';
import type { AssumedService } from '../mesh/default-config.ts';
import { ownDocuments } from '../mesh/session/own-documents.ts';
import type { Stage } from '../mesh/step-labels.ts';
import { isMeshServerName } from '../mesh/tls.ts';
import { chooseSource } from '../netfilter/source-address.ts';
import type { Walk } from '../netfilter/walk.ts';
import { reconnect } from '../packet/change.ts';
import type { Packet } from '../packet/packet.ts';
import { evidenceAt, evidenceOf } from './evidence.ts';
import { capturePorts } from './host.ts';
import {
  end,
  endsInLoop,
  endsUndecided,
  notice,
  type Context,
  type Delivered,
  type Endpoint,
  type Leg,
  type Load,
} from './leg.ts';
import { endpointIn, matchingEntry, wasAnswered } from './log-match.ts';
import { ownsAddress, type Pod } from './pod.ts';
import { proxyDecision } from './proxy-decision.ts';
import type { ProxyDecision } from './proxy-parts.ts';
import { addProxyHops, basisOf, evidenceFor, type ProxyEnding } from './proxy-hops.ts';
import { forwardedHttp, requestOfEntry } from './request.ts';
import type { Basis, Hop } from './trace.ts';

/**
 * Whether a proxy took it: a listener with a socket of its own, or a port that the rules hand connections to; at a proxy
 * that listens for itself also a line of its log.
 */
export function isTakenByProxy(delivered: Delivered): boolean {
  const { pod, walk } = delivered;
  const { packet, transparentSocket } = walk;
  if (transparentSocket) return true;
  if (pod.kind === 'bare' && passageOf(delivered).entry) return true;
  const { dport } = packet.tuple;
  const bound = pod.config?.listeners.filter(({ bindToPort }) => bindToPort?.value !== false) ?? [];
  const places = bound.flatMap(({ addresses }) => addresses);
  const listens = places.some((place) => place.kind === 'ip' && place.port === dport);
  return listens || (dport !== null && capturePorts(pod.rules.ruleset).has(dport));
}

/** One pass through a proxy. */
interface Passage {
  readonly pod: Pod;
  /** As it was delivered to the proxy. */
  readonly packet: Packet;
  readonly load: Load;
  /** Where the connection was first sent to. */
  readonly destination: Endpoint;
  readonly stage: 'proxied-inbound' | 'proxied-outbound';
  /** The log line that tells of this request. */
  readonly entry: AccessLogEntry | null;
  /** A PROXY header that the proxy does not read: to it the header is data. Null where there is none. */
  readonly unread: string | null;
}

export function passProxy(context: Context, delivered: Delivered): Leg {
  const arrived = passageOf(delivered);
  const { pod, load, packet, entry, stage } = arrived;
  const decision = proxyDecision({
    pod,
    downstream: {
      ...downstreamOf(delivered.walk),
      ...(wireSeen(entry) ?? load.wire),
      proxyHeader: load.proxyHeader,
    },
    request: load.http,
    entry,
    service: serviceLogged(arrived) ?? serviceAt(context, arrived),
  });
  const passage = { ...arrived, unread: readsHeader(decision) ? null : load.proxyHeader || null };
  const firstHop = context.recorder.hops.length + 1;
  const line = entry && evidenceAt(pod.paste, entry.span);
  if (entry && wasAnswered(entry)) context.loggedAnswer ??= line;
  const leg = { pod: pod.name, stage, connection: load.connection, packet, entry: line };
  const ending = addProxyHops(context.recorder, decision, leg);
  switch (decision.end.kind) {
    case 'connect':
      return passage.unread !== null && load.http
        ? readsNoRequest(context, passage)
        : openConnection(context, passage, decision.end, ending, firstHop);
    case 'undecided':
      noticeCluster(context, passage, decision.end);
      return endsUndecided(context);
    case 'close':
    case 'respond':
      return end('refused');
  }
}

/**
 * A cluster that was not pasted: the command that prints it. Where all of a proxy's clusters were, it has none of that
 * name: istiod sends PassthroughCluster and BlackHoleCluster to each (pilot/pkg/networking/core/cluster.go).
 */
function noticeCluster(context: Context, { pod }: Passage, { clusters }: Undecided): void {
  const [cluster] = clusters;
  if (cluster === undefined) return;
  const names = new Set(pod.config?.clusters.map(({ name }) => name));
  const evidence = context.recorder.hops.at(-1)?.evidence ?? [];
  if (names.has('PassthroughCluster') && names.has('BlackHoleCluster'))
    return notice(context, 'finding.cluster-missing', 'error', { pod: pod.name, cluster }, evidence);
  const [direction, port, , host] = cluster.split('|');
  const { attachment, all } = pod.paste;
  const target = attachment && ownDocuments(pod.name, attachment, all).pod;
  const name = `${target?.instances.at(-1) ?? pod.name}${target?.namespace ? `.${target.namespace}` : ''}`;
  const asked = host ? `--fqdn ${host} --port ${port} --direction ${direction}` : `--fqdn '${cluster}'`;
  const command = `istioctl proxy-config cluster ${name} ${asked} -o json`;
  notice(context, 'finding.cluster-not-pasted', 'info', { cluster, command }, evidence);
}

function passageOf({ pod, walk, load, sentHere }: Delivered): Passage {
  const { packet, originalDestination } = walk;
  const { tuple } = packet;
  const destination = originalDestination ?? { address: tuple.dst, port: tuple.dport };
  const peer = { address: tuple.src, port: tuple.sport };
  const inbound = !sentHere || ownsAddress(pod, destination.address);
  const { requestId } = load;
  const [entry = null] = [peer, ...clientOf(load), ...forwardedFor(load)].flatMap(
    (logged) => matchingEntry(pod.log, { peer: logged, destination, requestId }) ?? [],
  );
  const stage = inbound ? 'proxied-inbound' : 'proxied-outbound';
  return { pod, packet, load, destination, stage, entry, unread: null };
}

/** A proxy that reads the PROXY header logs the client of the header in place of its peer. */
function clientOf({ proxyHeader }: Load): Endpoint[] {
  const header = readProxyLine(proxyHeader ?? '', { allowWithout: true, disallowed: [] });
  return header.kind === 'addresses' ? [header.source] : [];
}

/** A proxy that believes X-Forwarded-For logs a client of it, with port 0. */
function forwardedFor({ http }: Load): Endpoint[] {
  const named = http?.headers['x-forwarded-for']?.split(',') ?? [];
  return named.flatMap((text) => {
    const client = parseAddress(text.trim());
    return client ? [{ address: client, port: 0 }] : [];
  });
}

function readsHeader({ parts }: ProxyDecision): boolean {
  const codes = parts.flatMap(({ decisions }) => decisions.map(({ why }) => why.code));
  return codes.includes('envoy.listener-filter.proxy-protocol');
}

/** To a proxy that expects HTTP, a PROXY header is a broken request: it answers 400. */
function readsNoRequest(context: Context, { pod, unread }: Passage): Leg {
  const evidence = context.recorder.hops.findLast(({ listener }) => listener !== null)?.evidence ?? [];
  const parameters = { header: unread?.trim() ?? '', pod: pod.name };
  notice(context, 'finding.proxy-header-as-request', 'error', parameters, evidence);
  return end('refused');
}

/** SO_ORIGINAL_DST asks conntrack; a transparent socket has the original destination as its own address. */
function downstreamOf({ packet, transparentSocket, originalDestination }: Walk) {
  const { src, sport, dst, dport } = packet.tuple;
  const local = { address: dst, port: dport ?? 0 };
  const tracked = originalDestination;
  return {
    peer: { address: src, port: sport },
    local,
    accepting: transparentSocket?.port ?? local.port,
    originalDestination:
      tracked?.port == null ? transparentSocket && local : { address: tracked.address, port: tracked.port },
  };
}

/** What a called address stands for when the caller's endpoints were not pasted: the pod the request is for. */
function serviceAt({ pods, server }: Context, { pod, destination, load }: Passage): AssumedService | null {
  const { address, port } = destination;
  if (port === null || pod === server || pods.some((each) => ownsAddress(each, address))) return null;
  const endpoint = server.addresses.find(({ family }) => family === address.family);
  if (!endpoint) return null;
  return { port, http: load.http !== null, endpoints: [{ address: endpoint.text, port }] };
}

/** A log line names the host behind a service's address, whether or not its cluster was pasted. */
function serviceLogged({ pod, destination, entry, load, stage }: Passage): AssumedService | null {
  const host = entry && endpointIn(entry, 'upstreamHost');
  const own = stage === 'proxied-inbound' && pod.kind !== 'bare';
  if (!entry || !host?.port || destination.port === null || own) return null;
  const endpoints = [{ address: host.address.text, port: host.port }];
  const cluster = fieldText(entry, 'upstreamCluster');
  // The defaults know this one: it goes where the packet went.
  if (
    cluster === 'PassthroughCluster' ||
    (cluster === null && host.address.text === destination.address.text)
  )
    return null;
  return {
    ...(cluster === null ? {} : { cluster }),
    port: destination.port,
    http: load.http !== null,
    endpoints,
  };
}

/** What a log line tells of the bytes: a server name means TLS; HTTP without one came as plain text. */
function wireSeen(entry: AccessLogEntry | null): Wire | null {
  const request = entry && requestOfEntry(entry);
  if (!entry || !request) return null;
  const serverName = fieldText(entry, 'requestedServerName');
  if (serverName === null) return request.protocol === 'http' ? PLAIN_TEXT : null;
  return { transport: 'tls', serverName, alpn: isMeshServerName(serverName) ? request.alpn : null };
}

function openedPacket({ pod, packet, entry }: Passage, { endpoint, source, mark }: Connect): Packet {
  const src = source.address ?? chooseSource(pod.host, endpoint.address) ?? packet.tuple.dst;
  const logged = entry && endpointIn(entry, 'upstreamLocalAddress');
  const port = logged?.address.text === src.text ? logged.port : null;
  return {
    tuple: {
      protocol: packet.tuple.protocol,
      src,
      sport: source.port === 0 ? port : source.port,
      dst: endpoint.address,
      dport: endpoint.port,
    },
    iif: null,
    oif: null,
    mark: mark ?? 0,
    owner: pod.proxyOwner,
  };
}

/** This is where the source is chosen anew. */
function openConnection(
  context: Context,
  passage: Passage,
  connect: Connect,
  ending: ProxyEnding,
  firstHop: number,
): Leg {
  const { pod, load, entry, stage } = passage;
  const opened = openedPacket(passage, connect);
  const isEdge = pod.role === 'gateway' && pod.config !== null && context.accepted.size === 0;
  if (isEdge && connect.request) context.edge = { pod: pod.name, client: connect.request.client };
  const hop = addConnectHop(context, passage, connect, ending, opened);
  noticeGap(context, ending);
  compareWithLog(context, passage, connect, opened);
  context.accepted.set(load.connection, {
    pod,
    by: 'proxy',
    basis: hop.basis === 'assumed' ? 'assumed' : load.basis,
    evidence: context.recorder.hops[firstHop - 1]?.evidence ?? [],
  });
  const loop = endsInLoop(context);
  if (loop) return loop;
  const onward: Load = {
    connection: hop.connection,
    http: load.http && forwardedHttp(load.http, connect.request),
    wire: ending.source?.part.basis === 'assumed' ? UNKNOWN_WIRE : connect.wire,
    proxyHeader: connect.proxyHeader ?? passage.unread ?? '',
    requestId: (entry && fieldText(entry, 'requestId')) ?? load.requestId,
    basis: hop.basis,
  };
  const released: Stage = stage === 'proxied-inbound' ? 'released-inbound' : 'released-outbound';
  return { kind: 'sends', pod, packet: opened, load: onward, stage: released };
}

function addConnectHop(
  { recorder }: Context,
  { pod, packet, load, entry, stage }: Passage,
  connect: Connect,
  { names, source }: ProxyEnding,
  opened: Packet,
): Hop {
  const seen = entry && endpointIn(entry, 'upstreamLocalAddress')?.address.text === opened.tuple.src.text;
  const line = entry && seen ? evidenceAt(pod.paste, entry.span) : null;
  const chosen: Basis = source ? basisOf(source.decision, source.part, null) : 'derived';
  const basis = line ? 'observed' : chosen;
  return recorder.add(
    {
      stage,
      connection: load.connection + 1,
      pod: pod.name,
      place: 'proxy',
      proxy: names,
      before: packet,
      after: opened,
      basis,
      evidence: source ? evidenceFor(source.decision, source.part, line) : [],
      event: source?.decision.why ?? { code: 'proxy.connects', parameters: {} },
      change: reconnect(connect.source.choice),
    },
    true,
  );
}

function noticeGap(context: Context, { source }: ProxyEnding): void {
  const gap = source?.decision.gap;
  if (!source || !gap) return;
  notice(
    context,
    gap.why.code,
    'info',
    gap.why.parameters,
    gap.span ? evidenceOf(source.part.paste, [gap.span]) : [],
  );
}

/** Log and configuration of one proxy may be of different times, or of different pods. */
function compareWithLog(context: Context, { pod, entry }: Passage, connect: Connect, opened: Packet): void {
  if (!entry) return;
  const line = evidenceAt(pod.paste, entry.span);
  const { hops } = context.recorder;
  const derivedBy = hops.findLast(
    ({ cluster, evidence }) => cluster === connect.cluster && evidence.length > 0,
  );
  const sides = [
    line,
    ...(derivedBy?.evidence.filter(({ document }) => document !== 'access-log').slice(0, 1) ?? []),
  ];
  const logged = fieldText(entry, 'upstreamCluster');
  if (logged !== null && logged !== connect.cluster)
    notice(context, 'finding.log-cluster-differs', 'warning', { logged, derived: connect.cluster }, sides);
  const local = endpointIn(entry, 'upstreamLocalAddress')?.address.text;
  const derived = opened.tuple.src.text;
  if (local !== undefined && local !== derived)
    notice(context, 'finding.log-source-differs', 'warning', { logged: local, derived }, sides);
}

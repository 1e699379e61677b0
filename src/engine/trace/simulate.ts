// The engine's front door: a scenario in, the trace and what was found in the pastes out. Pure, and never throws
// on anything a person can paste.
import { isLoopback, parseEndpoint, type Family, type IpAddress } from '../../base/ip.ts';
import { PLAIN_TEXT } from '../envoy/outcome.ts';
import type { Scenario } from '../scenario.ts';
import { evidenceAt } from './evidence.ts';
import { findingsOf } from './findings.ts';
import { foundIn } from './found.ts';
import { follow, type Start } from './journey.ts';
import { senderIn, type Sender } from './neighbours.ts';
import { openedBy } from './leg.ts';
import { clientOfHeader } from './log-match.ts';
import { answerTo } from './observed/asked-request.ts';
import { contradictionsIn, overlay } from './observed/overlay.ts';
import { addressOfFamily, buildPod, ownsAddress, readPaste, type Pod, type ReadPaste } from './pod.ts';
import { createRecorder } from './recorder.ts';
import {
  chooseRequest,
  httpOf,
  loggedRequest,
  requestOfEntry,
  serverOf,
  type ChosenRequest,
} from './request.ts';
import type { Simulation } from './simulation.ts';
import { UNKNOWN_CLIENT, UNKNOWN_PEER, UNKNOWN_POD } from './stand-ins.ts';
import type { Trace } from './trace.ts';

const NO_TRACE: Trace = {
  version: 1,
  hops: [],
  sourceChanges: [],
  app: { remoteAddress: null, remotePort: null, xForwardedFor: null, proxyHeader: null },
  outcome: 'undecided',
  lap: null,
  findings: [],
};

/** The family that is walked: that of the request, else of the first address or ruleset that tells one. */
function familyOf({ request }: Scenario, pastes: readonly ReadPaste[]): Family {
  const asked = request && parseEndpoint(request.to)?.address.family;
  const known = pastes.flatMap(({ addresses }) => addresses)[0]?.family;
  const tables = pastes.flatMap(({ rulesets }) => rulesets).flatMap((ruleset) => ruleset.tables);
  const onlyIpv6 = tables.length > 0 && tables.every(({ family }) => family === 'ip6');
  return asked ?? known ?? (onlyIpv6 ? 6 : 4);
}

/** The pod that sends the request; null when it comes from elsewhere. A loopback address is the server's own. */
function senderOf(from: IpAddress | null, pods: readonly Pod[]): Pod | null {
  if (!from) return pods.find(({ role }) => role === 'client') ?? null;
  if (isLoopback(from)) return serverOf(pods) ?? null;
  return pods.find((pod) => ownsAddress(pod, from)) ?? null;
}

/** Where nobody says what is asked, the likeliest request is in plain text. */
function startOf({ request, from: reason, entry }: ChosenRequest, pods: readonly Pod[]): Start | null {
  const server = serverOf(pods);
  const to = parseEndpoint(request.to);
  if (!to) return null;
  const { family } = to.address;
  const from = request.from === null ? null : parseEndpoint(request.from);
  const client = senderOf(from && from.address, pods);
  const standIn = entry && clientOfHeader(entry) ? UNKNOWN_PEER : UNKNOWN_CLIENT;
  const known = from?.address ?? (client && addressOfFamily(client, family));
  const address = known ?? standIn[family];
  const owner = { uid: request.uid, gid: request.gid };
  const protocol = request.protocol === 'udp' ? 'udp' : 'tcp';
  const packet = openedBy(
    { address, port: from?.port ?? null },
    { address: to.address, port: to.port },
    protocol,
    owner,
  );
  const tls = request.sni !== null || request.protocol === 'tls';
  const plain = reason.code === 'request.likeliest' ? PLAIN_TEXT : null;
  return {
    packet,
    pod: client,
    http: httpOf(request),
    wire: tls ? { transport: 'tls', serverName: request.sni ?? '', alpn: request.alpn } : plain,
    requestId: request.headers['x-request-id'] ?? null,
    basis: entry ? 'observed' : reason.code === 'request.likeliest' || !known ? 'assumed' : 'derived',
    evidence: entry && server ? [evidenceAt(server.paste, entry.span)] : [],
  };
}

/** Where the request is taken from the log: the pod of the same paste whose own log shows it sending that request. */
function senderOfLogged(
  { request }: Scenario,
  pastes: readonly ReadPaste[],
  pods: readonly Pod[],
): Sender | null {
  const server = serverOf(pods);
  const read = pastes.find((_, i) => pods[i] === server);
  const entry = server && request === null ? loggedRequest(server.log) : null;
  const sender = server && read && entry ? senderIn(read, server, entry) : null;
  const isGiven = sender?.pod.addresses.some((address) => pods.some((pod) => ownsAddress(pod, address)));
  return isGiven ? null : sender;
}

/** The 16 steps are those of a pod with a sidecar; a server's own address does not make it one. */
function unnumberedOf(pods: readonly Pod[]): ReadonlySet<string> {
  return new Set(pods.filter(({ kind }) => kind !== 'sidecar').map(({ name }) => name));
}

/** Follows the scenario's request, or the one its log tells of, or the likeliest one. */
export function simulate(scenario: Scenario): Simulation {
  const pastes = scenario.pods.map(readPaste);
  const family = familyOf(scenario, pastes);
  const given = pastes.map((paste) => buildPod(paste, UNKNOWN_POD[family]));
  const found = given.map(foundIn);
  const server = serverOf(given);
  const sender = senderOfLogged(scenario, pastes, given);
  const pods = sender ? [...given, sender.pod] : given;
  const asked = chooseRequest(scenario.request, given, family);
  const logged = sender && requestOfEntry(sender.entry);
  const chosen = asked && logged ? { ...asked, request: logged } : asked;
  const start = chosen && startOf(chosen, pods);
  if (!chosen || !start || !server)
    return {
      trace: NO_TRACE,
      pods: found,
      request: null,
      requestFrom: { code: 'request.none', parameters: {} },
    };
  const recorder = createRecorder(unnumberedOf(pods));
  const journey = follow(pods, server, start, recorder);
  const { sourceChanges } = recorder;
  const proof = chosen.entry && evidenceAt(server.paste, chosen.entry.span);
  const { hops, findings } = overlay(pods, recorder.hops, journey.app, proof);
  const answered = journey.outcome === 'undecided' ? answerTo(server, chosen.request) : [];
  const contradictions = [...findings, ...contradictionsIn(pods, server, chosen.entry), ...answered];
  const trace: Trace = {
    version: 1,
    hops,
    sourceChanges,
    app: journey.app,
    outcome: journey.outcome,
    lap: journey.lap,
    findings: findingsOf(hops, sourceChanges, journey, pods, contradictions),
  };
  return { trace, pods: found, request: chosen.request, requestFrom: chosen.from };
}

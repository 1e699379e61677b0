// Which request to follow: the one given, the last one the server's log shows, or the likeliest one.
import { endpointText, parseEndpoint, type Family } from '../../base/ip.ts';
import { fieldText, isHttp, type AccessLogEntry } from '../../documents/accesslog/entry.ts';
import { lastEntry } from '../../documents/accesslog/find.ts';
import type { AccessLog } from '../../documents/accesslog/log.ts';
import type { HttpRequest } from '../envoy/connection.ts';
import type { ForwardedRequest } from '../envoy/outcome.ts';
import { isMeshServerName, meshAlpn } from '../mesh/tls.ts';
import { PLAIN_REQUEST, type ScenarioRequest } from '../scenario.ts';
import { callerOf, clientOfHeader, isInbound, peerLogged } from './log-match.ts';
import { requestAsked } from './observed/asked-request.ts';
import { requestSeen } from './observed/seen-request.ts';
import { addressOfFamily, type Pod } from './pod.ts';
import { UNKNOWN_CLIENT, UNKNOWN_POD } from './stand-ins.ts';
import type { Message } from './trace.ts';

/** A port that services commonly listen on, for a paste that names none. */
const COMMON_PORT = 8080;

export interface ChosenRequest {
  readonly request: ScenarioRequest;
  readonly from: Message;
  /** The log line it was taken from. */
  readonly entry: AccessLogEntry | null;
}

/** The pod the request is for: the server, else the one that is no client, else the first. */
export function serverOf(pods: readonly Pod[]): Pod | undefined {
  return pods.find((pod) => pod.role === 'server') ?? pods.find((pod) => pod.role !== 'client') ?? pods[0];
}

/** kubelet's probes are in every log, and nobody asks about them. */
function isProbe(entry: AccessLogEntry): boolean {
  return fieldText(entry, 'userAgent')?.startsWith('kube-probe/') ?? false;
}

function protocolOf(entry: AccessLogEntry): ScenarioRequest['protocol'] {
  if (isHttp(entry)) return 'http';
  const sni = fieldText(entry, 'requestedServerName');
  return sni !== null && !isMeshServerName(sni) ? 'tls' : 'tcp';
}

function headersOf(entry: AccessLogEntry): Record<string, string> {
  const named = [
    ['x-request-id', fieldText(entry, 'requestId')],
    ['x-forwarded-for', fieldText(entry, 'xForwardedFor') ?? clientOfHeader(entry)?.text ?? null],
    ['user-agent', fieldText(entry, 'userAgent')],
  ] as const;
  return Object.fromEntries(named.flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

/** The ALPN list a client offered: the log does not hold it, but a sidecar's server name implies it. */
function alpnOf(entry: AccessLogEntry): string[] {
  const sni = fieldText(entry, 'requestedServerName');
  if (sni === null || !isMeshServerName(sni)) return [];
  const protocol = fieldText(entry, 'protocol');
  return [...meshAlpn(protocol === 'HTTP/2' ? 'h2' : protocol === null ? 'tcp' : 'http/1.1')];
}

/** The request a log line tells of; null when the line holds no address it was sent to. */
export function requestOfEntry(entry: AccessLogEntry): ScenarioRequest | null {
  const to = fieldText(entry, 'downstreamLocalAddress');
  if (to === null || !parseEndpoint(to)) return null;
  return {
    ...PLAIN_REQUEST,
    from: peerLogged(entry),
    to,
    protocol: protocolOf(entry),
    host: fieldText(entry, 'authority'),
    path: fieldText(entry, 'path') ?? '/',
    method: fieldText(entry, 'method') ?? 'GET',
    headers: headersOf(entry),
    sni: fieldText(entry, 'requestedServerName'),
    alpn: alpnOf(entry),
  };
}

/** A port that the pod's configuration serves: an `inbound|PORT|` cluster, else a chain for a destination port. */
function servedPort({ config }: Pod): number {
  for (const { name } of config?.clusters ?? []) {
    const port = /^inbound\|(\d+)\|/.exec(name)?.[1];
    if (port) return Number(port);
  }
  const listeners = config?.listeners ?? [];
  const listening = new Set(listeners.flatMap((l) => l.addresses.map((a) => (a.kind === 'ip' ? a.port : 0))));
  for (const { filterChains } of listeners)
    for (const { match } of filterChains)
      if (match.destinationPort && !listening.has(match.destinationPort.value))
        return match.destinationPort.value;
  return COMMON_PORT;
}

function likeliest(server: Pod, client: Pod | undefined, family: Family): ScenarioRequest {
  const to = addressOfFamily(server, family) ?? UNKNOWN_POD[family];
  const from = (client && addressOfFamily(client, family)) ?? UNKNOWN_CLIENT[family];
  return {
    ...PLAIN_REQUEST,
    from: from.text,
    to: endpointText(to, servedPort(server)),
    protocol: 'http',
    host: null,
  };
}

/** The last line of the log that tells of a request to the pod, or of the pod's own call of itself; probes come last. */
export function loggedRequest(log: AccessLog): AccessLogEntry | null {
  const last =
    lastEntry(log, (each) => isInbound(each) && !isProbe(each)) ??
    lastEntry(log, isInbound) ??
    lastEntry(log, () => true);
  return (last && callerOf(log, last)) ?? last;
}

/** Chooses the request; null only when there is no pod, or when what was given names no address. */
export function chooseRequest(
  given: ScenarioRequest | null,
  pods: readonly Pod[],
  family: Family,
): ChosenRequest | null {
  const server = serverOf(pods);
  if (!server) return null;
  if (given)
    return parseEndpoint(given.to)
      ? { request: given, from: { code: 'request.given', parameters: {} }, entry: null }
      : null;
  const client = pods.find((pod) => pod.role === 'client' && pod !== server);
  const entry = loggedRequest(server.log);
  const logged = entry && requestOfEntry(entry);
  if (entry && logged) return { request: logged, from: { code: 'request.from-log', parameters: {} }, entry };
  const seen = requestSeen(server.paste.documents, addressOfFamily(server, family));
  if (seen)
    return {
      request: { ...PLAIN_REQUEST, from: seen.from, to: seen.to, protocol: 'tcp', host: null },
      from: { code: 'request.seen', parameters: { kind: seen.kind } },
      entry: null,
    };
  const asked = requestAsked(server.paste, server.config, addressOfFamily(server, family));
  if (asked) return { request: asked, from: { code: 'request.asked', parameters: {} }, entry: null };
  return {
    request: likeliest(server, client, family),
    from: { code: 'request.likeliest', parameters: {} },
    entry: null,
  };
}

/** The request as a proxy reads it; null for anything but HTTP. */
export function httpOf(request: ScenarioRequest): HttpRequest | null {
  if (request.protocol !== 'http') return null;
  const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    authority: request.host ?? request.to,
    method: request.method,
    path: request.path,
    version: 'HTTP/1.1',
    headers: Object.fromEntries(headers),
  };
}

/** The request as the next hop gets it; unchanged when the proxy did not read it. */
export function forwardedHttp(http: HttpRequest, sent: ForwardedRequest | null): HttpRequest {
  if (!sent) return http;
  const others = Object.entries(http.headers).filter(([name]) => name !== 'x-forwarded-for');
  const headers = sent.xForwardedFor === null ? others : [...others, ['x-forwarded-for', sent.xForwardedFor]];
  return { ...http, authority: sent.authority, path: sent.path, headers: Object.fromEntries(headers) };
}

// What a pod's proxy does with a connection: by the pasted configuration as far as it goes, then by the log line that
// tells of this very request, then by Istio's defaults. Each part keeps the text it rests on.
import { address, isLoopback } from '../../base/ip.ts';
import { EMPTY_CONFIG, mergeConfigs, type ProxyConfig } from '../../documents/envoy/config.ts';
import { fieldText, type AccessLogEntry } from '../../documents/accesslog/entry.ts';
import type { Observed } from '../envoy/connection.ts';
import { connectThrough, decide } from '../envoy/decide.ts';
import type { Decision, ProxyEnd, ProxyOutcome } from '../envoy/outcome.ts';
import { patchDecisions } from '../envoy/patches.ts';
import {
  defaultGatewayConfig,
  defaultInboundConfig,
  defaultOutboundConfig,
  defaultSharedConfig,
  type InboundPort,
} from '../mesh/default-config.ts';
import { applyEnvoyFilters, configText, workloadOf } from '../mesh/envoyfilter/apply.ts';
import { evidenceAt, type Paste } from './evidence.ts';
import { endpointIn, observedIn } from './log-match.ts';
import { latestRelease } from './observed/version.ts';
import { interceptionBy } from './host.ts';
import { throughPastedRoutes } from './pasted-routes.ts';
import { ownsAddress, type Pod } from './pod.ts';
import { configIn, OUTBOUND_PORT, type Asked, type Part, type ProxyDecision } from './proxy-parts.ts';
import { suppliedPaste } from './supplied-paste.ts';

/** EnvoyFilters that were pasted change the defaults too. */
function patchedBy({ name, role, config }: Pod, defaults: ProxyConfig): ProxyConfig {
  return applyEnvoyFilters({ ...defaults, patches: config?.patches ?? [] }, workloadOf(name, role));
}

/** The defaults of the listener that took the connection, before any patch. */
function plainDefaults(asked: Asked): Paste {
  return suppliedPaste(asked.pod.name, 'istio-default-config', defaultText(asked));
}

function defaultText(asked: Asked): string {
  const { pod, downstream, service } = asked;
  const { address } = downstream.originalDestination ?? downstream.local;
  const { family } = downstream.local.address;
  if (downstream.accepting === OUTBOUND_PORT)
    return ownsAddress(pod, address)
      ? defaultSharedConfig(inboundPort(asked), address.text)
      : defaultOutboundConfig(family, service);
  if (pod.kind === 'bare' && service) return defaultGatewayConfig(family, service);
  return defaultInboundConfig(inboundPort(asked));
}

/** What the pod's release makes of the port; where a log line shows the host that was connected to, that tells. */
function inboundPort({ pod, downstream, request, entry }: Asked): InboundPort {
  const last = latestRelease(pod);
  const interception = interceptionBy(pod.rules.ruleset);
  const cluster = entry && fieldText(entry, 'upstreamCluster');
  const host = entry && endpointIn(entry, 'upstreamHost');
  return {
    family: downstream.local.address.family,
    port: downstream.originalDestination?.port ?? downstream.local.port,
    http: request !== null,
    interception,
    ...(cluster?.startsWith('inbound|') ? { cluster } : {}),
    loopback: host ? isLoopback(host.address) : last <= (interception === 'tproxy' ? 5 : 9),
    source: last <= 5 ? 'own' : last <= 8 ? 'unmarked' : 'marked',
  };
}

function defaultsFor(asked: Asked): Paste {
  const defaults = plainDefaults(asked);
  const patched = patchedBy(asked.pod, configIn(defaults));
  if (patched.applied.length === 0) return defaults;
  return suppliedPaste(asked.pod.name, 'istio-default-config', configText(patched));
}

/** The patches of what a way through the defaults met: their lines stand in the paste. */
function patchesOnTheWay(asked: Asked, decisions: readonly Decision[]): readonly Part[] {
  const patched = patchedBy(asked.pod, configIn(plainDefaults(asked)));
  const met = decisions.flatMap(({ kind, name }) =>
    kind === 'listener' || kind === 'cluster' ? patchDecisions(patched, kind, name) : [],
  );
  return met.length === 0 ? [] : [{ paste: asked.pod.paste, basis: 'derived', decisions: met, evidence: [] }];
}

function lacks(end: ProxyEnd, what: 'listener' | 'cluster' | 'endpoints'): boolean {
  return end.kind === 'undecided' && end.why.code === `envoy.undecided.${what}`;
}

/** Whether a log line shows what the proxy did: it names the cluster and the host it connected to. */
function showsConnection(entry: AccessLogEntry | null): entry is AccessLogEntry {
  return (
    entry !== null &&
    fieldText(entry, 'upstreamCluster') !== null &&
    fieldText(entry, 'upstreamHost') !== null
  );
}

function withoutNamed({ decisions }: Pick<ProxyOutcome, 'decisions'>): readonly Decision[] {
  return decisions.filter(({ why }) => why.code !== 'envoy.cluster.observed-by-name');
}

/**
 * Cluster, endpoint and source by the pasted configuration. `listener` is the text of a listener that had to be
 * supplied: whether it keeps the client's source is then assumed, unless a log line shows the source.
 */
function throughPasted(
  asked: Asked,
  cluster: string,
  listener: Paste | null,
  seen: Pick<Part, 'basis' | 'evidence'>,
): ProxyDecision {
  const { pod, downstream, request, entry } = asked;
  const pasted = pod.config ?? EMPTY_CONFIG;
  const supplied = listener && { ...EMPTY_CONFIG, listeners: configIn(listener).listeners };
  const config = supplied ? mergeConfigs([supplied, pasted]) : pasted;
  const { decisions, end } = connectThrough(config, cluster, downstream, request, observedIn(entry));
  const kept = end.kind === 'connect' && end.source.choice === 'original-src';
  const source = decisions.filter(({ kind }) => kind === 'source');
  const rest: Part = {
    paste: pod.paste,
    ...seen,
    decisions: decisions.filter((each) => !source.includes(each)),
  };
  const shown = listener === null || (seen.basis === 'observed' && !kept);
  const chosen: Part = {
    paste: listener && kept ? listener : pod.paste,
    basis: shown ? seen.basis : 'assumed',
    decisions: source,
    evidence: shown ? seen.evidence : [],
  };
  return { parts: [rest, chosen], end };
}

/** A configuration that does not lead to a cluster: the log line says which one it was. */
function byLog(asked: Asked, entry: AccessLogEntry, sofar: ProxyDecision): ProxyDecision {
  const cluster = fieldText(entry, 'upstreamCluster') ?? '';
  const evidence = [evidenceAt(asked.pod.paste, entry.span)];
  const arrived = sofar.parts.map((part) => ({ ...part, decisions: part.decisions.filter(isArrival) }));
  const through = throughPasted(asked, cluster, suppliedIn(sofar), { basis: 'observed', evidence });
  return { parts: [...arrived, ...through.parts], end: through.end };
}

/** A supplied listener that leads to a cluster which was pasted: what was pasted counts. */
function byPastedCluster(asked: Asked, sofar: ProxyDecision): ProxyDecision {
  const cluster = clusterOf(sofar);
  const pasted = asked.pod.config?.clusters.some(({ name }) => name === cluster) ?? false;
  if (cluster === null || !pasted) return sofar;
  const before = sofar.parts.map((part) => ({
    ...part,
    decisions: part.decisions.filter(({ kind }) => kind !== 'endpoint' && kind !== 'source'),
  }));
  const through = throughPasted(asked, cluster, suppliedIn(sofar), { basis: 'derived', evidence: [] });
  const parts = through.parts.map((part) => ({ ...part, decisions: withoutNamed(part) }));
  return { parts: [...before, ...parts], end: through.end };
}

/** The text that was supplied in place of a paste, if one was. */
function suppliedIn({ parts }: ProxyDecision): Paste | null {
  return parts.find(({ paste }) => paste.supplied !== null)?.paste ?? null;
}

function isArrival({ kind }: Decision): boolean {
  return kind === 'patch' || kind === 'listener' || kind === 'hand-over' || kind === 'listener-filter';
}

/**
 * A cluster that is named but was not pasted: Istio's default of that name, if there is one. That a pasted listener keeps
 * the client's source does not rest on it.
 */
function byDefaultCluster(asked: Asked, sofar: ProxyDecision): ProxyDecision {
  const [cluster = ''] = sofar.end.kind === 'undecided' ? sofar.end.clusters : [];
  const { pod, downstream, request, entry } = asked;
  const defaults = defaultsFor(asked);
  const supplied = configIn(defaults);
  if (!supplied.clusters.some(({ name }) => name === cluster)) return sofar;
  const listeners = suppliedIn(sofar) === null ? pod.config?.listeners : undefined;
  const config = listeners ? { ...supplied, listeners } : supplied;
  const { decisions, end } = connectThrough(config, cluster, downstream, request, observedIn(entry));
  const kept = listeners !== undefined && end.kind === 'connect' && end.source.choice === 'original-src';
  const source = decisions.filter(({ kind }) => kind === 'source');
  const rest = withoutNamed({ decisions }).filter((each) => !source.includes(each));
  const parts: readonly Part[] = [
    { paste: defaults, basis: 'assumed', decisions: rest, evidence: [] },
    kept
      ? { paste: pod.paste, basis: 'derived', decisions: source, evidence: [] }
      : { paste: defaults, basis: 'assumed', decisions: source, evidence: [] },
  ];
  return { parts: [...sofar.parts, ...parts], end };
}

/** Endpoints that were not pasted: those of the pod that the request is for. */
function byAssumedEndpoint(asked: Asked, sofar: ProxyDecision, config: ProxyConfig): ProxyDecision {
  const [host] = asked.service?.endpoints ?? [];
  const cluster = clusterOf(sofar);
  if (!host || cluster === null) return sofar;
  const observed: Observed = { upstreamHost: { address: address(host.address), port: host.port } };
  const through = connectThrough(config, cluster, asked.downstream, asked.request, observed);
  const part: Part = {
    paste: asked.pod.paste,
    basis: 'assumed',
    decisions: withoutNamed(through),
    evidence: [],
  };
  return { parts: [...sofar.parts, part], end: through.end };
}

/** A cluster whose source address was left out of the paste: Istio's default of that name tells it, if there is one. */
function byDefaultSource(asked: Asked, sofar: ProxyDecision): ProxyDecision {
  const { end } = sofar;
  const decisions = sofar.parts.flatMap((part) => part.decisions);
  const [source] = decisions.filter(({ kind }) => kind === 'source');
  if (end.kind !== 'connect' || source?.gap?.why.code !== 'envoy.gap.bind-config') return sofar;
  const defaults = defaultsFor(asked);
  const config = configIn(defaults);
  if (!config.clusters.some(({ name, bindConfig }) => name === end.cluster && bindConfig)) return sofar;
  const observed: Observed = { upstreamHost: end.endpoint };
  const through = connectThrough(config, end.cluster, asked.downstream, asked.request, observed);
  if (through.end.kind !== 'connect') return sofar;
  const kept = sofar.parts.map((part) => ({
    ...part,
    decisions: part.decisions.filter((decision) => decision !== source),
  }));
  const assumed = through.decisions.filter(({ kind }) => kind === 'source');
  const part: Part = { paste: defaults, basis: 'assumed', decisions: assumed, evidence: [] };
  return { parts: [...kept, part], end: { ...end, source: through.end.source } };
}

function clusterOf({ parts }: ProxyDecision): string | null {
  const decisions = parts.flatMap((part) => part.decisions);
  return decisions.findLast(({ kind }) => kind === 'cluster')?.name ?? null;
}

/**
 * A pasted listener for the called address, without virtualOutbound: `istioctl proxy-config listener --port 443` prints
 * just that. virtualOutbound, the same in every sidecar, hands over to it; null when there is no such listener.
 */
function throughVirtualOutbound(asked: Asked, virtual: Part): ProxyDecision | null {
  const { pod, downstream, request, entry } = asked;
  const original = downstream.originalDestination;
  if (downstream.accepting !== OUTBOUND_PORT || !original?.port || !pod.config) return null;
  const handed = { ...downstream, local: original, accepting: original.port, handedOver: true };
  const outcome = decide(pod.config, handed, request, observedIn(entry));
  if (lacks(outcome.end, 'listener')) return null;
  const [arrival] = virtual.decisions.filter(({ kind }) => kind === 'listener');
  const pasted: Part = { paste: pod.paste, basis: 'derived', decisions: outcome.decisions, evidence: [] };
  return { parts: [{ ...virtual, decisions: arrival ? [arrival] : [] }, pasted], end: outcome.end };
}

/** By the pasted configuration alone, and where it says nothing of that listener, by the defaults alone. */
function first(asked: Asked): ProxyDecision & { readonly config: ProxyConfig } {
  const { pod, downstream, request, entry } = asked;
  const pasted = pod.config ?? EMPTY_CONFIG;
  const outcome = decide(pasted, downstream, request, observedIn(entry));
  if (!lacks(outcome.end, 'listener')) {
    const part: Part = { paste: pod.paste, basis: 'derived', decisions: outcome.decisions, evidence: [] };
    return { parts: [part], end: outcome.end, config: pasted };
  }
  const defaults = defaultsFor(asked);
  const config = configIn(defaults);
  const assumed = decide(config, downstream, request, observedIn(entry));
  const supplied: Part = { paste: defaults, basis: 'assumed', decisions: assumed.decisions, evidence: [] };
  const handed = throughVirtualOutbound(asked, supplied) ?? throughPastedRoutes(asked);
  if (handed) return { ...handed, config: pasted };
  const parts = [...patchesOnTheWay(asked, assumed.decisions), supplied];
  return { parts, end: assumed.end, config };
}

/** Everything that can be said of what the proxy did. */
export function proxyDecision(asked: Asked): ProxyDecision {
  const { entry } = asked;
  const start = first(asked);
  let decision: ProxyDecision = start;
  const pasted = start.parts.every(({ basis }) => basis === 'derived');
  if (showsConnection(entry) && !(pasted && reachesCluster(start))) decision = byLog(asked, entry, start);
  else if (!pasted) decision = byPastedCluster(asked, start);
  if (lacks(decision.end, 'cluster')) decision = byDefaultCluster(asked, decision);
  if (lacks(decision.end, 'endpoints')) decision = byAssumedEndpoint(asked, decision, start.config);
  return byDefaultSource(asked, decision);
}

/** Whether the configuration led as far as a cluster: then a log line cannot say more than it does. */
function reachesCluster({ end }: ProxyDecision): boolean {
  return end.kind === 'connect' || lacks(end, 'cluster') || lacks(end, 'endpoints');
}

// A pasted pod as the engine needs it: its documents put together, and Istio's defaults where nothing was pasted.
import { isLoopback, parseAddress, type Family, type IpAddress } from '../../base/ip.ts';
import type { Source } from '../../base/source.ts';
import { lastEntry } from '../../documents/accesslog/find.ts';
import { joinLogs, type AccessLog } from '../../documents/accesslog/log.ts';
import type { Command } from '../../documents/command.ts';
import type { Document } from '../../documents/document.ts';
import { mergeConfigs, type ProxyConfig } from '../../documents/envoy/config.ts';
import type { InitArguments } from '../../documents/istio/init-arguments.ts';
import { mergeRulesets, sees, type Ruleset } from '../../documents/iptables/ruleset.ts';
import type { ListedSet } from '../../documents/ipset/ipset.ts';
import type { NetworkInterface } from '../../documents/route/network.ts';
import type { Setting } from '../../documents/sysctl/setting.ts';
import type { Workload } from '../../documents/kube/resource.ts';
import { readText } from '../../documents/remembered.ts';
import { DEFAULT_INIT } from '../mesh/default-rules.ts';
import { applyEnvoyFilters, workloadOf } from '../mesh/envoyfilter/apply.ts';
import { kindOf, type PodKind } from '../mesh/pod-kind.ts';
import { proxyOwner } from '../mesh/proxy-owner.ts';
import { attach, type AttachedPod } from '../mesh/session/attach.ts';
import { applicationOwner, proxyContainer, resourcesOf } from '../mesh/session/kube-facts.ts';
import { ownDocuments } from '../mesh/session/own-documents.ts';
import { rulesetsOfOneState } from '../mesh/session/states.ts';
import { initOfWorkloads, workloadsOf } from '../mesh/session/workload-init.ts';
import type { Network } from '../netfilter/fib.ts';
import type { Host } from '../netfilter/host.ts';
import { podHost } from './host.ts';
import type { SocketOwner } from '../packet/packet.ts';
import type { ScenarioPod } from '../scenario.ts';
import type { Paste } from './evidence.ts';
import { addressesInLog, endpointIn, isInbound } from './log-match.ts';
import { pastedRules, unpastedRules, type PodRules } from './pod-rules.ts';
import { ownAddressesSeen } from './observed/seen-request.ts';

export interface Pod {
  readonly name: string;
  readonly role: ScenarioPod['role'];
  readonly kind: PodKind;
  readonly addresses: readonly IpAddress[];
  readonly paste: Paste;
  /** The rules that are walked, and the text they stand in: the paste, or Istio's defaults. */
  readonly rules: PodRules;
  /** Only what was pasted; null when nothing was. */
  readonly config: ProxyConfig | null;
  /** Every entry in the paste, whichever document it stands in. */
  readonly log: AccessLog;
  readonly proxyOwner: SocketOwner;
  /** Whom the application runs as, where the pod's spec says so. */
  readonly applicationOwner: SocketOwner | null;
  /** The 11 of Istio 1.11, where the init container's image tells it. */
  readonly release: number | null;
  readonly host: Host;
}

function configsOf(documents: readonly Document[]): ProxyConfig[] {
  return documents.flatMap(({ content }) => (content.kind === 'proxy-config' ? [content.config] : []));
}

function logOf(source: Source, documents: readonly Document[]): AccessLog {
  const logs = documents.flatMap(({ content }) => (content.kind === 'access-log' ? [content.log] : []));
  const [only] = logs;
  return only && logs.length === 1 ? only : joinLogs(source, logs);
}

/** The arguments of istio-init that were pasted, alone or in the pod's spec, or that its annotations ask for. */
function askedFor({ paste, workloads }: ReadPaste): InitArguments | null {
  const asked = paste.documents.findLast(({ content }) => content.kind === 'istio-init')?.content;
  return asked?.kind === 'istio-init' ? asked.asked : initOfWorkloads(workloads);
}

/** The last inbound line of the log shows the client's address kept: only under TPROXY does Istio's proxy do that. */
function tproxySeen(log: AccessLog): InitArguments | null {
  const entry = lastEntry(log, isInbound);
  const client = entry && endpointIn(entry, 'downstreamRemoteAddress')?.address;
  const source = entry && endpointIn(entry, 'upstreamLocalAddress')?.address;
  const isKept = source && client && source.text === client.text && !isLoopback(source);
  return isKept ? { ...DEFAULT_INIT, mode: 'TPROXY' } : null;
}

/** A pod's paste, split; before it is known which family is walked. */
export interface ReadPaste {
  readonly pod: ScenarioPod;
  readonly paste: Paste;
  readonly commands: readonly Command[];
  readonly rulesets: readonly Ruleset[];
  readonly log: AccessLog;
  /** What the paste's Kubernetes objects say of it. */
  readonly workloads: readonly Workload[];
  /** Those given, else those that Kubernetes, its log or its captures show; none when nothing tells. */
  readonly addresses: readonly IpAddress[];
}

function isSome(addresses: readonly IpAddress[]): boolean {
  return addresses.length > 0;
}

export function readPaste(pod: ScenarioPod): ReadPaste {
  const { source, documents: all, commands } = readText(pod.name, pod.paste);
  const attachment = attach(source, all, commands);
  const { pod: own, documents } = ownDocuments(pod.name, attachment, all);
  const paste: Paste = { pod: pod.name, source, documents, all, attachment, supplied: null };
  return readAs(pod, paste, own, commands);
}

/** Another pod of which the same paste speaks, by what is its own there; what nothing gives to a pod is not. */
export function readNeighbour({ pod, paste, commands }: ReadPaste, other: AttachedPod): ReadPaste {
  const { attachment, all } = paste;
  const { documents } = ownDocuments(other.name, attachment ?? { pods: [], unattached: [] }, all);
  const told = documents.filter((document) => attachment?.unattached.includes(document) === false);
  const neighbour: ScenarioPod = { name: other.name, role: null, addresses: [], paste: pod.paste };
  return readAs(neighbour, { ...paste, documents: told }, other, commands);
}

function readAs(
  pod: ScenarioPod,
  paste: Paste,
  own: AttachedPod | null,
  commands: readonly Command[],
): ReadPaste {
  const { documents, all, source } = paste;
  const log = logOf(source, documents);
  const given = pod.addresses.flatMap((text) => parseAddress(text) ?? []);
  const listed = own?.addresses ?? [];
  const seen = [addressesInLog(log), ownAddressesSeen(documents)];
  const told = [given, ...(listed.length > 1 ? [...seen, listed] : [listed, ...seen])].find(isSome);
  return {
    pod,
    paste,
    commands,
    workloads: workloadsOf(resourcesOf(all), own?.name ?? null),
    rulesets: rulesetsOfOneState(documents, commands),
    log,
    addresses: told ?? [],
  };
}

/** What was pasted, with the EnvoyFilters that were pasted beside it. */
function patched(config: ProxyConfig, { name, role }: ScenarioPod): ProxyConfig {
  return applyEnvoyFilters(config, workloadOf(name, role));
}

/** Puts a pod together. `fallback` is the address it gets when nothing tells one. */
export function buildPod(read: ReadPaste, fallback: IpAddress): Pod {
  const { pod, paste, rulesets, log, addresses } = read;
  const known = addresses.length > 0 ? addresses : [fallback];
  const pasted = mergeRulesets(rulesets);
  const relevant = pasted.tables.some((table) => sees(table.family, fallback.family));
  const configs = configsOf(paste.documents);
  const config = configs.length > 0 ? patched(mergeConfigs(configs), pod) : null;
  // a table of istioctl does not tell which listeners have a socket of their own
  const printed = configsOf(paste.documents.filter((document) => document.kind === 'envoy-config'));
  const asked = askedFor(read);
  const told = { paste, asked, family: fallback.family };
  const given = relevant ? pastedRules(pod.name, pasted, told) : null;
  const kind = kindOf({
    role: pod.role,
    ruleset: given?.ruleset ?? null,
    hasInitArguments: asked !== null,
    config: printed.length > 0 ? mergeConfigs(printed) : null,
    addresses: known,
  });
  const rules = given ?? unpastedRules(pod.name, kind, { ...told, asked: asked ?? tproxySeen(log) });
  return {
    name: pod.name,
    role: pod.role,
    kind,
    addresses: known,
    paste,
    rules,
    config,
    log,
    applicationOwner: applicationOwner(read.workloads),
    release: asked?.minor ?? null,
    proxyOwner: proxyOwner(rules.ruleset, proxyContainer(read.workloads)),
    host: {
      ...podHost(rules.ruleset, known, kind, networkOf(paste.documents), interfacesOf(paste.documents)),
      sets: setsOf(paste.documents),
      settings: settingsOf(paste.documents),
    },
  };
}

function setsOf(documents: readonly Document[]): readonly ListedSet[] {
  return documents.flatMap(({ content }) => (content.kind === 'ipsets' ? content.sets : []));
}

function settingsOf(documents: readonly Document[]): readonly Setting[] {
  return documents.flatMap(({ content }) => (content.kind === 'settings' ? content.settings : []));
}

function interfacesOf(documents: readonly Document[]): readonly NetworkInterface[] {
  return documents.flatMap(({ content }) => (content.kind === 'interfaces' ? content.interfaces : []));
}

/** The routing that was pasted. */
function networkOf(documents: readonly Document[]): Network {
  return {
    policies: documents.flatMap(({ content }) => (content.kind === 'routing-policy' ? [content.policy] : [])),
    routes: documents.flatMap(({ content }) => (content.kind === 'routes' ? [content.routes] : [])),
  };
}

/** The pod's address of that family, if it has one. */
export function addressOfFamily(pod: Pod, family: Family): IpAddress | undefined {
  return pod.addresses.find((address) => address.family === family);
}

export function ownsAddress(pod: Pod, address: IpAddress): boolean {
  return pod.addresses.some(({ text }) => text === address.text);
}

// A pasted pod as the engine needs it: its documents put together, and Istio's defaults where nothing was pasted.
import { parseAddress, type Family, type IpAddress } from '../../base/ip.ts';
import { readable } from '../../base/reading.ts';
import type { Source, Span } from '../../base/source.ts';
import { joinLogs, type AccessLog } from '../../documents/accesslog/log.ts';
import type { Document } from '../../documents/document.ts';
import { mergeConfigs, type ProxyConfig } from '../../documents/envoy/config.ts';
import type { InitArguments } from '../../documents/istio/init-arguments.ts';
import { mergeRulesets, sees, type Rule, type Ruleset } from '../../documents/iptables/ruleset.ts';
import type { ListedSet } from '../../documents/ipset/ipset.ts';
import type { NetworkInterface } from '../../documents/route/network.ts';
import type { Workload } from '../../documents/kube/resource.ts';
import { parseDocuments, parsePaste } from '../../documents/parse.ts';
import { defaultRules } from '../mesh/default-rules.ts';
import { applyEnvoyFilters, workloadOf } from '../mesh/envoyfilter/apply.ts';
import { excerptCandidates, isExcerpt, printedRules } from '../mesh/excerpt.ts';
import { initRules } from '../mesh/istio-init.ts';
import { kindOf, type PodKind } from '../mesh/pod-kind.ts';
import { proxyOwner } from '../mesh/proxy-owner.ts';
import { attach } from '../mesh/session/attach.ts';
import { proxyContainer, resourcesOf } from '../mesh/session/kube-facts.ts';
import { ownDocuments } from '../mesh/session/own-documents.ts';
import { rulesetsOfOneState } from '../mesh/session/states.ts';
import { initOfWorkloads, workloadsOf } from '../mesh/session/workload-init.ts';
import type { Network } from '../netfilter/fib.ts';
import type { Host } from '../netfilter/host.ts';
import { podHost } from './host.ts';
import type { SocketOwner } from '../packet/packet.ts';
import type { ScenarioPod } from '../scenario.ts';
import type { Paste } from './evidence.ts';
import { addressesInLog } from './log-match.ts';
import { ownAddressesSeen } from './observed/seen-request.ts';

export interface PodRules {
  readonly ruleset: Ruleset;
  readonly paste: Paste;
  /** Of supplied rules those that the paste prints, and where: it holds an excerpt. */
  readonly printed: ReadonlyMap<Rule, Span>;
}

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
  readonly host: Host;
}

function rulesetsOf(documents: readonly Document[]): Ruleset[] {
  return documents.flatMap(({ content }) => (content.kind === 'ruleset' ? [content.ruleset] : []));
}

function configsOf(documents: readonly Document[]): ProxyConfig[] {
  return documents.flatMap(({ content }) => (content.kind === 'proxy-config' ? [content.config] : []));
}

function logOf(source: Source, documents: readonly Document[]): AccessLog {
  const logs = documents.flatMap(({ content }) => (content.kind === 'access-log' ? [content.log] : []));
  const [only] = logs;
  return only && logs.length === 1 ? only : joinLogs(source, logs);
}

/** A text that stands in for a paste, read by the same parsers. */
export function suppliedPaste(pod: string | null, name: string, text: string): Paste {
  const source: Source = { name, text };
  const documents = parseDocuments(source);
  return { pod, source, documents, all: documents, attachment: null, supplied: name };
}

/** The arguments of istio-init that were pasted, alone or in the pod's spec, or that its annotations ask for. */
function askedFor({ paste, workloads }: ReadPaste): InitArguments | null {
  const asked = paste.documents.findLast(({ content }) => content.kind === 'istio-init')?.content;
  return asked?.kind === 'istio-init' ? asked.asked : initOfWorkloads(workloads);
}

function suppliedAs(pod: string, name: string, text: string): PodRules {
  const paste = suppliedPaste(pod, name, text);
  return { ruleset: mergeRulesets(rulesetsOf(paste.documents)), paste, printed: new Map() };
}

/** Those that these arguments make; without any, those it makes by default. */
function suppliedRules(pod: string, asked: InitArguments | null, family: Family): PodRules {
  const made = asked && initRules(asked, family);
  return made === null
    ? suppliedAs(pod, 'istio-default-rules', defaultRules(family))
    : suppliedAs(pod, 'istio-init-rules', made);
}

/** The rules that were pasted; an excerpt of what istio-init makes is filled up with the rest of it. */
function pastedRules(read: ReadPaste, ruleset: Ruleset, family: Family): PodRules {
  const { pod, paste } = read;
  const candidates = isExcerpt(ruleset) ? excerptCandidates(ruleset, askedFor(read)) : [];
  for (const asked of candidates) {
    const whole = suppliedRules(pod.name, asked, family);
    const printed = printedRules(ruleset, whole.ruleset);
    if (printed) return { ...whole, printed };
  }
  return { ruleset, paste, printed: new Map() };
}

/** A pod's paste, split; before it is known which family is walked. */
export interface ReadPaste {
  readonly pod: ScenarioPod;
  readonly paste: Paste;
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
  const source = readable({ name: pod.name, text: pod.paste });
  const { documents: all, commands } = parsePaste(source);
  const attachment = attach(source, all, commands);
  const { pod: own, documents } = ownDocuments(pod.name, attachment, all);
  const log = logOf(source, documents);
  const given = pod.addresses.flatMap((text) => parseAddress(text) ?? []);
  const listed = own?.addresses ?? [];
  const seen = [addressesInLog(log), ownAddressesSeen(documents)];
  const told = [given, ...(listed.length > 1 ? [...seen, listed] : [listed, ...seen])].find(isSome);
  return {
    pod,
    paste: { pod: pod.name, source, documents, all, attachment, supplied: null },
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

/** Rules that were not pasted: none where nothing shows that connections are handed over, else Istio's. */
function unpastedRules(kind: PodKind, read: ReadPaste, family: Family): PodRules {
  const { pod, paste } = read;
  return kind === 'bare'
    ? { ruleset: mergeRulesets([]), paste, printed: new Map() }
    : suppliedRules(pod.name, askedFor(read), family);
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
  const kind = kindOf({
    role: pod.role,
    ruleset: relevant ? pasted : null,
    hasInitArguments: askedFor(read) !== null,
    config: printed.length > 0 ? mergeConfigs(printed) : null,
    addresses: known,
  });
  const rules = relevant
    ? pastedRules(read, pasted, fallback.family)
    : unpastedRules(kind, read, fallback.family);
  return {
    name: pod.name,
    role: pod.role,
    kind,
    addresses: known,
    paste,
    rules,
    config,
    log,
    proxyOwner: proxyOwner(rules.ruleset, proxyContainer(read.workloads)),
    host: {
      ...podHost(rules.ruleset, known, kind, networkOf(paste.documents), interfacesOf(paste.documents)),
      sets: setsOf(paste.documents),
    },
  };
}

function setsOf(documents: readonly Document[]): readonly ListedSet[] {
  return documents.flatMap(({ content }) => (content.kind === 'ipsets' ? content.sets : []));
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

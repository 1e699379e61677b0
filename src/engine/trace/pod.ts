// A pasted pod as the engine needs it: its documents put together, and Istio's defaults where nothing was pasted.
import { parseAddress, type Family, type IpAddress } from '../../base/ip.ts';
import { readable } from '../../base/reading.ts';
import type { Source } from '../../base/source.ts';
import { joinLogs, type AccessLog } from '../../documents/accesslog/log.ts';
import type { Document } from '../../documents/document.ts';
import { mergeConfigs, type ProxyConfig } from '../../documents/envoy/config.ts';
import { mergeRulesets, sees, type Ruleset } from '../../documents/iptables/ruleset.ts';
import { parseDocuments } from '../../documents/parse.ts';
import { defaultRules } from '../mesh/default-rules.ts';
import { applyEnvoyFilters, workloadOf } from '../mesh/envoyfilter/apply.ts';
import { initRules } from '../mesh/istio-init.ts';
import { kindOf, type PodKind } from '../mesh/pod-kind.ts';
import { proxyOwner } from '../mesh/proxy-owner.ts';
import type { Network } from '../netfilter/fib.ts';
import type { Host } from '../netfilter/host.ts';
import { podHost } from './host.ts';
import type { SocketOwner } from '../packet/packet.ts';
import type { ScenarioPod } from '../scenario.ts';
import type { Paste } from './evidence.ts';
import { addressesInLog } from './log-match.ts';
import { ownAddressesSeen } from './observed/seen-request.ts';

export interface Pod {
  readonly name: string;
  readonly role: ScenarioPod['role'];
  readonly kind: PodKind;
  readonly addresses: readonly IpAddress[];
  readonly paste: Paste;
  /** The rules that are walked, and the text they stand in: the paste, or Istio's defaults. */
  readonly rules: { readonly ruleset: Ruleset; readonly paste: Paste };
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
  return { pod, source, documents: parseDocuments(source), supplied: name };
}

/** Those that the pasted arguments of istio-init make; without any, those it makes by default. */
function suppliedRules(pod: string, documents: readonly Document[], family: Family): Pod['rules'] {
  const asked = documents.findLast(({ content }) => content.kind === 'istio-init')?.content;
  const made = asked?.kind === 'istio-init' ? initRules(asked.asked, family) : null;
  const paste =
    made === null
      ? suppliedPaste(pod, 'istio-default-rules', defaultRules(family))
      : suppliedPaste(pod, 'istio-init-rules', made);
  return { ruleset: mergeRulesets(rulesetsOf(paste.documents)), paste };
}

/** A pod's paste, split; before it is known which family is walked. */
export interface ReadPaste {
  readonly pod: ScenarioPod;
  readonly paste: Paste;
  readonly rulesets: readonly Ruleset[];
  readonly log: AccessLog;
  /** Those given, else those its log or its captures show; none when nothing tells. */
  readonly addresses: readonly IpAddress[];
}

export function readPaste(pod: ScenarioPod): ReadPaste {
  const source = readable({ name: pod.name, text: pod.paste });
  const documents = parseDocuments(source);
  const log = logOf(source, documents);
  const given = pod.addresses.flatMap((text) => parseAddress(text) ?? []);
  const told = [given, addressesInLog(log), ownAddressesSeen(documents)].find(({ length }) => length > 0);
  return {
    pod,
    paste: { pod: pod.name, source, documents, supplied: null },
    rulesets: rulesetsOf(documents),
    log,
    addresses: told ?? [],
  };
}

/** What was pasted, with the EnvoyFilters that were pasted beside it. */
function patched(config: ProxyConfig, { name, role }: ScenarioPod): ProxyConfig {
  return applyEnvoyFilters(config, workloadOf(name, role));
}

/** Rules that were not pasted: none where nothing shows that connections are handed over, else Istio's. */
function unpastedRules(kind: PodKind, pod: string, paste: Paste, family: Family): Pod['rules'] {
  return kind === 'bare'
    ? { ruleset: mergeRulesets([]), paste }
    : suppliedRules(pod, paste.documents, family);
}

/** Puts a pod together. `fallback` is the address it gets when nothing tells one. */
export function buildPod({ pod, paste, rulesets, log, addresses }: ReadPaste, fallback: IpAddress): Pod {
  const known = addresses.length > 0 ? addresses : [fallback];
  const pasted = mergeRulesets(rulesets);
  const relevant = pasted.tables.some((table) => sees(table.family, fallback.family));
  const configs = configsOf(paste.documents);
  const config = configs.length > 0 ? patched(mergeConfigs(configs), pod) : null;
  const kind = kindOf({
    role: pod.role,
    ruleset: relevant ? pasted : null,
    hasInitArguments: paste.documents.some(({ content }) => content.kind === 'istio-init'),
    config,
    addresses: known,
  });
  const rules = relevant ? { ruleset: pasted, paste } : unpastedRules(kind, pod.name, paste, fallback.family);
  return {
    name: pod.name,
    role: pod.role,
    kind,
    addresses: known,
    paste,
    rules,
    config,
    log,
    proxyOwner: proxyOwner(rules.ruleset),
    host: podHost(rules.ruleset, known, kind, networkOf(paste.documents)),
  };
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

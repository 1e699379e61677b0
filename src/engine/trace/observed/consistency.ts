// Pieces of one pod's paste that contradict each other, whatever the request: rules and listeners, rules and
// containers, log and configuration.
import { isLoopback } from '../../../base/ip.ts';
import type { Span } from '../../../base/source.ts';
import { fieldText, type AccessLogEntry } from '../../../documents/accesslog/entry.ts';
import { entriesWith } from '../../../documents/accesslog/find.ts';
import type { BindConfig, Cluster } from '../../../documents/envoy/cluster.ts';
import type { Listener } from '../../../documents/envoy/listener.ts';
import { rulesWhere } from '../../../documents/iptables/contents.ts';
import type { Deed, Rule } from '../../../documents/iptables/ruleset.ts';
import type { Container } from '../../../documents/kube/resource.ts';
import { evidenceAt } from '../evidence.ts';
import { capturePorts, interceptionBy } from '../host.ts';
import { addressesInLog, clientOfHeader, endpointIn, peerLogged } from '../log-match.ts';
import type { Pod } from '../pod.ts';
import type { Finding } from '../trace.ts';

/** Whether a listener expects packets whose addresses nobody changed; null when that part was left out. */
function isTransparent({ transparent, listenerFilters, gaps, listenerFilterGaps }: Listener): boolean | null {
  const keepsSource = listenerFilters?.some(({ name }) => name.includes('original_src')) ?? false;
  if (transparent || keepsSource) return true;
  return gaps.length + listenerFilterGaps.length > 0 ? null : false;
}

function listensOn({ addresses }: Listener, ports: ReadonlySet<number>): boolean {
  return addresses.some((place) => place.kind === 'ip' && ports.has(place.port));
}

/** The rule that hands connections over to that listener. */
function capturingRule(pod: Pod, kind: 'redirect' | 'tproxy', listener: Listener): Rule | undefined {
  const ports = listener.addresses.flatMap((place) => (place.kind === 'ip' ? [place.port] : []));
  const doesIt = ({ targets }: Deed) => targets.some(({ action }) => action.kind === kind);
  return rulesWhere(pod.rules.ruleset, doesIt).find(({ targets }) =>
    targets.some(({ action }) => {
      if (action.kind !== kind) return false;
      return ports.includes(action.kind === 'tproxy' ? action.port : (action.to.ports?.from ?? -1));
    }),
  );
}

/** REDIRECT changes the destination, TPROXY does not: a listener made for one cannot serve the other. */
export function interceptionDiffers(pod: Pod): Finding[] {
  const { config, paste } = pod;
  if (!config || config.partial || pod.rules.paste.supplied !== null) return [];
  const mode = interceptionBy(pod.rules.ruleset);
  const listeners = config.listeners.filter((each) => listensOn(each, capturePorts(pod.rules.ruleset)));
  for (const listener of listeners) {
    const rule = capturingRule(pod, mode, listener);
    if (!rule || isTransparent(listener) !== (mode === 'redirect')) continue;
    const parameters = { listener: listener.name, mode: mode.toUpperCase() };
    const evidence = [evidenceAt(pod.rules.paste, rule.span), evidenceAt(paste, listener.nameSpan)];
    const code = mode === 'redirect' ? 'finding.listener-transparent' : 'finding.listener-not-transparent';
    return [{ code, severity: 'warning', hop: null, parameters, evidence }];
  }
  return [];
}

function proxyContainer({ paste }: Pod): Container | undefined {
  const workloads = paste.documents.flatMap(({ content }) =>
    content.kind === 'kube' ? content.resources.filter((each) => each.kind === 'workload') : [],
  );
  return workloads.flatMap(({ containers }) => containers).find(({ name }) => name === 'istio-proxy');
}

interface OwnerRule {
  readonly rule: Rule;
  readonly ids: readonly number[];
}

function ownerRules(pod: Pod, kind: 'uid' | 'gid'): OwnerRule[] {
  const asksIt = ({ matches }: Deed) => matches.some(({ test }) => test.kind === kind);
  return rulesWhere(pod.rules.ruleset, asksIt).flatMap((rule) => {
    const ids = rule.matches.flatMap(({ test }) =>
      test.kind === kind ? test.ranges.map(({ from }) => from) : [],
    );
    return ids.length > 0 ? [{ rule, ids }] : [];
  });
}

/** Rules that let another uid or gid pass than the proxy's container runs as: its packets come back to itself. */
export function ownerDiffers(pod: Pod): Finding[] {
  const container = proxyContainer(pod);
  if (!container || pod.rules.paste.supplied !== null) return [];
  const differing = (['uid', 'gid'] as const).flatMap((kind) => {
    const owner = container[kind];
    const rules = ownerRules(pod, kind);
    const [first] = rules;
    const known = owner && rules.some(({ ids }) => ids.includes(owner.value));
    return owner && first && !known ? [{ kind, owner, first }] : [];
  });
  // Either of the two is enough to let the proxy's packets go.
  const [uid, gid] = [container.uid, container.gid];
  if (differing.length === 0 || (differing.length < 2 && uid && gid)) return [];
  return differing.slice(0, 1).map(({ kind, owner, first }) => ({
    code: 'finding.proxy-owner-differs',
    severity: 'warning',
    hop: null,
    parameters: { kind, rules: first.ids.join(', '), container: owner.value },
    evidence: [evidenceAt(pod.rules.paste, first.rule.span), evidenceAt(pod.paste, owner.span)],
  }));
}

/** A log in which inbound requests are sent to several addresses is of several pods. */
export function logOfSeveral({ paste, log }: Pod): Finding[] {
  const [first, ...others] = addressesInLog(log);
  const other = others.find(({ family }) => family === first?.family);
  if (!first || !other) return [];
  const entries = [first, other].flatMap(({ text }) =>
    entriesWith(log, 'downstreamLocalAddress', text).slice(0, 1),
  );
  const parameters = { first: first.text, other: other.text };
  const evidence = entries.map(({ span }) => evidenceAt(paste, span));
  return [{ code: 'finding.log-of-several', severity: 'warning', hop: null, parameters, evidence }];
}

/** Port 0 is no port of a packet: Envoy took the address from x-forwarded-for. Another line may show who connects. */
export function peerFromHeader({ paste, log }: Pod, entry: AccessLogEntry | null): Finding[] {
  const client = entry && clientOfHeader(entry);
  if (!entry || !client || peerLogged(entry) !== null) return [];
  const cluster = fieldText(entry, 'upstreamCluster') ?? '';
  const told = entriesWith(log, 'upstreamCluster', cluster).find((each) => !clientOfHeader(each));
  const peer = told && endpointIn(told, 'downstreamRemoteAddress')?.address.text;
  const from = { address: client.text };
  const evidence = [evidenceAt(paste, entry.span)];
  const found: Finding = {
    code: 'finding.peer-from-header',
    severity: 'warning',
    hop: 1,
    parameters: from,
    evidence,
  };
  if (!told || peer === undefined) return [found];
  const code = 'finding.peer-in-other-line';
  const shown = [...evidence, evidenceAt(paste, told.span)];
  return [found, { code, severity: 'info', hop: 1, parameters: { peer, cluster }, evidence: shown }];
}

function bindsOf(pod: Pod, cluster: Cluster | undefined): string[] {
  const binds: (BindConfig | null | undefined)[] = [cluster?.bindConfig, pod.config?.bootstrap?.bindConfig];
  return binds.flatMap((bind) =>
    (bind?.sources ?? []).flatMap((place) => (place.kind === 'ip' ? [place.address.text] : [])),
  );
}

/** What Istio binds to by default, where the cluster was not pasted. */
const DEFAULT_BINDS = ['127.0.0.6', '::6'];

/** A source in the log that no bind config, no address of the pod and no client explains. */
export function bindUnexplained(pod: Pod, entry: AccessLogEntry | null): Finding[] {
  const local = entry && endpointIn(entry, 'upstreamLocalAddress');
  if (!entry || !local) return [];
  const { address } = local;
  const cluster = pod.config?.clusters.find(({ name }) => name === fieldText(entry, 'upstreamCluster'));
  const gaps = [cluster?.gaps ?? [], cluster?.bindConfig?.gaps ?? []].flat();
  const explained = [
    ...pod.addresses.map(({ text }) => text),
    ...bindsOf(pod, cluster),
    ...(cluster ? [] : DEFAULT_BINDS),
    endpointIn(entry, 'downstreamRemoteAddress')?.address.text,
  ];
  const loopback = isLoopback(address) && endpointIn(entry, 'upstreamHost')?.address.text === address.text;
  if (loopback || gaps.length > 0 || explained.includes(address.text)) return [];
  const places: Span[] = cluster ? [entry.span, cluster.nameSpan] : [entry.span];
  const parameters = { logged: address.text, cluster: fieldText(entry, 'upstreamCluster') ?? '' };
  const evidence = places.map((span) => evidenceAt(pod.paste, span));
  return [{ code: 'finding.bind-unexplained', severity: 'warning', hop: null, parameters, evidence }];
}

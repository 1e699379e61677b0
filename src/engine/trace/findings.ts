// What the trace shows beyond its hops: where the source was lost, loops, contradictions, gaps. Each with its evidence.
import type { Severity } from '../../base/diagnostic.ts';
import { entriesWith } from '../../documents/accesslog/find.ts';
import { evidenceAt } from './evidence.ts';
import type { Journey } from './journey.ts';
import { misreadingsIn } from './misreadings.ts';
import { addressesInLog } from './log-match.ts';
import type { Pod } from './pod.ts';
import { hostOf } from './recorder.ts';
import { ruleFindings } from './rule-findings.ts';
import { wayFindings } from './way-findings.ts';
import type { Finding, Hop, SourceChange, Trace } from './trace.ts';

/**
 * The change after which the application sees another address than the client's: the one that a gateway on the way trusts
 * a header for, else the one the request set out with.
 */
function sourceLost(
  hops: readonly Hop[],
  changes: readonly SourceChange[],
  { app, edge }: Journey,
): Finding[] {
  const seen = app.remoteAddress;
  const lost = changes.find(({ to }) => to === seen);
  if (!lost || seen === null || seen === hostOf(hops[0]?.before.src ?? '')) return [];
  const evidence = hops.find(({ n }) => n === lost.hop)?.evidence ?? [];
  const { from, to, cause } = lost;
  const client = edge?.client.address ?? hostOf(hops[0]?.before.src ?? '');
  return [
    {
      code: 'finding.source-lost',
      severity: 'warning',
      hop: lost.hop,
      parameters: { from, to, cause, hop: lost.hop, client },
      evidence,
    },
  ];
}

/** A log that speaks of the pod by other addresses than it was given. */
function otherAddress({ paste, log, addresses }: Pod): Finding[] {
  const logged = addressesInLog(log);
  const [first] = logged;
  const known = logged.some(({ text }) => addresses.some((address) => address.text === text));
  if (!first || known) return [];
  const [entry] = entriesWith(log, 'downstreamLocalAddress', first.text);
  const parameters = { logged: first.text, given: addresses.map(({ text }) => text).join(', ') };
  const evidence = entry ? [evidenceAt(paste, entry.span)] : [];
  return [{ code: 'finding.address-differs', severity: 'warning', hop: null, parameters, evidence }];
}

/** Routing by mark, which TPROXY needs and no paste of rules shows (`ip rule`, `ip route show table N`). */
function assumedRouting(hops: readonly Hop[], pods: readonly Pod[]): Finding[] {
  return pods.flatMap(({ name, host }) => {
    const hop = hops.find(({ pod, verdict }) => pod === name && verdict?.startsWith('tproxy'));
    const [route] = host.routing;
    if (!hop || !route || host.network.policies.length > 0) return [];
    const parameters = { mark: `0x${route.mark.value.toString(16)}` };
    return [
      { code: 'finding.routing-assumed', severity: 'info', hop: hop.n, parameters, evidence: hop.evidence },
    ];
  });
}

/** Hops that rest on something that was not pasted. */
function assumptions(hops: readonly Hop[]): Finding[] {
  const assumed = hops.filter(({ basis }) => basis === 'assumed');
  const [first] = assumed;
  if (!first) return [];
  const parameters = { hops: assumed.length };
  return [{ code: 'finding.assumed', severity: 'info', hop: first.n, parameters, evidence: [] }];
}

/** All findings, the most serious first. */
export function findingsOf(
  hops: readonly Hop[],
  changes: readonly SourceChange[],
  journey: Journey,
  pods: readonly Pod[],
  observed: readonly Finding[],
): Trace['findings'] {
  const requests = hops.filter(({ packet }) => packet === 'request');
  const order: readonly Severity[] = ['error', 'warning', 'info'];
  const found = [
    ...sourceLost(hops, changes, journey),
    ...journey.notices,
    ...wayFindings(requests, journey, pods),
    ...observed,
    ...pods.flatMap(otherAddress),
    ...assumedRouting(hops, pods),
    ...assumptions(hops),
    ...pods.flatMap(ruleFindings),
    ...misreadingsIn(hops, pods, journey.protocol),
  ];
  return found.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

// What if: a remedy is applied to the pasted texts themselves, as patches that can be seen and taken back, and the same
// engine walks the result. What each costs is said in codes; what carries it out can be copied.
import type { Scenario } from '../scenario.ts';
import type { Pod } from '../trace/pod.ts';
import { podsOf } from '../trace/pods.ts';
import { simulate } from '../trace/simulate.ts';
import type { Message } from '../trace/trace.ts';
import { ambientPatches } from './ambient.ts';
import { commandsOf, type Command } from './command.ts';
import { withPatches, type Patch } from './edit.ts';
import { excludePortPatches } from './exclude-port.ts';
import { localPolicyPatches, servicePatches } from './external-policy.ts';
import { localhostPatches } from './localhost.ts';
import { candidates } from './offered.ts';
import { proxyProtocolReader, proxyProtocolSender } from './proxy-protocol.ts';
import { CONSEQUENCES, type Remedy } from './remedy.ts';
import { returnRulePatches } from './return-rule.ts';
import { tproxyPatches } from './tproxy.ts';
import { trustHeaderPatches } from './trust-xff.ts';

export interface Applied {
  /** With the patched pastes, and the request that was followed before. */
  readonly scenario: Scenario;
  readonly patches: readonly Patch[];
  /** What carries it out in a cluster. */
  readonly commands: readonly Command[];
  /** What it gains, costs and breaks. */
  readonly consequences: readonly Message[];
}

/** Null when the texts cannot be changed so, or the remedy changes nothing. */
export function applyRemedy(scenario: Scenario, remedy: Remedy): Applied | null {
  const pods = podsOf(scenario);
  const patches = changesFor(remedy, pods);
  if (patches.length === 0) return null;
  const { request } = simulate(scenario);
  const { expect: _, ...rest } = scenario;
  return {
    scenario: withPatches({ ...rest, request, pods: withAddresses(scenario, pods) }, patches),
    patches,
    commands: commandsOf(remedy, pods),
    consequences: CONSEQUENCES[remedy.kind].map((code) => ({ code, parameters: {} })),
  };
}

/** A log may be all that told a pod's addresses, and it goes. */
function withAddresses({ pods }: Scenario, known: readonly Pod[]): Scenario['pods'] {
  return pods.map((pod, i) => ({
    ...pod,
    addresses: pod.addresses.length > 0 ? pod.addresses : (known[i]?.addresses ?? []).map(({ text }) => text),
  }));
}

/** The remedies that can change something in this scenario, the likeliest first. */
export function remediesFor(scenario: Scenario): Remedy[] {
  const { trace, request } = simulate(scenario);
  const pods = podsOf(scenario);
  return candidates(trace, request, pods).filter((remedy) => changesFor(remedy, pods).length > 0);
}

/** None when nothing but what was observed would change. */
function changesFor(remedy: Remedy, pods: readonly Pod[]): Patch[] {
  const patches = (patchesFor(remedy, pods) ?? []).filter(({ before, after }) => before !== after);
  return patches.some(({ after }) => after !== '') || remedy.kind === 'external-traffic-policy'
    ? patches
    : [];
}

function patchesFor(remedy: Remedy, pods: readonly Pod[]): Patch[] | null {
  const named = (name: string) => pods.find((pod) => pod.name === name);
  const at = (name: string, change: (pod: Pod) => Patch[] | null) => {
    const pod = named(name);
    return pod ? change(pod) : null;
  };
  switch (remedy.kind) {
    case 'tproxy':
      return at(remedy.pod, tproxyPatches);
    case 'proxy-protocol': {
      const sends = at(remedy.gateway, (pod) => proxyProtocolSender(pod, remedy.cluster));
      const reads = at(remedy.pod, proxyProtocolReader);
      return sends && reads && [...sends, ...reads];
    }
    case 'trust-xff':
      return at(remedy.gateway, (pod) => trustHeaderPatches(pod, remedy.hops));
    case 'external-traffic-policy':
      return at(remedy.node, (node) => {
        const own = localPolicyPatches(node);
        return own && [...own, ...pods.filter((pod) => pod !== node).flatMap(servicePatches)];
      });
    case 'localhost':
      return at(remedy.pod, (pod) => localhostPatches(pod, remedy.port));
    case 'exclude-port':
      return at(remedy.pod, (pod) => excludePortPatches(pod, remedy.port));
    case 'ambient':
      return at(remedy.pod, ambientPatches);
    case 'return-rule':
      return at(remedy.pod, (pod) => returnRulePatches(pod, remedy));
  }
}

// What if: a remedy is applied to the pasted texts themselves, as patches that can be seen and taken back, and the same
// engine walks the result. What each costs is said in codes; what carries it out can be copied.
import { parseEndpoint } from '../../base/ip.ts';
import type { Scenario } from '../scenario.ts';
import type { Pod } from '../trace/pod.ts';
import { podsOf } from '../trace/pods.ts';
import { simulate } from '../trace/simulate.ts';
import type { Message } from '../trace/trace.ts';
import { ambientPatches } from './ambient.ts';
import { commandsOf, type Command } from './command.ts';
import { withPatches, type Patch } from './edit.ts';
import {
  excludePortPatches,
  localhostPatches,
  localPolicyPatches,
  proxyProtocolReader,
  proxyProtocolSender,
  trustHeaderPatches,
} from './other-patches.ts';
import { CONSEQUENCES, type Remedy } from './remedy.ts';
import { tproxyPatches } from './tproxy.ts';

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
  const patches = patchesFor(remedy, pods)?.filter(({ before, after }) => before !== after);
  if (!patches || patches.length === 0) return null;
  const { request } = simulate(scenario);
  const { expect: _, ...rest } = scenario;
  return {
    scenario: withPatches({ ...rest, request }, patches),
    patches,
    commands: commandsOf(remedy),
    consequences: CONSEQUENCES[remedy.kind].map((code) => ({ code, parameters: {} })),
  };
}

/** The remedies that can change something in this scenario, the likeliest first. */
export function remediesFor(scenario: Scenario): Remedy[] {
  const { trace, request } = simulate(scenario);
  const pods = podsOf(scenario);
  const port = servedPort(trace.hops, request?.to);
  const gateways = pods.filter(({ role }) => role === 'gateway');
  const sidecars = pods.filter((pod) => pod.kind === 'sidecar' && pod.role !== 'client');
  const cluster = trace.hops.find(
    (hop) => hop.cluster !== null && gateways.some(({ name }) => name === hop.pod),
  )?.cluster;
  const offered: Remedy[] = [
    ...pods.flatMap(({ kind, name }): Remedy[] =>
      kind === 'node' ? [{ kind: 'external-traffic-policy', node: name }] : [],
    ),
    ...sidecars.map(({ name }): Remedy => ({ kind: 'tproxy', pod: name })),
    ...gateways.flatMap(({ name }): Remedy[] => [
      ...(cluster
        ? sidecars.map((pod): Remedy => ({ kind: 'proxy-protocol', gateway: name, cluster, pod: pod.name }))
        : []),
      { kind: 'trust-xff', gateway: name, hops: 1 },
    ]),
    ...sidecars.flatMap(({ name }): Remedy[] => [
      { kind: 'localhost', pod: name, port },
      { kind: 'exclude-port', pod: name, port },
      { kind: 'ambient', pod: name },
    ]),
  ];
  return offered.filter((remedy) => (patchesFor(remedy, pods)?.length ?? 0) > 0);
}

/** The port that the application serves: where the last packet of the request arrived. */
function servedPort(
  hops: readonly { readonly after: { readonly dst: string }; readonly packet: string }[],
  asked?: string,
): number {
  const last = hops.findLast(({ packet }) => packet === 'request')?.after.dst ?? asked ?? '';
  return parseEndpoint(last)?.port ?? 0;
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
      return at(remedy.node, localPolicyPatches);
    case 'localhost':
      return at(remedy.pod, (pod) => localhostPatches(pod, remedy.port));
    case 'exclude-port':
      return at(remedy.pod, (pod) => excludePortPatches(pod, remedy.port));
    case 'ambient':
      return at(remedy.pod, ambientPatches);
  }
}

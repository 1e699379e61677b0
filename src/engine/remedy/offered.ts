// Which remedies a scenario offers: those of its pods that can change something, the likeliest first.
import { parseEndpoint } from '../../base/ip.ts';
import type { ScenarioRequest } from '../scenario.ts';
import { missingReturn } from '../trace/missing-return.ts';
import type { Pod } from '../trace/pod.ts';
import type { Hop, Trace } from '../trace/trace.ts';
import type { Remedy } from './remedy.ts';

/** Whether they fit the pods' texts is asked afterwards. */
export function candidates(
  { hops, findings, outcome }: Trace,
  request: ScenarioRequest | null,
  pods: readonly Pod[],
): Remedy[] {
  const gateways = pods.filter(({ role }) => role === 'gateway');
  const sidecars = request?.protocol === 'udp' ? [] : pods.filter(isIstioSidecar);
  const refused = new Set(
    findings.flatMap(({ code, hop }) => (code === 'finding.no-filter-chain' ? podAt(hops, hop) : [])),
  );
  const loop = missingReturn(hops, outcome, pods);
  return [
    ...(loop ? [{ kind: 'return-rule', ...loop.missing } as const] : []),
    ...pods.flatMap(({ kind, name }): Remedy[] =>
      kind === 'node' ? [{ kind: 'external-traffic-policy', node: name }] : [],
    ),
    ...sidecars.map(({ name }): Remedy => ({ kind: 'tproxy', pod: name })),
    ...gateways.flatMap((gateway) => atGateway(gateway, sidecars, hops, request)),
    ...sidecars.flatMap(({ name }) => atSidecar(name, portAt(name, hops), !refused.has(name))),
  ];
}

function podAt(hops: readonly Hop[], n: number | null): string[] {
  const pod = hops.find((hop) => hop.n === n)?.pod;
  return pod ? [pod] : [];
}

/** Rules that other meshes made are not Istio's to change; what was supplied in their place is. */
function isIstioSidecar({ kind, role, rules }: Pod): boolean {
  if (kind !== 'sidecar' || role === 'client') return false;
  const { tables } = rules.ruleset;
  return tables.some(({ name, chains }) =>
    [name, ...chains.map((chain) => chain.name)].some((each) => /^istio[-_]/i.test(each)),
  );
}

function atGateway(
  { name }: Pod,
  sidecars: readonly Pod[],
  hops: readonly Hop[],
  request: ScenarioRequest | null,
): Remedy[] {
  const cluster = hops.find((hop) => hop.pod === name && hop.cluster !== null)?.cluster;
  const sent = Object.entries(request?.headers ?? {}).find(
    ([key]) => key.toLowerCase() === 'x-forwarded-for',
  );
  const isHttp = request?.protocol === 'http';
  return [
    ...(cluster
      ? sidecars.map((pod): Remedy => ({ kind: 'proxy-protocol', gateway: name, cluster, pod: pod.name }))
      : []),
    ...(isHttp
      ? [{ kind: 'trust-xff', gateway: name, hops: sent?.[1].split(',').length ?? 1 } as const]
      : []),
  ];
}

/** `keeps`: what the sidecar's own policy refused, ambient would not let in either. */
function atSidecar(pod: string, port: number, keeps: boolean): Remedy[] {
  return [
    { kind: 'localhost', pod, port },
    { kind: 'exclude-port', pod, port },
    ...(keeps ? [{ kind: 'ambient', pod } as const] : []),
  ];
}

/** The port that a request comes to the pod on, before rules send it elsewhere; 0 when none comes. */
function portAt(pod: string, hops: readonly Hop[]): number {
  const own = hops.filter((hop) => hop.packet === 'request' && hop.pod === pod);
  const arrives =
    own.find(({ hook, before }) => hook === 'PREROUTING' && before.iif !== 'lo') ??
    own.findLast(({ hook, direction }) => hook === 'OUTPUT' && direction !== 'inbound');
  return (arrives && parseEndpoint(arrives.before.dst)?.port) ?? 0;
}

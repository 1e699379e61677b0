// What posts commonly claim about a journey like this one, where the trace shows otherwise: one note each, at the hop
// that shows it. None is told where the journey does not touch it.
import type { Protocol } from '../packet/packet.ts';
import type { Pod } from './pod.ts';
import { hostOf } from './recorder.ts';
import type { Finding, Hop } from './trace.ts';

/** A claim, and the first hop that contradicts it. */
interface Misreading {
  readonly code: string;
  readonly shows: (hop: Hop, journey: Whole) => boolean;
}

interface Whole {
  readonly hops: readonly Hop[];
  readonly protocol: Protocol;
  readonly pods: readonly Pod[];
}

function evidenceSays(hop: Hop, text: RegExp): boolean {
  return hop.evidence.some((each) => text.test(each.text));
}

/** Whether a proxy opened the connection that the hop is of. */
function isOfProxy({ hops }: Whole, { connection, packet }: Hop): boolean {
  const opener = hops.find((hop) => hop.connection === connection && hop.packet === packet);
  return opener?.place === 'proxy' && !isOfAgent(opener);
}

/** pilot-agent's own connections: no proxy opened them. */
function isOfAgent({ event }: Hop): boolean {
  return event.code.startsWith('agent.');
}

/** Whether the answer goes back on a connection that the pod's own proxy opened. */
function isAnswerToProxy({ hops }: Whole, { connection, pod }: Hop): boolean {
  const opener = hops.find((hop) => hop.connection === connection && hop.packet === 'request');
  return opener?.place === 'proxy' && opener.pod === pod && !isOfAgent(opener);
}

function kindOf({ pods }: Whole, hop: Hop): Pod['kind'] | undefined {
  return pods.find(({ name }) => name === hop.pod)?.kind;
}

/** Handed to the chain that redirects, and none of its rules took it: they ask for TCP. */
function passesRedirect(hop: Hop, { hops, pods, protocol }: Whole): boolean {
  const chain = hop.event.code === 'kernel.jump' ? hop.event.parameters['to'] : undefined;
  if (protocol !== 'udp' || hop.packet !== 'request' || chain === undefined) return false;
  const tables = pods.find(({ name }) => name === hop.pod)?.rules.ruleset.tables ?? [];
  const rules = tables.flatMap(({ chains }) => chains.find(({ name }) => name === chain)?.rules ?? []);
  const redirects = rules.some(({ targets }) => targets.some(({ action }) => action.kind === 'redirect'));
  return redirects && !hops.some((each) => each.chain === chain && each.rule !== null);
}

const MISREADINGS: readonly Misreading[] = [
  {
    code: 'finding.misreading-reply-nat',
    shows: ({ packet, verdict }) => packet === 'reply' && verdict === 'conntrack',
  },
  {
    code: 'finding.misreading-steps-9-12',
    shows: ({ n, pod, event }, { hops }) =>
      event.code === 'app.calls' &&
      hops.some((hop) => hop.n < n && hop.pod === pod && hop.event.code === 'app.receives'),
  },
  {
    code: 'finding.misreading-answer-by-15001',
    shows: (hop, whole) =>
      hop.event.code === 'app.answers' && kindOf(whole, hop) === 'sidecar' && isAnswerToProxy(whole, hop),
  },
  {
    code: 'finding.misreading-redirect-loopback',
    shows: ({ hook, verdict, after }) =>
      hook === 'PREROUTING' &&
      verdict?.startsWith('redirect') === true &&
      !hostOf(after.dst).startsWith('127.'),
  },
  {
    code: 'finding.misreading-second-leg-loopback',
    shows: ({ event, after }) =>
      event.code === 'envoy.source.upstream-bind-config' && !hostOf(after.dst).startsWith('127.'),
  },
  {
    code: 'finding.misreading-inbound-use-original-dst',
    shows: ({ event, direction }) =>
      event.code === 'envoy.listener-filter.original-dst' && direction === 'inbound',
  },
  {
    code: 'finding.misreading-gid-duplicate',
    shows: (hop, whole) =>
      hop.hook === 'OUTPUT' &&
      hop.verdict === 'return' &&
      evidenceSays(hop, /--gid-owner \d+ -j RETURN|GID match \d+\s*$|skgid \d+ .*return/) &&
      isOfProxy(whole, hop),
  },
  {
    code: 'finding.misreading-iptables-source',
    shows: ({ event }) => event.code === 'envoy.source.upstream-bind-config',
  },
  {
    code: 'finding.misreading-lo-prerouting',
    shows: (hop, whole) =>
      hop.packet === 'request' &&
      hop.event.code === 'app.receives' &&
      isOfProxy(whole, hop) &&
      kindOf(whole, hop) === 'sidecar' &&
      !whole.hops.some(
        ({ connection, packet, hook, rule }) =>
          connection === hop.connection && packet === 'request' && hook === 'PREROUTING' && rule !== null,
      ),
  },
  {
    code: 'finding.misreading-envoy-never-caught',
    shows: (hop, whole) =>
      hop.packet === 'request' &&
      hop.hook === 'OUTPUT' &&
      hop.verdict?.startsWith('redirect') === true &&
      isOfProxy(whole, hop),
  },
  {
    code: 'finding.misreading-rule-8',
    shows: (hop) =>
      hop.hook === 'OUTPUT' &&
      hop.verdict === 'return' &&
      hostOf(hop.before.dst) === '127.0.0.1' &&
      hop.before.oif === 'lo' &&
      evidenceSays(hop, /! --uid-owner|skuid !=/),
  },
  {
    code: 'finding.misreading-own-process-caught',
    shows: (hop, whole) =>
      hop.hook === 'OUTPUT' &&
      hop.verdict === 'return' &&
      hop.before.oif !== 'lo' &&
      evidenceSays(hop, /-owner \d+ -j RETURN|sk[ug]id \d+/) &&
      !isOfProxy(whole, hop),
  },
  {
    code: 'finding.misreading-always-127-0-0-6',
    shows: ({ event, after }) => event.code === 'envoy.source.kernel' && hostOf(after.src) === '127.0.0.1',
  },
  {
    code: 'finding.misreading-tproxy-port',
    shows: ({ event, packet }) => packet === 'request' && event.code === 'envoy.source.original-src',
  },
  {
    code: 'finding.misreading-tproxy-return',
    shows: (hop, whole) =>
      hop.packet === 'reply' && hop.before.mark !== hop.after.mark && kindOf(whole, hop) === 'sidecar',
  },
  {
    code: 'finding.misreading-udp-captured',
    shows: (hop, whole) =>
      whole.protocol === 'udp' && hop.event.code === 'app.receives' && kindOf(whole, hop) === 'sidecar',
  },
  { code: 'finding.misreading-redirect-all', shows: passesRedirect },
  {
    code: 'finding.misreading-idle-hooks',
    shows: (hop, whole) =>
      hop.table === 'nat' &&
      hop.rule === null &&
      (hop.hook === 'INPUT' || hop.hook === 'POSTROUTING') &&
      hop.basis !== 'undecided' &&
      hop.passedCount === 0 &&
      kindOf(whole, hop) === 'sidecar',
  },
  {
    code: 'finding.misreading-probe',
    shows: ({ event, after }) => event.code === 'agent.probes' && hostOf(after.src) === '127.0.0.6',
  },
  {
    code: 'finding.misreading-ambient-node',
    shows: ({ event }) => event.code === 'ztunnel.accepts',
  },
];

export function misreadingsIn(hops: readonly Hop[], pods: readonly Pod[], protocol: Protocol): Finding[] {
  const whole: Whole = { hops, pods, protocol };
  return MISREADINGS.flatMap(({ code, shows }) => {
    const hop = hops.find((each) => shows(each, whole));
    if (!hop) return [];
    return [{ code, severity: 'info', hop: hop.n, parameters: {}, evidence: hop.evidence }];
  });
}

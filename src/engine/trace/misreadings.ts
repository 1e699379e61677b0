// What posts commonly claim about a journey like this one, where the trace shows otherwise: one note each, at the hop
// that shows it. None is told where the journey does not touch it.
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
  readonly pods: readonly Pod[];
}

function evidenceSays(hop: Hop, text: RegExp): boolean {
  return hop.evidence.some((each) => text.test(each.text));
}

/** Whether a proxy opened the connection that the hop is of. */
function isOfProxy({ hops }: Whole, { connection, packet }: Hop): boolean {
  const opener = hops.find((hop) => hop.connection === connection && hop.packet === packet);
  return opener?.place === 'proxy';
}

/** Whether the answer goes back on a connection that the pod's own proxy opened. */
function isAnswerToProxy({ hops }: Whole, { connection, pod }: Hop): boolean {
  const opener = hops.find((hop) => hop.connection === connection && hop.packet === 'request');
  return opener?.place === 'proxy' && opener.pod === pod;
}

function kindOf({ pods }: Whole, hop: Hop): Pod['kind'] | undefined {
  return pods.find(({ name }) => name === hop.pod)?.kind;
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
    code: 'finding.misreading-ambient-node',
    shows: ({ event }) => event.code === 'ztunnel.accepts',
  },
];

export function misreadingsIn(hops: readonly Hop[], pods: readonly Pod[]): Finding[] {
  const whole: Whole = { hops, pods };
  return MISREADINGS.flatMap(({ code, shows }) => {
    const hop = hops.find((each) => shows(each, whole));
    if (!hop) return [];
    return [{ code, severity: 'info', hop: hop.n, parameters: {}, evidence: hop.evidence }];
  });
}

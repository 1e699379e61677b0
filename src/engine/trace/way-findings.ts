// What the way itself shows: who was passed by, what was closed, what a listing of sockets contradicts. Each finding names
// its hop and carries the lines that prove it.
import { isLoopback, parseEndpoint } from '../../base/ip.ts';
import type { Severity } from '../../base/diagnostic.ts';
import type { ListedSocket } from '../../documents/sockets/socket.ts';
import { evidenceAt } from './evidence.ts';
import type { Journey } from './journey.ts';
import { missingReturn, returnCommand } from './missing-return.ts';
import type { Pod } from './pod.ts';
import { hostOf } from './recorder.ts';
import type { Finding, Hop } from './trace.ts';

type Parameters = Finding['parameters'];

function at(
  hop: Hop,
  code: string,
  severity: Severity,
  parameters: Parameters,
  evidence = hop.evidence,
): Finding {
  return { code, severity, hop: hop.n, parameters, evidence };
}

/** Ends inside a proxy, and the finding each is. */
const ENDS: Readonly<Record<string, string>> = {
  'envoy.close.filter-chain-not-found': 'finding.no-filter-chain',
  'envoy.close.no-healthy-upstream': 'finding.no-endpoint',
  'envoy.close.proxy-header': 'finding.proxy-header-missing',
  'envoy.respond.route-not-found': 'finding.no-route-matches',
};

function proxyEnds(hops: readonly Hop[]): Finding[] {
  return hops.flatMap((hop) => {
    const code = ENDS[hop.event.code];
    const parameters = { pod: hop.pod ?? '', listener: hop.listener ?? '', cluster: hop.cluster ?? '' };
    return code === undefined ? [] : [at(hop, code, 'error', parameters)];
  });
}

/** Clusters that stand for no service: one drops, the others send to wherever the client called. */
function specialClusters(hops: readonly Hop[]): Finding[] {
  const chosen = hops.filter((hop, i) => hop.cluster !== null && hop.cluster !== hops[i - 1]?.cluster);
  return chosen.flatMap((hop) => {
    const cluster = hop.cluster ?? '';
    const parameters = { pod: hop.pod ?? '', cluster, destination: hop.before.dst };
    if (cluster === 'BlackHoleCluster') return [at(hop, 'finding.blackhole', 'error', parameters)];
    return /^(?:Inbound)?PassthroughCluster/.test(cluster)
      ? [at(hop, 'finding.passthrough', 'info', parameters)]
      : [];
  });
}

/** The client's own address at the application although a proxy stood between. */
function sourceKept(hops: readonly Hop[], { app, outcome }: Journey): Finding[] {
  const seen = app.remoteAddress;
  const receives = hops.find(({ event }) => event.code === 'app.receives');
  const [first] = hops;
  if (outcome !== 'delivered' || !first || !receives || hostOf(first.before.src) !== seen) return [];
  const opened = hops.findLast((hop) => hop.n < receives.n && hop.place === 'proxy');
  return opened ? [at(opened, 'finding.source-kept', 'info', { address: seen, pod: opened.pod ?? '' })] : [];
}

/** A sidecar's rules let the connection pass beside the proxy: in, or out. */
function bypassed(hops: readonly Hop[], pods: readonly Pod[]): Finding[] {
  const sidecars = new Set(pods.filter(({ kind }) => kind === 'sidecar').map(({ name }) => name));
  return hops.flatMap((hop) => {
    const isIn = hop.event.code === 'app.receives';
    const isOut = hop.event.code === 'network.leaves';
    const same = hops.filter(
      ({ pod, connection, packet }) =>
        pod === hop.pod && connection === hop.connection && packet === 'request',
    );
    if (!(isIn || isOut) || !sidecars.has(hop.pod ?? '') || same.some(({ place }) => place === 'proxy'))
      return [];
    const rule = same.findLast(({ place, verdict }) => place === 'kernel' && verdict === 'return');
    const began = same.some(({ event }) => event.code === 'app.calls');
    if (!rule || (isIn === began && hostOf(hop.after.src) !== hostOf(hop.after.dst))) return [];
    const code = isIn ? 'finding.capture-bypassed-inbound' : 'finding.capture-bypassed-outbound';
    return [at(rule, code, 'info', { pod: hop.pod ?? '', destination: hop.after.dst })];
  });
}

/** PROXY protocol that nobody read on the way: the application gets it as data. */
function unreadHeader(hops: readonly Hop[], { app }: Journey): Finding[] {
  const receives = hops.find(({ event }) => event.code === 'app.receives');
  return receives && app.proxyHeader !== null
    ? [
        at(receives, 'finding.proxy-header-unread', 'error', {
          header: app.proxyHeader.trim(),
          pod: receives.pod ?? '',
        }),
      ]
    : [];
}

/**
 * What the request brought in X-Forwarded-For is still in it. Only a gateway that takes its peer for the client shows that
 * this one wrote it; behind one that counts trusted proxies, what stands left of the entry it believes may be forged.
 */
function spoofable(hops: readonly Hop[], { app, sentForwardedFor: sent, edge }: Journey): Finding[] {
  const receives = hops.find(({ event }) => event.code === 'app.receives');
  const header = app.xForwardedFor ?? '';
  if (!receives || sent === null || !header.startsWith(sent)) return [];
  if (edge?.client.from === 'connection')
    return [at(receives, 'finding.xff-spoofable', 'warning', { sent, header })];
  if (edge)
    return [
      at(receives, 'finding.xff-trusted', 'info', { pod: edge.pod, client: edge.client.address, header }),
    ];
  const pod = hops.find((hop) => hop.pod !== null)?.pod ?? '';
  return [at(receives, 'finding.xff-brought', 'warning', { sent, pod })];
}

/** TPROXY keeps the addresses up to the proxy; without original_src the proxy does not pass them on. */
function tproxyAlone(hops: readonly Hop[]): Finding[] {
  const caught = hops.find(({ verdict }) => verdict?.startsWith('tproxy'));
  const opens = hops.find(
    ({ n, pod, place, event }) =>
      n > (caught?.n ?? Infinity) &&
      pod === caught?.pod &&
      place === 'proxy' &&
      event.code.startsWith('envoy.source.'),
  );
  return opens && opens.event.code !== 'envoy.source.original-src'
    ? [at(opens, 'finding.tproxy-without-original-src', 'warning', { pod: opens.pod ?? '' })]
    : [];
}

/** The rule that sent the proxy's own connection back to it: one before it that lets it pass ends the loop. */
function returnMissing(hops: readonly Hop[], { outcome }: Journey, pods: readonly Pod[]): Finding[] {
  const found = missingReturn(hops, outcome, pods);
  const pod = pods.find(({ name }) => name === found?.missing.pod);
  if (!found || !pod) return [];
  const { missing, caught } = found;
  const command = returnCommand(missing, pod);
  const { chain, value, by } = missing;
  const parameters = { chain, rule: caught.rule ?? 0, by, value, command };
  return [at(caught, 'finding.return-rule-missing', 'warning', parameters)];
}

function listensAt({ local, localPort }: ListedSocket, destination: string): boolean {
  const to = parseEndpoint(destination);
  return localPort === to?.port && (local === null || local.address.text === to?.address.text);
}

/** A listing of the pod's sockets that shows the port on loopback alone. */
function loopbackOnly(hops: readonly Hop[], pods: readonly Pod[]): Finding[] {
  return hops.flatMap((hop) => {
    const pod = hop.event.code === 'app.receives' ? pods.find(({ name }) => name === hop.pod) : undefined;
    const listed = pod?.paste.documents.flatMap(({ content }) =>
      content.kind === 'sockets' ? content.sockets : [],
    );
    const port = parseEndpoint(hop.after.dst)?.port ?? null;
    const onPort = listed?.filter((socket) => socket.state === 'LISTEN' && socket.localPort === port) ?? [];
    const [only] = onPort;
    if (!pod || !only || onPort.some((socket) => listensAt(socket, hop.after.dst))) return [];
    if (!onPort.every(({ local }) => local !== null && isLoopback(local.address))) return [];
    const parameters = { pod: pod.name, port: port ?? '*', destination: hop.after.dst };
    return [at(hop, 'finding.listens-on-loopback', 'error', parameters, [evidenceAt(pod.paste, only.span)])];
  });
}

/** All that the way shows. `hops` are those of the request. */
export function wayFindings(hops: readonly Hop[], journey: Journey, pods: readonly Pod[]): Finding[] {
  return [
    ...proxyEnds(hops),
    ...specialClusters(hops),
    ...sourceKept(hops, journey),
    ...bypassed(hops, pods),
    ...unreadHeader(hops, journey),
    ...spoofable(hops, journey),
    ...tproxyAlone(hops),
    ...loopbackOnly(hops, pods),
    ...returnMissing(hops, journey, pods),
  ];
}

// The application's own log laid over the prediction: the peer that it saw, and where that peer may come from.
import { endpointText, type IpAddress } from '../../../base/ip.ts';
import { entriesWith } from '../../../documents/accesslog/find.ts';
import type { LoggedPeer } from '../../../documents/serverlog/logged.ts';
import { evidenceAt } from '../evidence.ts';
import { endpointIn } from '../log-match.ts';
import type { Pod } from '../pod.ts';
import type { AppView, Evidence, Finding, Hop } from '../trace.ts';
import { endsIn } from './ends.ts';

export interface PeerCheck {
  readonly confirmed: ReadonlyMap<Hop, Evidence>;
  readonly findings: readonly Finding[];
}

function peersOf({ paste }: Pod): LoggedPeer[] {
  return paste.documents.flatMap(({ content }) => (content.kind === 'server-log' ? content.lines : []));
}

function isPeer({ peer }: LoggedPeer, { remoteAddress, remotePort }: Accepting['peer']): boolean {
  if (peer.address.text !== remoteAddress) return false;
  return remotePort === null || peer.port === null || peer.port === remotePort;
}

/** Probes that the injector made pilot-agent send in kubelet's place: it dials the application from 127.0.0.6. */
const AGENT_PROBES = /ISTIO_KUBE_APP_PROBERS|\/app-health\/|kube-probe\//;

/** Whether the pod's proxy connected to the application from there. */
function isLogged({ log }: Pod, address: IpAddress, port: number | null): boolean {
  return entriesWith(log, 'upstreamLocalAddress', address.text).some((entry) => {
    const logged = endpointIn(entry, 'upstreamLocalAddress');
    return logged?.port === port || port === null || logged?.port == null;
  });
}

function fromAgent(pod: Pod, { peer, span }: LoggedPeer): Finding[] {
  const { address, port } = peer;
  if (pod.log.length === 0 || !AGENT_PROBES.test(pod.paste.source.text)) return [];
  if (!/^(?:127\.0\.0\.6|::6)$/.test(address.text) || isLogged(pod, address, port)) return [];
  const parameters = { peer: endpointText(address, port) };
  const evidence = [evidenceAt(pod.paste, span)];
  return [{ code: 'finding.peer-from-agent', severity: 'info', hop: null, parameters, evidence }];
}

interface Accepting {
  readonly hop: Hop;
  readonly peer: Pick<AppView, 'remoteAddress' | 'remotePort'>;
}

/** Who accepts the connection and whom it sees: the application, else whoever stands where the packet leaves the paste. */
function acceptance(hops: readonly Hop[], { name }: Pod, app: AppView): Accepting | null {
  const hop = hops.find(
    ({ place, pod, event }) => place === 'app' && pod === name && event.code === 'app.receives',
  );
  if (hop && app.remoteAddress !== null) return { hop, peer: app };
  const last = hops.at(-1);
  const from = last?.place === 'network' ? endsIn(last.after)?.from : undefined;
  return last && from
    ? { hop: last, peer: { remoteAddress: from.address.text, remotePort: from.port } }
    : null;
}

function differs(pod: Pod, { hop, peer }: Accepting, seen: LoggedPeer, proof: readonly Evidence[]): Finding {
  const predicted = `${peer.remoteAddress ?? ''}${peer.remotePort === null ? '' : `:${peer.remotePort}`}`;
  const samePeer = seen.peer.address.text === peer.remoteAddress;
  return {
    code: samePeer ? 'finding.other-connection.server-log' : 'finding.peer-differs',
    severity: 'warning',
    hop: hop.n,
    parameters: { seen: endpointText(seen.peer.address, seen.peer.port), predicted },
    evidence: [evidenceAt(pod.paste, seen.span), ...proof.slice(0, 1)],
  };
}

/** `proof` is the evidence for the source that the application is predicted to see. */
export function checkPeers(
  pod: Pod,
  hops: readonly Hop[],
  app: AppView,
  proof: readonly Evidence[],
): PeerCheck {
  const peers = peersOf(pod);
  const accepting = acceptance(hops, pod, app);
  const probes = peers.flatMap((each) => fromAgent(pod, each)).slice(0, 1);
  const others = peers.filter((each) => fromAgent(pod, each).length === 0);
  const [first] = others;
  if (!accepting || !first) return { confirmed: new Map(), findings: probes };
  const same = others.find((each) => isPeer(each, accepting.peer));
  if (!same) return { confirmed: new Map(), findings: [...probes, differs(pod, accepting, first, proof)] };
  return { confirmed: new Map([[accepting.hop, evidenceAt(pod.paste, same.span)]]), findings: probes };
}

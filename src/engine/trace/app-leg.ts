// At the application: it gets the request, and may call others before it answers.
import { endpointText, parseEndpoint } from '../../base/ip.ts';
import type { AccessLogEntry } from '../../documents/accesslog/entry.ts';
import { entriesWith } from '../../documents/accesslog/find.ts';
import { PLAIN_TEXT } from '../envoy/outcome.ts';
import { reconnect } from '../packet/change.ts';
import { destinationText, sourceText, type Packet } from '../packet/packet.ts';
import { addressOptionOf, type AddressOption } from './address-option.ts';
import { evidenceAt } from './evidence.ts';
import { end, openedBy, type Context, type Delivered, type Leg, type Load } from './leg.ts';
import { endpointIn } from './log-match.ts';
import type { Pod } from './pod.ts';
import { httpOf, requestOfEntry } from './request.ts';
import type { Basis, Evidence } from './trace.ts';

/** An application opens a connection. */
export function call(
  { recorder }: Context,
  pod: Pod,
  packet: Packet,
  load: Load,
  basis: Basis,
  evidence: readonly Evidence[],
): Leg {
  recorder.add({
    stage: 'app-calls',
    connection: load.connection,
    pod: pod.name,
    place: 'app',
    before: packet,
    after: packet,
    basis,
    evidence,
    event: { code: 'app.calls', parameters: { destination: destinationText(packet.tuple) } },
    change: reconnect('application'),
  });
  return { kind: 'sends', pod, packet, load, stage: 'caught-outbound' };
}

/** The application accepts the connection. */
export function reachApp(context: Context, { pod, walk, load }: Delivered): Leg {
  const { packet } = walk;
  const option = addressOptionOf(pod, packet);
  if (option) noteOption(context, pod, packet, load, option);
  const peer = option?.isRead ? option.client : { address: packet.tuple.src, port: packet.tuple.sport };
  context.accepted.set(load.connection, { pod, by: 'app', basis: load.basis, evidence: [] });
  context.recorder.add({
    stage: 'app-receives',
    connection: load.connection,
    pod: pod.name,
    place: 'app',
    before: packet,
    after: packet,
    basis: load.basis,
    evidence: [],
    event: {
      code: 'app.receives',
      parameters: { source: endpointText(peer.address, peer.port), port: packet.tuple.dport ?? '*' },
    },
  });
  context.app ??= {
    remoteAddress: peer.address.text,
    remotePort: peer.port,
    xForwardedFor: load.http?.headers['x-forwarded-for'] ?? null,
    proxyHeader: load.proxyHeader || null,
  };
  return callOn(context, pod, load);
}

function noteOption(
  { recorder }: Context,
  pod: Pod,
  packet: Packet,
  load: Load,
  { event, evidence }: AddressOption,
): void {
  recorder.add({
    stage: 'app-receives',
    connection: load.connection,
    pod: pod.name,
    place: 'kernel',
    before: packet,
    after: packet,
    basis: 'observed',
    evidence,
    event,
  });
}

/** A DNS query that the rules redirected: that pilot-agent listens there no paste shows. */
export function reachAgent(context: Context, { pod, walk, load }: Delivered): Leg {
  const { packet } = walk;
  context.accepted.set(load.connection, { pod, by: 'agent', basis: 'assumed', evidence: [] });
  context.recorder.add({
    stage: 'caught-outbound',
    connection: load.connection,
    pod: pod.name,
    place: 'proxy',
    before: packet,
    after: packet,
    basis: 'assumed',
    evidence: [],
    event: { code: 'agent.answers-dns', parameters: { source: sourceText(packet.tuple) } },
  });
  context.app ??= { ...NOTHING_SAID, remoteAddress: packet.tuple.src.text, remotePort: packet.tuple.sport };
  return end('delivered');
}

const NOTHING_SAID = { xForwardedFor: null, proxyHeader: null } as const;

/** A logged outbound request with the same request id: what the application did before it answered. */
function furtherCall({ called }: Context, pod: Pod, { requestId }: Load): AccessLogEntry | undefined {
  if (requestId === null) return undefined;
  return entriesWith(pod.log, 'requestId', requestId).find((entry) => {
    const from = endpointIn(entry, 'downstreamRemoteAddress')?.address.text;
    const ours = pod.addresses.some(({ text }) => text === from);
    return ours && !called.has(entry);
  });
}

function callOn(context: Context, pod: Pod, load: Load): Leg {
  const entry = furtherCall(context, pod, load);
  const request = entry && requestOfEntry(entry);
  const from = entry && endpointIn(entry, 'downstreamRemoteAddress');
  const to = request && parseEndpoint(request.to);
  if (!request || !from || !to) return end('delivered');
  context.called.add(entry);
  const packet = openedBy(from, to, 'tcp', { uid: request.uid, gid: request.gid });
  const onward: Load = {
    connection: load.connection + 1,
    http: httpOf(request),
    wire: PLAIN_TEXT,
    proxyHeader: null,
    requestId: load.requestId,
    basis: 'observed',
  };
  return call(context, pod, packet, onward, 'observed', [evidenceAt(pod.paste, entry.span)]);
}

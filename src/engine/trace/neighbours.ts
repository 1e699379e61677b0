// A paste that holds the log of another pod, which sent the request on to this one -> that pod, and the line that says so.
import { fieldText, type AccessLogEntry, type Field } from '../../documents/accesslog/entry.ts';
import { rowsWith } from '../../documents/accesslog/find.ts';
import { entryAt, readEntry, type AccessLog } from '../../documents/accesslog/log.ts';
import { endpointIn } from './log-match.ts';
import { buildPod, ownsAddress, readNeighbour, type Pod, type ReadPaste } from './pod.ts';
import { UNKNOWN_POD } from './stand-ins.ts';

export interface Sender {
  readonly pod: Pod;
  /** The line of its log. */
  readonly entry: AccessLogEntry;
}

/** Whether two lines hold the same address and port; a port that a line does not tell is none. */
function same(a: AccessLogEntry, field: Field, b: AccessLogEntry, other: Field): boolean {
  const [one, two] = [endpointIn(a, field), endpointIn(b, other)];
  return one?.port != null && one.address.text === two?.address.text && one.port === two.port;
}

/**
 * The line of a proxy that connected here: to the address this line was asked at, from the address it saw. A proxy that
 * reads a PROXY header saw the client that the other one had.
 */
function sentBy(log: AccessLog, entry: AccessLogEntry): AccessLogEntry | null {
  const from = endpointIn(entry, 'downstreamRemoteAddress')?.address.text ?? '';
  for (const field of ['upstreamLocalAddress', 'downstreamRemoteAddress'] as const)
    for (const n of [...rowsWith(log, field, from)].toReversed()) {
      const line = readEntry(log, n);
      const isIt =
        line &&
        same(line, 'upstreamHost', entry, 'downstreamLocalAddress') &&
        same(line, field, entry, 'downstreamRemoteAddress');
      if (isIt) return entryAt(log, n);
    }
  return null;
}

/** The pod of the same paste that sent what `entry` tells of; null when the paste holds no such line. */
export function senderIn(read: ReadPaste, server: Pod, entry: AccessLogEntry): Sender | null {
  for (const other of read.paste.attachment?.pods ?? []) {
    if (other.addresses.some((address) => ownsAddress(server, address))) continue;
    const neighbour = readNeighbour(read, other);
    const line = sentBy(neighbour.log, entry);
    const at = line && endpointIn(line, 'downstreamLocalAddress')?.address;
    if (!line || !at || fieldText(line, 'upstreamCluster')?.startsWith('inbound|')) continue;
    const listens = neighbour.addresses.some(({ text }) => text === at.text);
    const role = listens ? ('gateway' as const) : ('client' as const);
    const pod = buildPod({ ...neighbour, pod: { ...neighbour.pod, role } }, UNKNOWN_POD[at.family]);
    return { pod, entry: line };
  }
  return null;
}

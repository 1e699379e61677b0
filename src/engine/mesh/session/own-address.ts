// A document -> the address of the pod it was taken in, where what it shows can only be the pod's own.
import { isLoopback, parseEndpoint, type IpAddress } from '../../../base/ip.ts';
import { fieldText, type AccessLogEntry } from '../../../documents/accesslog/entry.ts';
import { readEntry, type AccessLog } from '../../../documents/accesslog/log.ts';
import type { Document } from '../../../documents/document.ts';

/** Entries that are looked at: a log is of one pod. */
const ENTRIES = 20;

function addressIn(
  entry: AccessLogEntry,
  field: 'downstreamLocalAddress' | 'upstreamLocalAddress',
): IpAddress | null {
  return parseEndpoint(fieldText(entry, field) ?? '')?.address ?? null;
}

/** Inbound, the client called the pod's address; outbound, the proxy calls from it. */
function ownOf(entry: AccessLogEntry): IpAddress | null {
  const cluster = fieldText(entry, 'upstreamCluster') ?? '';
  const inbound = /^inbound|^InboundPassthrough/.test(cluster);
  const address = addressIn(entry, inbound ? 'downstreamLocalAddress' : 'upstreamLocalAddress');
  return address && !isLoopback(address) ? address : null;
}

/** The only one of them; null when there are none, or several. */
function only(addresses: readonly IpAddress[]): IpAddress | null {
  const [first, ...others] = new Map(addresses.map((address) => [address.text, address])).values();
  return others.length === 0 ? (first ?? null) : null;
}

function inLog(log: AccessLog): IpAddress | null {
  const found: IpAddress[] = [];
  for (let n = 0; n < Math.min(log.length, ENTRIES); n += 1) {
    const entry = readEntry(log, n);
    const own = entry && ownOf(entry);
    if (own) found.push(own);
  }
  return only(found);
}

/** Null where nothing tells, or the document shows several. */
export function ownAddressIn({ content }: Document): IpAddress | null {
  if (content.kind === 'access-log') return inLog(content.log);
  if (content.kind === 'sockets') {
    const own = content.sockets.flatMap(({ local, peer }) => (local && peer ? [local.address] : []));
    return only(own.filter((address) => !isLoopback(address)));
  }
  if (content.kind !== 'interfaces') return null;
  const inside = content.interfaces.filter(({ name }) => name !== 'lo').flatMap((each) => each.addresses);
  return only(inside.map(({ address }) => address).filter(({ family }) => family === 4));
}

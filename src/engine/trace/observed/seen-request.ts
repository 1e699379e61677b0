// Without an access log: the connection that the other captures show, and the addresses they show the pod to have.
import { endpointText, isLoopback, type IpAddress } from '../../../base/ip.ts';
import type { Document } from '../../../documents/document.ts';
import type { Ends } from './ends.ts';
import { isSightingKind, sightingsIn, type Sighting, type SightingKind } from './sighting.ts';

/** Those that show where a connection began come first; sockets show what is open, whoever opened it. */
const ORDER: readonly SightingKind[] = ['kernel-trace', 'packet-capture', 'conntrack'];

interface Shown {
  readonly kind: SightingKind;
  readonly sightings: readonly Sighting[];
}

function shownBy(documents: readonly Document[]): Shown[] {
  return documents.flatMap((document) =>
    isSightingKind(document.kind) ? [{ kind: document.kind, sightings: sightingsIn(document) }] : [],
  );
}

/** An end of this host: what comes in from outside is sent to it, what goes out is sent by it, REDIRECT stays on it. */
function ownEnd({ ends, translated, crossed }: Sighting): IpAddress[] {
  if (crossed === 'in') return [ends.to.address];
  if (crossed === 'out') return [ends.from.address];
  if (!translated || translated.to.port === ends.to.port) return [];
  return [isLoopback(translated.to.address) ? ends.from.address : ends.to.address];
}

/** Addresses that packets show to be the pod's own, those seen most often first. */
export function ownAddressesSeen(documents: readonly Document[]): IpAddress[] {
  const counts = new Map<string, { address: IpAddress; count: number }>();
  const sightings = shownBy(documents).flatMap((shown) => shown.sightings);
  for (const address of [...sightings.flatMap(ownEnd), ...sightings.flatMap(bothEnds)]) {
    if (isLoopback(address)) continue;
    const known = counts.get(address.text);
    if (known) known.count += 1;
    else counts.set(address.text, { address, count: 1 });
  }
  const [most] = [...counts.values()].toSorted((a, b) => b.count - a.count);
  return most ? [most.address] : [];
}

/** A host that speaks with itself by its own address: both ends are it. */
function bothEnds({ ends }: Sighting): IpAddress[] {
  return ends.from.address.text === ends.to.address.text ? [ends.from.address] : [];
}

function isRedirected({ ends, translated }: Sighting): boolean {
  return translated !== null && translated.to.port !== ends.to.port;
}

/** What a proxy or an application did later comes later in the capture, and from this host. */
function firstConnection({ kind, sightings }: Shown, own: IpAddress | undefined): Sighting | undefined {
  const opening = sightings.filter((sighting) => sighting.opening !== false);
  if (kind !== 'conntrack') return opening[0] ?? sightings[0];
  const foreign = opening.filter(
    ({ ends: { from } }) => from.address.text !== own?.text && !isLoopback(from.address),
  );
  const outbound = opening.find((each) => isRedirected(each) && each.ends.to.address.text !== own?.text);
  return foreign.find(isRedirected) ?? outbound ?? foreign[0] ?? opening[0];
}

export interface SeenRequest {
  readonly kind: SightingKind;
  readonly ends: Ends;
  readonly from: string;
  readonly to: string;
}

/** The connection that a capture shows first; null when there is no capture. */
export function requestSeen(documents: readonly Document[], own: IpAddress | undefined): SeenRequest | null {
  const shown = shownBy(documents);
  for (const kind of ORDER)
    for (const each of shown.filter((other) => other.kind === kind)) {
      const first = firstConnection(each, own);
      if (!first) continue;
      const { from, to } = first.ends;
      return {
        kind,
        ends: first.ends,
        from: endpointText(from.address, from.port),
        to: endpointText(to.address, to.port),
      };
    }
  return null;
}

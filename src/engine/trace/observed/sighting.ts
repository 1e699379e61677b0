// What a paste shows of connections that were really made -> sightings: two ends, and the line that shows them.
import { perObject } from '../../../base/lazy.ts';
import type { Span } from '../../../base/source.ts';
import type { ConntrackEntry, ConntrackTuple } from '../../../documents/conntrack/entry.ts';
import type { Document, DocumentKind } from '../../../documents/document.ts';
import type { TracedPacket } from '../../../documents/kerneltrace/traced.ts';
import type { ListedSocket } from '../../../documents/sockets/socket.ts';
import type { CapturedPacket } from '../../../documents/tcpdump/captured.ts';
import type { Ends } from './ends.ts';

export interface Sighting {
  readonly ends: Ends;
  /** The ends that a reply has, turned round, where the tool shows what NAT made of them. */
  readonly translated: Ends | null;
  /** Whether the packet that opens the connection was seen; null where the tool does not tell. */
  readonly opening: boolean | null;
  /** Where it came in from outside, or went out; null on lo and where nothing tells. */
  readonly crossed: 'in' | 'out' | null;
  readonly span: Span;
}

function endsOfTuple({ source, destination, sourcePort, destinationPort }: ConntrackTuple): Ends {
  return {
    from: { address: source, port: sourcePort },
    to: { address: destination, port: destinationPort },
  };
}

function conntrackSighting({ original, reply, span }: ConntrackEntry): Sighting {
  const { from, to } = endsOfTuple(reply);
  return {
    ends: endsOfTuple(original),
    translated: { from: to, to: from },
    opening: null,
    crossed: null,
    span,
  };
}

/** The ends of a traced packet; null when the trace does not print both addresses. */
export function endsOfTraced({
  source,
  destination,
  sourcePort,
  destinationPort,
}: TracedPacket): Ends | null {
  return (
    source &&
    destination && {
      from: { address: source, port: sourcePort },
      to: { address: destination, port: destinationPort },
    }
  );
}

function isOutside(name: string | null): boolean {
  return name !== null && name !== 'lo' && name !== '';
}

function tracedSighting(packet: TracedPacket, span: Span): Sighting[] {
  const ends = endsOfTraced(packet);
  if (!ends) return [];
  const { flags, iif, oif } = packet;
  const opening = flags.length === 0 ? null : flags.includes('SYN') && !flags.includes('ACK');
  const crossed = isOutside(iif) ? 'in' : isOutside(oif) ? 'out' : null;
  return [{ ends, translated: null, opening, crossed, span }];
}

/** Kinds of documents that show connections one by one. */
export type SightingKind = 'conntrack' | 'kernel-trace' | 'packet-capture' | 'sockets';

export function isSightingKind(kind: DocumentKind): kind is SightingKind {
  return ['conntrack', 'kernel-trace', 'packet-capture', 'sockets'].includes(kind);
}

function capturedSighting(packet: CapturedPacket): Sighting {
  const { source, destination, flags, networkInterface, direction, span } = packet;
  return {
    ends: { from: source, to: destination },
    translated: null,
    opening: flags === null ? null : flags.startsWith('S') && !flags.includes('.'),
    crossed: isOutside(networkInterface) ? direction : null,
    span,
  };
}

function socketSighting({ local, peer, span }: ListedSocket): Sighting[] {
  return local && peer
    ? [{ ends: { from: local, to: peer }, translated: null, opening: null, crossed: null, span }]
    : [];
}

/** The connections that a document shows, in its order; none for documents that show no connections. */
export function sightingsIn({ content }: Document): readonly Sighting[] {
  return sightingsOf(content);
}

const sightingsOf = perObject((content: Document['content']): readonly Sighting[] => {
  if (content.kind === 'conntrack') return content.entries.map(conntrackSighting);
  if (content.kind === 'packet-capture') return content.packets.map(capturedSighting);
  if (content.kind === 'sockets') return content.sockets.flatMap(socketSighting);
  if (content.kind !== 'kernel-trace') return [];
  return content.steps.flatMap(({ packet, span }) => (packet ? tracedSighting(packet, span) : []));
});

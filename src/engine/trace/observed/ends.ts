// Both ends of a packet, from the prediction or from a tool's output, and whether the two speak of the same packet.
import { endpointText, parseEndpoint } from '../../../base/ip.ts';
import type { Endpoint } from '../../../documents/endpoint.ts';
import type { Addresses } from '../trace.ts';

export interface Ends {
  readonly from: Endpoint;
  readonly to: Endpoint;
}

/** An end as hops print it; a port that nothing tells prints as `*`. */
function endIn(text: string): Endpoint | null {
  return parseEndpoint(text.replace(/:\*$/, ''));
}

/** The ends of a hop's packet; null when one of them is no address. */
export function endsIn({ src, dst }: Pick<Addresses, 'src' | 'dst'>): Ends | null {
  const [from, to] = [endIn(src), endIn(dst)];
  return from && to && { from, to };
}

function turned({ from, to }: Ends): Ends {
  return { from: to, to: from };
}

function sameEnd(a: Endpoint, b: Endpoint): boolean {
  return a.address.text === b.address.text && (a.port === null || b.port === null || a.port === b.port);
}

/** Whether two may be one packet: ports that are not told agree with any. */
export function sameEnds(a: Ends, b: Ends): boolean {
  return sameEnd(a.from, b.from) && sameEnd(a.to, b.to);
}

/** The same, whichever way the packet goes. */
export function sameConnection(a: Ends, b: Ends): boolean {
  return sameEnds(a, b) || sameEnds(turned(a), b);
}

export function endsText({ from, to }: Ends): string {
  return `${endpointText(from.address, from.port)} > ${endpointText(to.address, to.port)}`;
}

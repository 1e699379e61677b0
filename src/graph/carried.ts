// Trace -> how the client's address fares: what each machine on the way sees, where the address travels in the end, and
// whether the answer finds its way back. A row of the table that sets ways to carry it side by side.
import type { Hop, Trace } from '../engine/trace/trace.ts';
import { receivingHop } from './answer.ts';
import { hostOf } from './sources.ts';
import { firstHop, visitsOf } from './visits.ts';

/** One machine, and what the packet bears when it arrives there. */
export interface Leg {
  /** Null is the client. */
  readonly machine: string | null;
  readonly source: string;
}

/**
 * Where the client's address is when the request arrives: in the packet's source, in a header of HTTP, in a PROXY header,
 * in a TCP option; null when nothing holds it.
 */
export type Carrier = 'packet' | 'xff' | 'proxy-header' | 'option' | null;

export interface Carried {
  /** As the request set out. */
  readonly client: string;
  readonly legs: readonly Leg[];
  /** What the first proxy on the way sees as its peer; null without a proxy. */
  readonly proxySees: string | null;
  /** What the application is told; null when the request does not arrive. */
  readonly appSees: string | null;
  readonly carrier: Carrier;
  /** The header or the option that holds the address, as it is written. */
  readonly written: string | null;
  readonly answer: 'returns' | 'strays';
}

export function carriedBy(trace: Trace): Carried | null {
  const [start] = trace.hops;
  if (!start) return null;
  const client = start.before.src;
  const way = trace.hops.filter(({ packet }) => packet === 'request');
  const proxy = visitsOf(trace).find(({ place }) => place === 'proxy');
  const arrived = receivingHop(trace);
  return {
    client,
    legs: legsOf(way),
    proxySees: proxy ? firstHop(proxy).before.src : null,
    appSees: arrived && `${trace.app.remoteAddress}:${trace.app.remotePort ?? '*'}`,
    ...carrierOf(trace, hostOf(client), arrived),
    answer: trace.hops.some(({ event }) => event.code === 'reply.to-client') ? 'returns' : 'strays',
  };
}

/** The client, then each machine once, as the request comes to it. */
function legsOf(way: readonly Hop[]): Leg[] {
  const [start] = way;
  const legs: Leg[] = start ? [{ machine: null, source: start.before.src }] : [];
  for (const { pod, before } of way)
    if (pod !== null && !legs.some(({ machine }) => machine === pod))
      legs.push({ machine: pod, source: before.src });
  return legs;
}

function carrierOf(
  { app, hops }: Trace,
  client: string,
  arrived: Hop | null,
): Pick<Carried, 'carrier' | 'written'> {
  const option = hops.find(({ event }) => event.code.startsWith('kernel.toa'));
  if (!arrived) return { carrier: null, written: null };
  if (hostOf(arrived.after.src) === client) return { carrier: 'packet', written: arrived.after.src };
  if (app.xForwardedFor?.includes(client))
    return { carrier: 'xff', written: `X-Forwarded-For: ${app.xForwardedFor}` };
  if (app.proxyHeader?.includes(client)) return { carrier: 'proxy-header', written: app.proxyHeader };
  if (option) return { carrier: 'option', written: `${option.event.parameters['client']}` };
  return { carrier: null, written: null };
}

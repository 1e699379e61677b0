// Trace -> the source addresses of the journey, in order of appearance. The position is the address's
// colour and dash pattern everywhere on the screen, so one address never looks like two.
import type { Trace } from '../engine/trace/trace.ts';

/** The address of `10.0.0.1:80` or `[fd00::1]:80`, without port and brackets; a bare address as it is. */
export function hostOf(endpoint: string): string {
  const bracketed = /^\[(.*)\](?::(?:\d+|\*))?$/.exec(endpoint)?.[1];
  return bracketed ?? endpoint.replace(/^([^:]*):(?:\d+|\*)$/, '$1');
}

/** Every source address of the trace once, in the order in which the packet bears them. */
export function sourcesOf(trace: Trace): readonly string[] {
  const sources = new Set<string>();
  for (const hop of trace.hops) {
    sources.add(hostOf(hop.before.src));
    sources.add(hostOf(hop.after.src));
  }
  return [...sources];
}

/** The address the request set out with. */
export function firstSourceOf(trace: Trace): string | null {
  const [first] = trace.hops;
  return first ? hostOf(first.before.src) : null;
}

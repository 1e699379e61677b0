// Trace -> the source addresses of the journey. The position is the address's colour and dash pattern everywhere on
// the screen, so one address never looks like two.
import type { Trace } from '../engine/trace/trace.ts';

/** The address of `10.0.0.1:80` or `[fd00::1]:80`, without port and brackets; a bare address as it is. */
export function hostOf(endpoint: string): string {
  const bracketed = /^\[(.*)\](?::(?:\d+|\*))?$/.exec(endpoint)?.[1];
  return bracketed ?? endpoint.replace(/^([^:]*):(?:\d+|\*)$/, '$1');
}

/** What Istio's inbound clusters bind to. */
const INBOUND_BIND: readonly string[] = ['127.0.0.6', '::6'];

function isBind(source: string): boolean {
  return INBOUND_BIND.includes(source);
}

/**
 * Every source address of the trace once, in the order in which the packet bears them. The address that Istio's proxies
 * bind to comes second wherever it appears later: it looks the same in every case.
 */
export function sourcesOf(trace: Trace): readonly string[] {
  const sources = new Set<string>();
  for (const hop of trace.hops) {
    sources.add(hostOf(hop.before.src));
    sources.add(hostOf(hop.after.src));
  }
  const [first, ...others] = sources;
  if (first === undefined) return [];
  return [first, ...others.filter(isBind), ...others.filter((source) => !isBind(source))];
}

/** The address the request set out with. */
export function firstSourceOf(trace: Trace): string | null {
  const [first] = trace.hops;
  return first ? hostOf(first.before.src) : null;
}

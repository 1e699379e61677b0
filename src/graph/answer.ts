// Trace -> which hop the answer rests on: the change the application sees, or where the way ended.
import type { Hop, SourceChange, Trace } from '../engine/trace/trace.ts';
import { firstSourceOf, hostOf } from './sources.ts';

/** Where the application of the question receives the request: the first that sees the address of the answer. */
export function receivingHop(trace: Trace): Hop | null {
  const seen = trace.app.remoteAddress;
  return trace.hops.find(({ place, after }) => place === 'app' && hostOf(after.src) === seen) ?? null;
}

/** Whether the application sees another address than the one the request came from. */
export function hasLostSource(trace: Trace): boolean {
  const first = firstSourceOf(trace);
  return trace.app.remoteAddress !== null && first !== null && trace.app.remoteAddress !== first;
}

/** The change that gave the application the address it sees; null when it sees the client's own. */
export function decidingChange(trace: Trace): SourceChange | null {
  if (trace.outcome !== 'delivered' || !hasLostSource(trace)) return null;
  const end = receivingHop(trace)?.n ?? Infinity;
  return trace.sourceChanges.findLast(({ hop, to }) => hop <= end && to === trace.app.remoteAddress) ?? null;
}

/** The hop that proves the answer; null when a request simply arrives as it was sent, or there is no trace. */
export function decidingHop(trace: Trace): Hop | null {
  const requests = trace.hops.filter((hop) => hop.packet === 'request');
  switch (trace.outcome) {
    case 'delivered': {
      const change = decidingChange(trace);
      return trace.hops.find((hop) => hop.n === change?.hop) ?? null;
    }
    case 'undecided':
      return requests.findLast((hop) => hop.basis === 'undecided') ?? requests.at(-1) ?? null;
    case 'loop':
      // What sends the packet round again: the last rule that turned it towards the proxy.
      return requests.findLast((hop) => hop.place === 'kernel' && hop.rule !== null) ?? null;
    case 'dropped':
    case 'refused':
      return requests.at(-1) ?? null;
  }
}

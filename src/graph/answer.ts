// Simulation -> which hop the answer rests on: the change the application sees, or where the way ended; and what of
// the answer nothing pasted tells.
import { sendingBack } from '../engine/trace/missing-return.ts';
import type { Simulation } from '../engine/trace/simulation.ts';
import { UNKNOWN_CLIENT, UNKNOWN_PEER } from '../engine/trace/stand-ins.ts';
import type { Hop, SourceChange, Trace } from '../engine/trace/trace.ts';
import { firstSourceOf, hostOf } from './sources.ts';

/** Who answers a request that arrives: an application, or pilot-agent when the rules send it a DNS query. */
const ANSWERER: Readonly<Record<string, 'app' | 'agent'>> = {
  'app.receives': 'app',
  'agent.answers-dns': 'agent',
};

/** Where the request of the question arrives; an application may call further ones, which are no answer to it. */
export function receivingHop(trace: Trace): Hop | null {
  return trace.hops.find(({ event }) => ANSWERER[event.code] !== undefined) ?? null;
}

/** Whether pilot-agent answers in place of an application. */
export function isAnsweredByAgent(trace: Trace): boolean {
  return ANSWERER[receivingHop(trace)?.event.code ?? ''] === 'agent';
}

/** The client: whom a gateway on the way takes for it by a header it trusts, else the source the request set out with. */
export function clientOf(trace: Trace): string | null {
  const trusted = trace.findings.find(({ code }) => code === 'finding.xff-trusted');
  return trusted ? String(trusted.parameters['client']) : firstSourceOf(trace);
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

/**
 * How a request arrives with its client's own address: a proxy's own connection bears it too, a rule lets it past the
 * proxy, only its destination is rewritten, or a TCP option tells it over whatever the packet bears (TOA).
 */
export interface Kept {
  readonly kind: 'reconnected' | 'let-past' | 'destination-only' | 'told';
  readonly hop: Hop;
}

/** Why the application sees the client's own address; null when nothing on the way touches the request. */
export function keptBy(trace: Trace): Kept | null {
  const end = receivingHop(trace)?.n ?? 0;
  const way = trace.hops.filter(({ n }) => n <= end);
  const told = way.findLast(({ event }) => event.code === 'kernel.toa');
  if (told) return { kind: 'told', hop: told };
  const reconnected = way.findLast(
    (hop, i) => hop.place === 'proxy' && i > 0 && hop.connection !== way[i - 1]?.connection,
  );
  if (reconnected) return { kind: 'reconnected', hop: reconnected };
  const bypass = trace.findings.findLast(({ code }) => code.startsWith('finding.capture-bypassed'));
  const past = way.find(({ n }) => n === bypass?.hop);
  if (past) return { kind: 'let-past', hop: past };
  const translated = way.findLast(({ before, after }) => before.dst !== after.dst);
  return translated ? { kind: 'destination-only', hop: translated } : null;
}

/** The hop that proves the answer; null when a request simply arrives as it was sent, or there is no trace. */
export function decidingHop(trace: Trace): Hop | null {
  const requests = trace.hops.filter((hop) => hop.packet === 'request');
  switch (trace.outcome) {
    case 'delivered': {
      const change = decidingChange(trace);
      if (!change) return hasLostSource(trace) ? null : (keptBy(trace)?.hop ?? null);
      return trace.hops.find((hop) => hop.n === change.hop) ?? null;
    }
    case 'undecided':
      return requests.findLast((hop) => hop.basis === 'undecided') ?? requests.at(-1) ?? null;
    case 'loop':
      return sendingBack(requests);
    case 'dropped':
    case 'refused':
      return requests.at(-1) ?? null;
  }
}

/** Of a loop: the source and the interface of the proxy's own connection that a rule should have let pass. */
export function caughtConnection(trace: Trace): { source: string; interface: string } | null {
  const hop = trace.outcome === 'loop' ? decidingHop(trace) : null;
  const opener = trace.hops.findLast(({ n, place }) => n < (hop?.n ?? 0) && place !== 'kernel');
  const oif = hop?.before.oif ?? null;
  if (!hop || oif === null || hop.hook !== 'OUTPUT' || opener?.place !== 'proxy') return null;
  return { source: hostOf(hop.before.src), interface: oif };
}

/** The address the request sets out with when it is only a stand-in: no pod has it, no log or person named it. */
export function standInOf({ trace, request, requestFrom }: Simulation): string | null {
  const first = firstSourceOf(trace);
  const isTold = requestFrom.code !== 'request.likeliest' && request?.from !== null;
  const standIns = [UNKNOWN_CLIENT, UNKNOWN_PEER].flatMap((each) => Object.values(each));
  return !isTold && standIns.some(({ text }) => text === first) ? first : null;
}

/** Whether something in the pastes is rules, configuration or a log. */
export function isRecognised({ pods }: Simulation): boolean {
  return pods.some(({ documents }) => documents.some(({ kind }) => kind !== 'prose'));
}

// Stays: uninterrupted ways of the packet through one pod, request and reply apart. A stay can be folded into one box
// that shows only the hops where the source changes or an application is reached; large journeys begin folded.
import type { Hop, Trace } from '../engine/trace/trace.ts';
import { decidingHop } from './answer.ts';
import { hostOf } from './sources.ts';
import { firstHop, lastHop, visitsOf, type Visit } from './visits.ts';

export interface Stay {
  /** Of its first hop: the same whether it is folded or not. */
  readonly id: string;
  readonly pod: string | null;
  readonly packet: Hop['packet'];
  readonly visits: readonly [Visit, ...Visit[]];
}

/** Boxes up to which a journey is shown whole. */
const SMALL = 9;

export function staysOf(visits: readonly Visit[]): readonly Stay[] {
  const stays: Stay[] = [];
  let before: Visit | null = null;
  for (const visit of visits) {
    const { n, packet } = firstHop(visit);
    const last = stays.at(-1);
    const goesOn = last && before === last.visits.at(-1) && last.pod === visit.pod && last.packet === packet;
    if (visit.place !== 'network') {
      if (goesOn) stays[stays.length - 1] = { ...last, visits: [...last.visits, visit] };
      else stays.push({ id: `stay-${n}`, pod: visit.pod, packet, visits: [visit] });
    }
    before = visit;
  }
  return stays;
}

/** The stay a hop belongs to; null for a hop on the network. */
export function stayOfHop(trace: Trace, n: number): Stay | null {
  const stays = staysOf(visitsOf(trace));
  return stays.find(({ visits }) => visits.some(({ hops }) => hops.some((hop) => hop.n === n))) ?? null;
}

/** The stays that begin folded: replies, and of a large journey all but the one that answers. */
export function defaultFolds(trace: Trace): ReadonlySet<string> {
  const visits = visitsOf(trace);
  const stays = staysOf(visits).filter((stay) => stay.visits.length > 1);
  const requests = visits.filter((visit) => firstHop(visit).packet === 'request');
  const deciding = decidingHop(trace)?.n ?? requests.at(-1)?.hops[0].n ?? 0;
  const isAnswer = ({ visits }: Stay) => visits.some(({ hops }) => hops.some(({ n }) => n === deciding));
  return new Set(
    stays
      .filter((stay) => !isAnswer(stay) && (stay.packet === 'reply' || requests.length > SMALL))
      .map(({ id }) => id),
  );
}

/** The visits of a trace with the stays in `folds` folded into one visit each. */
export function foldedVisits(trace: Trace, folds: ReadonlySet<string>): readonly Visit[] {
  const visits = visitsOf(trace);
  const folded = new Map(
    staysOf(visits)
      .filter(({ id }) => folds.has(id))
      .flatMap((stay) => stay.visits.map((visit) => [visit, stay] as const)),
  );
  return visits.flatMap((visit) => {
    const stay = folded.get(visit);
    if (!stay) return [visit];
    return visit === stay.visits[0] ? [boxOfStay(stay)] : [];
  });
}

function boxOfStay({ id, pod, visits: [first, ...rest] }: Stay): Visit {
  return { id, pod, place: 'pod', hops: [...first.hops, ...rest.flatMap(({ hops }) => hops)] };
}

/** The hops a folded stay still shows. Every change of the source address is among them. */
export function keyHopsOf(visit: Visit): readonly Hop[] {
  const keys = visit.hops.filter(
    (hop) =>
      hop.place === 'app' || hop.basis === 'undecided' || hostOf(hop.before.src) !== hostOf(hop.after.src),
  );
  return keys.length > 0 ? keys : [lastHop(visit)];
}

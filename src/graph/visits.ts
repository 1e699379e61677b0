// Trace -> visits: the consecutive hops of one pass through a kernel, one proxy, one application, one network leg.
// A visit becomes a node of the picture, its hops the rows.
import type { Hop, Place, Trace } from '../engine/trace/trace.ts';

export interface Visit {
  readonly id: string;
  readonly pod: string | null;
  /** `pod` when a whole stay in a pod is folded into one box. */
  readonly place: Place | 'pod';
  readonly hops: readonly [Hop, ...Hop[]];
}

function continues(visit: Visit, hop: Hop): boolean {
  const [first] = visit.hops;
  return (
    visit.place === hop.place &&
    (visit.pod === hop.pod || hop.place === 'network') &&
    first.packet === hop.packet &&
    (hop.place !== 'kernel' || first.connection === hop.connection)
  );
}

export function visitsOf(trace: Trace): readonly Visit[] {
  const visits: Visit[] = [];
  for (const hop of trace.hops) {
    const last = visits.at(-1);
    if (last && continues(last, hop)) visits[visits.length - 1] = { ...last, hops: [...last.hops, hop] };
    else visits.push({ id: `visit-${hop.n}`, pod: hop.pod, place: hop.place, hops: [hop] });
  }
  return visits;
}

/** Whether a visit is inside a pod: it stands in the pod's frame. */
export function isInside({ place }: Visit): boolean {
  return place !== 'network' && place !== 'pod';
}

/** Whether the frame around a pod begins with this visit. */
export function beginsFrame(visit: Visit, before: Visit | undefined): boolean {
  return isInside(visit) && (before === undefined || !isInside(before) || before.pod !== visit.pod);
}

export function firstHop(visit: Visit): Hop {
  return visit.hops[0];
}

export function lastHop(visit: Visit): Hop {
  return visit.hops.at(-1) ?? visit.hops[0];
}

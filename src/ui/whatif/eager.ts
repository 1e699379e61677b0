// What is tried out before anyone asks: where that costs little, and which of it is shown first.
import type { Remedy } from '../../engine/remedy/remedy.ts';
import type { Scenario } from '../../engine/scenario.ts';
import { hasLostSource } from '../../graph/answer.ts';
import { isHeld } from '../../session/held.ts';
import type { Tried } from '../../worker.ts';

/** In characters of all pastes: more would keep the engine from what is asked next. */
const QUICK_UP_TO = 300_000;

export function isQuick({ pods }: Scenario): boolean {
  const size = pods.reduce((sum, { paste }) => sum + paste.length, 0);
  return size <= QUICK_UP_TO && !pods.some(({ paste }) => isHeld(paste));
}

/** What came of the remedies that were tried; null where one changes nothing. */
export type Trials = ReadonlyMap<Remedy, Tried | null>;

function restoresClient(tried: Tried | null | undefined): boolean {
  const trace = tried?.simulation.trace;
  return trace !== undefined && trace.outcome === 'delivered' && !hasLostSource(trace);
}

/**
 * The remedy that is shown before one is chosen: the first after which the app sees its client; when all were tried and
 * none does that, the first that changes anything.
 */
export function mostUseful(offered: readonly Remedy[], trials: Trials): Remedy | null {
  const best = offered.find((remedy) => restoresClient(trials.get(remedy)));
  if (best || trials.size < offered.length) return best ?? null;
  return offered.find((remedy) => trials.get(remedy)) ?? null;
}

/** How much two cases speak of the same: pods of the same name, and of those the ones with the same address. */
export function likeness(a: Scenario, b: Scenario): number {
  return a.pods.reduce((sum, pod) => {
    const same = b.pods.find(({ name }) => name === pod.name);
    if (!same) return sum;
    return sum + (same.addresses.some((address) => pod.addresses.includes(address)) ? 2 : 1);
  }, 0);
}

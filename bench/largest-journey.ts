// The sample of the gallery with the most hops.
import { simulate } from '../src/engine/trace/simulate.ts';
import { samples } from '../src/samples/samples.ts';

export function largestJourney(): { readonly id: string; readonly hops: number } {
  const journeys = samples.map(({ id, scenario }) => ({ id, hops: simulate(scenario).trace.hops.length }));
  return journeys.reduce((a, b) => (b.hops > a.hops ? b : a));
}

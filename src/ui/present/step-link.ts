// Where this very step can be opened again: the short link of an unchanged sample, else the whole scenario.
import { encodeScenario, sampleFragment } from '../../permalink/fragment.ts';
import type { SessionState } from '../../session/state.ts';
import { viewQuery } from '../address.ts';

/** The address of the step, on the page at `base` (an address without query and fragment). */
export function stepLink(base: string, { scenario, origin, hop, settings }: SessionState): string {
  const unchanged = origin !== null && origin.scenario === scenario;
  const fragment = unchanged ? sampleFragment(origin.id) : encodeScenario(scenario);
  return `${base}?${viewQuery(settings, hop)}${fragment}`;
}

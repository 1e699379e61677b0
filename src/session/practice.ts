// A scenario -> the same one a few times, each with texts of its own, so that nothing remembered answers it: code that
// has run on them is compiled when somebody asks.
import type { Scenario } from '../engine/scenario.ts';

/** So often a browser runs a function before it compiles it well. */
const ROUNDS = 4;

export function practiceOf(scenario: Scenario): readonly Scenario[] {
  return Array.from({ length: ROUNDS }, (_, round) => {
    const blank = '\n'.repeat(round + 1);
    return { ...scenario, pods: scenario.pods.map((pod) => ({ ...pod, paste: pod.paste + blank })) };
  });
}

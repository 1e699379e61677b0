// A piece of one pod's paste given to another pod by hand: what the evidence could not tell, a person does.
import type { Scenario } from '../engine/scenario.ts';

/** Where a piece stands in its paste. */
export interface Piece {
  readonly from: number;
  readonly to: number;
}

/** The scenario with the piece cut from the pod at `at` and put behind the paste of the pod `name`, which is made if need be. */
export function withPieceMoved(scenario: Scenario, at: number, { from, to }: Piece, name: string): Scenario {
  const paste = scenario.pods[at]?.paste;
  if (paste === undefined || scenario.pods[at]?.name === name) return scenario;
  const piece = paste.slice(from, to).trim();
  const left = `${paste.slice(0, from)}${paste.slice(to).replace(/^\n/, '')}`;
  const pods = scenario.pods.map((pod, i) => (i === at ? { ...pod, paste: left } : pod));
  const target = pods.findIndex((pod, i) => i !== at && pod.name === name);
  if (target < 0)
    return { ...scenario, pods: [...pods, { name, role: null, addresses: [], paste: `${piece}\n` }] };
  return {
    ...scenario,
    pods: pods.map((pod, i) =>
      i === target
        ? { ...pod, paste: `${pod.paste.trimEnd()}${pod.paste.trim() === '' ? '' : '\n\n'}${piece}\n` }
        : pod,
    ),
  };
}

// Two pastes, before and after an upgrade or a good pod and a bad one -> what differs by meaning: rules, configuration,
// and the packets whose fate changes. Pods are paired by name, else by role.
import type { Scenario } from '../scenario.ts';
import type { Pod } from '../trace/pod.ts';
import { podsOf } from '../trace/pods.ts';
import { configsDiffer, type ConfigDifference } from './config.ts';
import { packetsDiffer, type PacketDifference } from './packets.ts';
import { rulesDiffer, type RuleDifference } from './rules.ts';

export interface PodComparison {
  /** The pods' names in the first and in the second scenario. */
  readonly a: string;
  readonly b: string;
  readonly rules: readonly RuleDifference[];
  readonly config: readonly ConfigDifference[];
}

export interface Comparison {
  readonly pods: readonly PodComparison[];
  /** Pods without a counterpart. */
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
  readonly packets: readonly PacketDifference[];
}

export function compare(a: Scenario, b: Scenario): Comparison {
  const [x, y] = [podsOf(a), podsOf(b)];
  const pairs = pairsOf(x, y);
  const paired = new Set(pairs.flat());
  const alone = (pods: readonly Pod[]) => pods.filter((pod) => !paired.has(pod)).map(({ name }) => name);
  return {
    pods: pairs.map(([left, right]) => ({
      a: left.name,
      b: right.name,
      rules: rulesDiffer(left, right),
      config: configsDiffer(left, right),
    })),
    onlyA: alone(x),
    onlyB: alone(y),
    packets: packetsDiffer(a, b, pairs),
  };
}

/** By name; those left by role; and where each side has one pod, those two. */
function pairsOf(a: readonly Pod[], b: readonly Pod[]): [Pod, Pod][] {
  const pairs: [Pod, Pod][] = [];
  const free = new Set(b);
  const take = (isMate: (x: Pod, y: Pod) => boolean) => {
    for (const x of a) {
      const mate = pairs.some(([taken]) => taken === x) ? undefined : [...free].find((y) => isMate(x, y));
      if (!mate) continue;
      pairs.push([x, mate]);
      free.delete(mate);
    }
  };
  take((x, y) => x.name === y.name);
  take((x, y) => x.role !== null && x.role === y.role);
  take(() => a.length === 1 && b.length === 1);
  return pairs;
}

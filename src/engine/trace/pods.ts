// A scenario's pods without a walk: for what looks at the pastes themselves.
import type { Scenario } from '../scenario.ts';
import { buildPod, readPaste, type Pod } from './pod.ts';
import { UNKNOWN_POD } from './stand-ins.ts';

export function podsOf(scenario: Scenario): Pod[] {
  const pastes = scenario.pods.map(readPaste);
  const family = pastes.flatMap(({ addresses }) => addresses)[0]?.family ?? 4;
  return pastes.map((paste) => buildPod(paste, UNKNOWN_POD[family]));
}

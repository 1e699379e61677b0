// A text pasted over a sample's makes the case the person's own: the sample's pod name, addresses, title, request
// and untouched other pods then belong to nothing on the screen, and go. A sample that was merely edited keeps them.
import { OWN_POD_NAME, type Scenario, type ScenarioPod } from '../engine/scenario.ts';

/** The scenario after the text of the pod at `at` has become `paste`. `origin` is the sample it was opened from. */
export function withPaste(scenario: Scenario, at: number, paste: string, origin: Scenario | null): Scenario {
  const pods = scenario.pods.map((pod, i) => (i === at ? { ...pod, paste } : pod));
  const pod = scenario.pods[at];
  if (!pod || !isOf(origin, pod) || isEdit(pod.paste, paste)) return { ...scenario, pods };
  const others = scenario.pods.filter((each, i) => i !== at && !isUntouched(origin, each));
  const own = { ...pod, name: freeName(others), addresses: [], paste };
  return {
    ...scenario,
    ...(scenario.title === origin?.title ? { title: '', request: null } : {}),
    pods: pods.flatMap((each, i) => (i === at ? [own] : isUntouched(origin, each) ? [] : [each])),
  };
}

/** A neutral name that none of these pods has: `pod`, `pod-2`, `pod-3` … */
export function freeName(pods: readonly ScenarioPod[]): string {
  const taken = new Set(pods.map(({ name }) => name));
  let name = OWN_POD_NAME;
  for (let n = 2; taken.has(name); n += 1) name = `${OWN_POD_NAME}-${n}`;
  return name;
}

function isOf(origin: Scenario | null, { name, addresses }: ScenarioPod): boolean {
  return (
    origin?.pods.some((pod) => pod.name === name && String(pod.addresses) === String(addresses)) ?? false
  );
}

function isUntouched(origin: Scenario | null, pod: ScenarioPod): boolean {
  return isOf(origin, pod) && (origin?.pods.some(({ paste }) => paste === pod.paste) ?? false);
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/**
 * Whether one text is an edit of the other. Two rulesets always share a few lines (`*nat`, `COMMIT`): a text that
 * brings lines of its own and keeps less than half of the old ones is another text. (A cut may leave part of a line.)
 */
function isEdit(before: string, after: string): boolean {
  const old = linesOf(before);
  const kept = new Set(linesOf(after));
  if (kept.size === 0) return old.length === 0;
  const standing = old.filter((line) => kept.has(line)).length;
  const known = new Set(old);
  return (
    standing >= old.length / 2 || (standing > 0 && [...kept].filter((line) => !known.has(line)).length <= 1)
  );
}

// Scenario <-> the text that is deflated: one line of JSON, then the pastes one behind the other. JSON inside JSON
// would cost a backslash for each quote. Fields that readScenario fills in by itself are left out.
import * as v from 'valibot';
import { readScenario, ScenarioSchema, type Scenario, type ScenarioProblem } from '../engine/scenario.ts';
import { canOutdent, indent, outdent } from './indentation.ts';

const Head = v.looseObject({ pods: v.array(v.looseObject({ paste: v.optional(v.unknown()) })) });

/** A place for each field, in the order of the dictionary's. */
const DEFAULTS = v.parse(ScenarioSchema, {
  version: 1,
  request: { to: '' },
  pods: [{ name: '' }],
});

function leftOut(value: object, defaults: object | null | undefined): Readonly<Record<string, unknown>> {
  const known = new Map(Object.entries(defaults ?? {}).map(([key, each]) => [key, JSON.stringify(each)]));
  const kept = Object.entries(value).filter(([key, each]) => known.get(key) !== JSON.stringify(each));
  return Object.fromEntries(kept);
}

/** A paste that UTF-8 or our control characters cannot carry stays in the head, where JSON escapes it. */
function isLoose(paste: string): boolean {
  return paste !== '' && canOutdent(paste) && !/\p{Surrogate}/u.test(paste);
}

/** The text of a scenario. */
export function packed(scenario: Scenario): string {
  const { version, title, request, pods, expect, notes } = scenario;
  const bodies = pods.map(({ paste }) => (isLoose(paste) ? outdent(paste) : ''));
  const head = {
    ...(title === '' ? {} : { title }),
    ...(request ? { request: { ...leftOut(request, DEFAULTS.request), to: request.to } } : {}),
    ...(expect ? { expect } : {}),
    ...(notes ? { notes } : {}),
    version,
    pods: pods.map(({ paste, ...pod }, i) => ({
      ...leftOut(pod, DEFAULTS.pods[0]),
      name: pod.name,
      ...(paste === '' ? {} : { paste: bodies[i]?.length || paste }),
    })),
  };
  return `${JSON.stringify(head)}\n${bodies.join('')}`;
}

/** The scenario of a text that came from outside, or what is wrong with it. Throws when the head is not JSON. */
export function unpacked(text: string): { scenario: Scenario } | { problems: readonly ScenarioProblem[] } {
  const end = text.indexOf('\n');
  const value: unknown = JSON.parse(end < 0 ? text : text.slice(0, end));
  const head = v.safeParse(Head, value);
  if (!head.success) return readScenario(value);
  let at = end + 1;
  const pods = head.output.pods.map((pod) => {
    if (typeof pod.paste !== 'number') return pod;
    const from = at;
    at += Math.max(0, pod.paste);
    return { ...pod, paste: indent(text.slice(from, at)) };
  });
  return readScenario({ ...head.output, pods });
}

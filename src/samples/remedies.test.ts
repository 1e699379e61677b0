// Every remedy on every case of the gallery: what was patched is text, and pasted back, pod by pod, it gives the same
// trace. The objects that carry a remedy out, pasted beside what was there, do the same to it as the patch.
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { applyRemedy, remediesFor } from '../engine/remedy/apply.ts';
import type { Remedy } from '../engine/remedy/remedy.ts';
import { readScenario, type Scenario } from '../engine/scenario.ts';
import { simulate } from '../engine/trace/simulate.ts';
import type { Trace } from '../engine/trace/trace.ts';
import { sampleOf, samples } from './samples.ts';

const cases = samples.flatMap(({ id, scenario }) =>
  remediesFor(scenario).map((remedy) => [id, JSON.stringify(remedy), scenario, remedy] as const),
);

/** What a person has who copies the texts out of the panes. */
function pastedAgain({ request, pods }: Scenario): Scenario {
  const texts = pods.map(({ name, role, addresses, paste }) => ({ name, role, addresses, paste }));
  const read = readScenario({ version: 1, request, pods: texts });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.scenario;
}

/** What happens, whichever text says it: that an EnvoyFilter said it is a hop of its own. */
function story({ hops, app, outcome }: Trace) {
  const told = hops.filter(({ event }) => event.code !== 'envoy.patch.applied');
  return { app, outcome, hops: told.map((hop) => ({ ...hop, n: 0, evidence: [], passed: [] })) };
}

function problemsOf(scenario: Scenario) {
  const documents = simulate(scenario).pods.flatMap((pod) => pod.documents);
  return documents.flatMap(({ problems }) => problems).filter(({ severity }) => severity !== 'info');
}

test('the gallery offers each remedy', () => {
  const kinds: readonly Remedy['kind'][] = [
    ...(['tproxy', 'proxy-protocol', 'trust-xff', 'external-traffic-policy'] as const),
    ...(['localhost', 'exclude-port', 'ambient', 'return-rule'] as const),
  ];
  expect([...new Set(cases.map(([, , , { kind }]) => kind))].toSorted()).toEqual(kinds.toSorted());
});

test.each(cases)('%s %s', (_, __, scenario, remedy) => {
  const applied = applyRemedy(scenario, remedy);
  if (!applied) throw new Error('nothing was changed');
  expect(simulate(pastedAgain(applied.scenario)).trace).toEqual(simulate(applied.scenario).trace);
  expect(problemsOf(applied.scenario)).toEqual([]);
  const objects = applied.commands.filter(({ language }) => language === 'yaml');
  for (const { text } of objects) expect(parse(text)).toHaveProperty('kind');
});

test.each(['tproxy-keeps-client', 'linkerd', 'kuma', 'consul', 'udp-not-captured'])(
  '%s: no TPROXY of Istio is offered',
  (id) => {
    expect(remediesFor(sampleOf(id)!.scenario).map(({ kind }) => kind)).not.toContain('tproxy');
  },
);

test('the EnvoyFilters of the PROXY protocol remedy do what its patch does', () => {
  const { scenario } = sampleOf('gateway-tcp')!;
  const remedy = remediesFor(scenario).find(({ kind }) => kind === 'proxy-protocol');
  const applied = remedy && applyRemedy(scenario, remedy);
  if (!applied) throw new Error('not offered');
  const objects = applied.commands.map(({ text }) => text).join('---\n');
  const beside = {
    ...scenario,
    pods: scenario.pods.map((pod) => ({ ...pod, paste: `${pod.paste}\n${objects}` })),
  };
  const { trace } = simulate(beside);
  expect(trace.app.remoteAddress).toBe('106.52.131.116');
  expect(story(trace)).toEqual(story(simulate(applied.scenario).trace));
});

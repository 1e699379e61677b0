import { expect, test } from 'vitest';
import { applyRemedy, remediesFor } from '../../engine/remedy/apply.ts';
import { scenarioOfPaste, type Scenario } from '../../engine/scenario.ts';
import { simulate } from '../../engine/trace/simulate.ts';
import { bookinfo } from '../../samples/bookinfo/sample.ts';
import { kubeletProbe } from '../../samples/kubelet-probe/sample.ts';
import { redirect127006 } from '../../samples/redirect-127-0-0-6/sample.ts';
import { tproxyKeepsClient } from '../../samples/tproxy-keeps-client/sample.ts';
import { isQuick, likeness, mostUseful, type Trials } from './eager.ts';

function trialsOf(scenario: Scenario, upTo = Infinity): Trials {
  return new Map(
    remediesFor(scenario)
      .slice(0, upTo)
      .map((remedy) => {
        const applied = applyRemedy(scenario, remedy);
        return [remedy, applied && { ...applied, simulation: simulate(applied.scenario) }];
      }),
  );
}

test('the remedy that is shown first gives the app its client back', () => {
  const { scenario } = redirect127006;
  const trials = trialsOf(scenario);
  const first = mostUseful([...trials.keys()], trials);
  const trace = first && trials.get(first)?.simulation.trace;
  expect(trace?.app.remoteAddress).toBe('10.20.0.78');
});

test('nothing is shown while it is open whether a better one comes', () => {
  const { scenario } = bookinfo;
  const offered = remediesFor(scenario);
  expect(mostUseful(offered, new Map())).toBeNull();
  const useless: Trials = new Map(offered.map((remedy) => [remedy, null]));
  expect(mostUseful(offered, useless)).toBeNull();
});

test('pods of one name and address make cases alike', () => {
  const { scenario } = redirect127006;
  expect(likeness(scenario, tproxyKeepsClient.scenario)).toBeGreaterThan(
    likeness(scenario, kubeletProbe.scenario),
  );
  expect(likeness(scenario, scenario)).toBe(2 * scenario.pods.length);
});

test('a large paste is not worked on unasked', () => {
  expect(isQuick(scenarioOfPaste('-A OUTPUT -j ACCEPT'))).toBe(true);
  expect(isQuick(scenarioOfPaste('x'.repeat(300_001)))).toBe(false);
});

// Whole journeys against the kernel: what each packet of each connection met in each pod and node, request and reply.
// `scripts/conformance/journeys.py` writes recorded.jsonl anew; its first line says which kernel spoke and when.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import type { Scenario } from '../../scenario.ts';
import { simulate } from '../simulate.ts';
import { kernelPasses, maskPorts, portsIn } from './kernel-part.ts';

const MetSchema = v.object({ packet: v.picklist(['request', 'reply']), steps: v.array(v.string()) });
const RecordedSchema = v.object({
  id: v.string(),
  scenario: v.custom<Scenario>((value) => typeof value === 'object'),
  /** Whom the application saw; null where the connection was never made. */
  peer: v.nullable(v.string()),
  met: v.record(v.string(), v.array(MetSchema)),
});

const [head = '{}', ...lines] = readFileSync(new URL('recorded.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const { kernel } = v.parse(v.object({ kernel: v.string() }), JSON.parse(head));
const journeys = lines.map((line) => v.parse(RecordedSchema, JSON.parse(line)));

function recordedPasses({ met }: (typeof journeys)[number]): string[] {
  return Object.entries(met).flatMap(([pod, packets]) =>
    packets.map(({ packet, steps }) => [`${pod} ${packet}`, ...steps].join('\n')),
  );
}

describe(`two pods and a node, Linux ${kernel}`, () => {
  test.each(journeys.map((journey) => [journey.id, journey] as const))('%s', (_, journey) => {
    const { trace } = simulate(journey.scenario);
    const passes = kernelPasses(trace);
    const known = portsIn(passes);
    const seen = recordedPasses(journey).map((pass) => maskPorts(pass, known));
    // where the connection was never made, its handshake with the proxy was; that no data comes back the trace tells
    const isLost = journey.peer === null;
    const expected = isLost ? seen.filter((pass) => !/^\w+ reply/.test(pass)) : seen;
    expect(passes.toSorted()).toEqual(expected.toSorted());
    expect(trace.findings.some(({ code }) => code === 'finding.reply-dropped')).toBe(isLost);
    const { remoteAddress, remotePort } = trace.app;
    const told = isLost ? '' : `${remoteAddress}:${remotePort ?? '*'} `;
    expect(maskPorts(told, known)).toBe(maskPorts(isLost ? '' : `${journey.peer} `, known));
  });
});

test('the recording holds requests and replies of pods with and without a proxy, and of a node', () => {
  const met = journeys.flatMap((journey) => Object.entries(journey.met));
  const seen = new Set(met.flatMap(([pod, packets]) => packets.map(({ packet }) => `${pod} ${packet}`)));
  expect(seen.size).toBe(6);
  expect(journeys.length).toBeGreaterThan(20);
});

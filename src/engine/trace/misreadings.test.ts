// Each note on a common claim: told of a journey that shows otherwise, at the hop that does, and of no other journey.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import type { Scenario } from '../scenario.ts';
import { simulate } from './simulate.ts';

const RecordedSchema = v.object({
  id: v.string(),
  scenario: v.custom<Scenario>((value) => typeof value === 'object'),
});

/** The journeys that the kernel was asked about. */
const recorded = readFileSync(new URL('conformance/recorded.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => v.parse(RecordedSchema, JSON.parse(line)));

function notesOf(id: string): Map<string, string> {
  const journey = recorded.find((each) => each.id === id);
  if (!journey) throw new Error(`no recorded journey ${id}`);
  const { findings, hops } = simulate(journey.scenario).trace;
  const notes = findings.filter(({ code }) => code.startsWith('finding.misreading-'));
  return new Map(
    notes.map(({ code, hop }) => {
      const at = hops.find(({ n }) => n === hop);
      return [
        code.slice('finding.misreading-'.length),
        `${at?.chain ?? at?.event.code} ${at?.rule ?? ''}`.trim(),
      ];
    }),
  );
}

describe.each([
  ['iptables-source', 'redirect-to-redirect', 'envoy.source.upstream-bind-config', 'tproxy-both'],
  ['lo-prerouting', 'redirect-by-pod-address', 'app.receives', 'redirect-localhost'],
  ['answer-by-15001', 'redirect-by-pod-address', 'app.answers', 'redirect-own-address'],
  ['redirect-loopback', 'redirect-by-pod-address', 'ISTIO_IN_REDIRECT 1', 'redirect-own-service'],
  ['second-leg-loopback', 'redirect-by-pod-address', 'envoy.source.upstream-bind-config', 'istio-1-9-both'],
  ['envoy-never-caught', 'redirect-own-service', 'ISTIO_IN_REDIRECT 1', 'redirect-to-redirect'],
  ['rule-8', 'redirect-localhost', 'ISTIO_OUTPUT 3', 'redirect-to-redirect'],
  ['always-127-0-0-6', 'istio-1-9-both', 'envoy.source.kernel', 'redirect-to-redirect'],
  ['gid-duplicate', 'tproxy-both', 'ISTIO_OUTPUT 7', 'redirect-to-redirect'],
  ['tproxy-port', 'tproxy-both', 'envoy.source.original-src', 'redirect-to-redirect'],
  ['ambient-node', 'ambient-both', 'ztunnel.accepts', 'redirect-to-redirect'],
])('%s', (code, shownBy, at, notBy) => {
  test(`is told of ${shownBy}`, () => {
    expect(notesOf(shownBy).get(code)).toBe(at);
  });

  test(`is not told of ${notBy}`, () => {
    expect(notesOf(notBy).has(code)).toBe(false);
  });
});

// Each note on a common claim: told of a journey that shows otherwise, at the hop that does, and of no other journey.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { PLAIN_REQUEST, type Scenario } from '../scenario.ts';
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

const RULES = `*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:OUT - [0:0]
:TO_PROXY - [0:0]
-A PREROUTING -p tcp -j REDIRECT --to-ports 15006
-A OUTPUT -j OUT
-A OUT -s 127.0.0.6/32 -o lo -j RETURN
-A OUT -m owner --uid-owner 1337 -j RETURN
-A OUT -j TO_PROXY
-A TO_PROXY -p tcp -j REDIRECT --to-ports 15001
COMMIT
`;
const PROBERS = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: istio-proxy
    env:
    - name: ISTIO_KUBE_APP_PROBERS
      value: '{"/app-health/web/readyz":{"httpGet":{"port":8080}}}'
`;

function told(request: Partial<typeof PLAIN_REQUEST> & { to: string }, paste = RULES) {
  const pods: Scenario['pods'] = [
    { name: 'shop', role: 'client', addresses: ['10.6.0.9'], paste },
    { name: 'web', role: 'server', addresses: ['10.6.0.7'], paste },
  ];
  const asked = { ...PLAIN_REQUEST, from: '10.6.0.9:41000', ...request };
  const { findings } = simulate({ version: 1, title: '', request: asked, pods }).trace;
  return findings.map(({ code }) => code.slice('finding.misreading-'.length));
}

test('UDP passes by the proxy on both sides; TCP does not', () => {
  const udp = told({ to: '10.6.0.7:53', protocol: 'udp' });
  expect(udp).toEqual(expect.arrayContaining(['udp-captured', 'redirect-all']));
  const tcp = told({ to: '10.6.0.7:53', protocol: 'tcp' });
  expect(tcp.filter((code) => /^(?:udp|redirect-all)/.test(code))).toEqual([]);
});

test('an empty nat chain that was printed decides nothing; one with a rule is no such note', () => {
  expect(told({ to: '10.6.0.7:80' })).toContain('idle-hooks');
  const ruled = RULES.replace(
    'COMMIT',
    '-A INPUT -s 192.0.2.1/32 -j SNAT --to-source 192.0.2.2\n-A POSTROUTING -s 192.0.2.1/32 -j SNAT --to-source 192.0.2.2\nCOMMIT',
  );
  expect(told({ to: '10.6.0.7:80' }, ruled)).not.toContain('idle-hooks');
});

test('127.0.0.6 from pilot-agent is no client behind Envoy, and nothing is said of Envoy then', () => {
  const excluded = RULES.replace(
    '-A PREROUTING',
    '-A PREROUTING -p tcp -m tcp --dport 15020 -j RETURN\n-A PREROUTING',
  );
  const notes = told({ to: '10.6.0.7:15020', path: '/app-health/web/readyz' }, excluded + PROBERS);
  expect(notes).toContain('probe');
  expect(told({ to: '10.6.0.7:80' })).not.toContain('probe');
});

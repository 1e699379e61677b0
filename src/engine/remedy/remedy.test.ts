// What if: every remedy that a scenario offers, over pods as people paste them. What a remedy must change for the
// application is Istio's documented behaviour; and what was patched, pasted back as text, must be walked the same.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readScenario, type Scenario } from '../scenario.ts';
import { simulate } from '../trace/simulate.ts';
import { applyRemedy, remediesFor } from './apply.ts';
import { withPatches } from './edit.ts';
import type { Remedy } from './remedy.ts';

const NAT = `$ iptables-save -t nat
*nat
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:ISTIO_INBOUND - [0:0]
:ISTIO_IN_REDIRECT - [0:0]
:ISTIO_OUTPUT - [0:0]
-A PREROUTING -p tcp -j ISTIO_INBOUND
-A OUTPUT -p tcp -j ISTIO_OUTPUT
-A ISTIO_INBOUND -p tcp -m tcp --dport 15008 -j RETURN
-A ISTIO_INBOUND -p tcp -m tcp --dport 15020 -j RETURN
-A ISTIO_INBOUND -p tcp -j ISTIO_IN_REDIRECT
-A ISTIO_IN_REDIRECT -p tcp -j REDIRECT --to-ports 15006
-A ISTIO_OUTPUT -s 127.0.0.6/32 -o lo -j RETURN
-A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
-A ISTIO_OUTPUT -d 10.9.0.0/16 -j RETURN
COMMIT
`;

const LISTENER = `$ istioctl proxy-config listener web -o json
[
    {
        "name": "virtualInbound",
        "address": { "socketAddress": { "address": "0.0.0.0", "portValue": 15006 } },
        "listenerFilters": [
            { "name": "envoy.filters.listener.original_dst" }
        ],
        "filterChains": [
            { "name": "0.0.0.0_8080", "filterChainMatch": { "destinationPort": 8080 },
              "filters": [{ "name": "envoy.filters.network.tcp_proxy", "typedConfig": {
                "@type": "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
                "cluster": "inbound|8080||" } }] }
        ]
    }
]
`;

const CLUSTER = `$ istioctl proxy-config cluster web -o json
[{ "name": "inbound|8080||", "type": "ORIGINAL_DST", "lbPolicy": "CLUSTER_PROVIDED",
   "upstreamBindConfig": { "sourceAddress": { "address": "127.0.0.6", "portValue": 0 } } }]
`;

const LOG = `$ kubectl logs web -c istio-proxy
[2024-05-01T08:00:00.123Z] "- - -" 0 - - - "-" 10 20 3 - "-" "-" "-" "-" "10.1.2.3:8080" inbound|8080|| 127.0.0.6:40001 10.1.2.3:8080 10.1.2.9:51000 - -
`;

function scenarioOf(pods: readonly unknown[], request: unknown = null): Scenario {
  const read = readScenario({ version: 1, request, pods });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.scenario;
}

const web = {
  name: 'web',
  role: 'server',
  addresses: ['10.1.2.3'],
  paste: `${LOG}\n${NAT}\n${LISTENER}\n${CLUSTER}`,
};
const sidecar = scenarioOf([web]);

function applied(scenario: Scenario, remedy: Remedy) {
  const result = applyRemedy(scenario, remedy);
  if (!result) throw new Error(`${remedy.kind} changes nothing`);
  return { ...result, trace: simulate(result.scenario).trace };
}

describe('a sidecar under REDIRECT', () => {
  test('TPROXY: the application sees the client; the rules keep what was excluded', () => {
    const { trace, scenario } = applied(sidecar, { kind: 'tproxy', pod: 'web' });
    expect([trace.outcome, trace.app.remoteAddress]).toEqual(['delivered', '10.1.2.9']);
    expect(trace.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const [pod] = scenario.pods;
    expect(pod?.paste).toContain('-A ISTIO_OUTPUT -d 10.9.0.0/16 -j RETURN');
    expect(pod?.paste).toContain('original_src');
    expect(pod?.paste).not.toContain('127.0.0.6:40001');
  });

  test('an excluded port: one line more, and the client as it came', () => {
    const { trace, patches } = applied(sidecar, { kind: 'exclude-port', pod: 'web', port: 8080 });
    expect(trace.app).toMatchObject({ remoteAddress: '10.1.2.9', remotePort: 51000 });
    expect(patches.find(({ document }) => document === 'iptables-save')).toMatchObject({
      before: '',
      after: '-A ISTIO_INBOUND -p tcp -m tcp --dport 8080 -j RETURN\n',
    });
  });

  test('LOCALHOST: 127.0.0.1', () => {
    const { trace } = applied(sidecar, { kind: 'localhost', pod: 'web', port: 8080 });
    expect(trace.app.remoteAddress).toBe('127.0.0.1');
  });

  test('ambient: ztunnel keeps the source', () => {
    const { trace } = applied(sidecar, { kind: 'ambient', pod: 'web' });
    expect(trace.app.remoteAddress).toBe('10.1.2.9');
  });

  test('only arguments of istio-init, only a listing, or nothing at all can be changed as well', () => {
    const listing = readFileSync('src/documents/iptables/fixtures/sidecar-redirect.session.txt', 'utf8');
    for (const paste of [
      "$ istio-iptables -p 15001 -z 15006 -u 1337 -m REDIRECT -i '*' -b '*' -d 15020",
      listing,
      '',
    ]) {
      const { trace } = applied(
        scenarioOf([{ ...web, paste }], { from: '10.1.2.9:51000', to: '10.1.2.3:8080' }),
        {
          kind: 'tproxy',
          pod: 'web',
        },
      );
      expect(trace.app.remoteAddress).toBe('10.1.2.9');
    }
  });
});

describe('a gateway in front', () => {
  const GATEWAY = `[{ "name": "0.0.0.0_9000", "address": { "socketAddress": { "address": "0.0.0.0", "portValue": 9000 } },
    "filterChains": [{ "filters": [{ "name": "envoy.filters.network.tcp_proxy", "typedConfig": {
      "@type": "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy", "cluster": "web" } }] }] },
  { "name": "web", "type": "STATIC", "loadAssignment": { "clusterName": "web", "endpoints": [{ "lbEndpoints": [
    { "endpoint": { "address": { "socketAddress": { "address": "10.1.2.3", "portValue": 8080 } } } }] }] } }]`;
  const gateway = { name: 'gateway', role: 'gateway', addresses: ['10.1.9.9'], paste: GATEWAY };
  const asked = { from: '203.0.113.9:40000', to: '10.1.9.9:9000', protocol: 'tcp' };
  const scenario = scenarioOf([gateway, { ...web, paste: `${NAT}\n${LISTENER}\n${CLUSTER}` }], asked);

  test('PROXY protocol and TPROXY together bring the client to the application', () => {
    const first = applied(scenario, {
      kind: 'proxy-protocol',
      gateway: 'gateway',
      cluster: 'web',
      pod: 'web',
    });
    expect(first.trace.app.remoteAddress).toBe('127.0.0.6');
    const { trace } = applied(first.scenario, { kind: 'tproxy', pod: 'web' });
    expect(trace.app.remoteAddress).toBe('203.0.113.9');
  });

  test('what is offered are remedies that change something', () => {
    const kinds = remediesFor(scenario).map(({ kind }) => kind);
    expect(kinds).toEqual(['tproxy', 'proxy-protocol', 'localhost', 'exclude-port', 'ambient']);
  });
});

test('patches can be taken back: the paste is the old one again', () => {
  for (const remedy of remediesFor(sidecar)) {
    const { patches, scenario } = applied(sidecar, remedy);
    const back = patches
      .toSorted((a, b) => a.from - b.from)
      .reduce<{ text: string; shift: number }>(
        ({ text, shift }, { from, before, after }) => ({
          text: text.slice(0, from + shift) + before + text.slice(from + shift + after.length),
          shift: shift + before.length - after.length + (after.length - before.length),
        }),
        { text: scenario.pods[0]?.paste ?? '', shift: 0 },
      );
    expect(back.text).toBe(web.paste);
    expect(withPatches(sidecar, patches).pods).toEqual(scenario.pods);
  }
});

const ORDERS = `$ kubectl exec -n shop orders-6d9f7c8b5-x2k4p -c istio-proxy -- iptables-save\n${NAT.split('\n').slice(1).join('\n')}`;

test.each([
  ['the paste names its pod', 'pod', ORDERS, 'kubectl -n shop patch deployment orders '],
  ['nothing names it', 'pod', NAT, 'kubectl -n NAMESPACE patch deployment DEPLOYMENT '],
  ['the reader named it', 'orders-6d9f7c8b5-x2k4p', NAT, 'kubectl -n NAMESPACE patch deployment orders '],
  ['a StatefulSet by the name of its pod', 'db-0', NAT, 'kubectl -n NAMESPACE patch statefulset db '],
  ['a DaemonSet by the name of its pod', 'edge-x8k2p', NAT, 'kubectl -n NAMESPACE patch daemonset edge '],
  [
    'an object that says what makes it',
    'orders',
    `${NAT}\n$ kubectl get sts orders -o yaml\napiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: orders\nspec:\n  template:\n    spec:\n      containers:\n      - name: orders\n`,
    'kubectl -n NAMESPACE patch statefulset orders ',
  ],
])('%s: the command is for that workload', (_, name, paste, start) => {
  const scenario = scenarioOf([{ name, role: 'server', addresses: ['10.1.2.3'], paste }]);
  const { commands } = applied(scenario, { kind: 'exclude-port', pod: name, port: 8080 });
  expect(commands[0]?.text.slice(0, start.length)).toBe(start);
});

// Every remedy on the same pod in each notation that people paste: what the application sees is Istio's documented
// behaviour, and what was patched, pasted back as text, is read without a complaint and walked the same.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { DEFAULT_INIT } from '../mesh/default-rules.ts';
import { initRules } from '../mesh/istio-init.ts';
import { readScenario, type Scenario } from '../scenario.ts';
import { simulate } from '../trace/simulate.ts';
import { applyRemedy } from './apply.ts';
import type { Remedy } from './remedy.ts';

const TCP_PROXY = 'type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy';
const LISTENERS = [
  {
    name: 'virtualInbound',
    address: { socketAddress: { address: '0.0.0.0', portValue: 15006 } },
    listenerFilters: [
      { name: 'envoy.filters.listener.original_dst' },
      { name: 'envoy.filters.listener.tls_inspector' },
    ],
    filterChains: [
      {
        filterChainMatch: { destinationPort: 8080 },
        filters: [
          {
            name: 'envoy.filters.network.tcp_proxy',
            typedConfig: { '@type': TCP_PROXY, statPrefix: 'in', cluster: 'inbound|8080||' },
          },
        ],
      },
    ],
    trafficDirection: 'INBOUND',
  },
];
const CLUSTERS = [
  {
    name: 'inbound|8080||',
    type: 'ORIGINAL_DST',
    lbPolicy: 'CLUSTER_PROVIDED',
    upstreamBindConfig: { sourceAddress: { address: '127.0.0.6', portValue: 0 } },
  },
];

function snake(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snake);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snake(each),
    ]),
  );
}

const DUMP = {
  configs: [
    {
      '@type': 'type.googleapis.com/envoy.admin.v3.ClustersConfigDump',
      dynamic_active_clusters: CLUSTERS.map((cluster) => ({ cluster: snake(cluster) })),
    },
    {
      '@type': 'type.googleapis.com/envoy.admin.v3.ListenersConfigDump',
      dynamic_listeners: LISTENERS.map((listener) => ({ active_state: { listener: snake(listener) } })),
    },
  ],
};

const CONFIGS: Readonly<Record<string, string>> = {
  json: `$ istioctl pc listener web -o json\n${JSON.stringify(LISTENERS, null, 4)}\n$ istioctl pc cluster web -o json\n${JSON.stringify(CLUSTERS, null, 4)}\n`,
  'one line': `${JSON.stringify(LISTENERS)}\n${JSON.stringify(CLUSTERS)}\n`,
  yaml: `$ istioctl pc listener web -o yaml\n${stringify(LISTENERS)}\n$ istioctl pc cluster web -o yaml\n${stringify(CLUSTERS)}\n`,
  config_dump: `$ curl -s localhost:15000/config_dump\n${JSON.stringify(DUMP, null, 1)}\n`,
  'nothing of Envoy': '',
};

const SAVED = initRules(DEFAULT_INIT, 4) ?? '';
const NAT = SAVED.slice(SAVED.indexOf('*nat'));
const AS_COMMANDS = NAT.replace(/^[*C].*\n/gm, '').replace(/^:(\S+) (ACCEPT|-).*$/gm, (_, chain, policy) =>
  policy === '-' ? `-N ${chain}` : `-P ${chain} ${policy}`,
);
/** As iptables 1.8.9 printed the like of it, under Istio's names. */
const LISTED = readFileSync('src/documents/iptables/fixtures/sidecar-redirect.session.txt', 'utf8')
  .split(/^(?=\$ )/m)
  .filter((part) => part.startsWith('$ iptables -t nat -L -v -n\n'))
  .join('')
  .replaceAll('MESH_TO_INBOUND', 'ISTIO_IN_REDIRECT')
  .replaceAll('MESH_TO_OUTBOUND', 'ISTIO_REDIRECT')
  .replaceAll('MESH_OUT', 'ISTIO_OUTPUT')
  .replaceAll('MESH_IN', 'ISTIO_INBOUND');
const RULES: Readonly<Record<string, string>> = {
  'iptables-save': `$ iptables-save\n${SAVED}`,
  'iptables -S': `$ iptables -t nat -S\n${AS_COMMANDS}`,
  'iptables -L': LISTED,
  nft: `$ nft list ruleset\n${initRules({ ...DEFAULT_INIT, nativeNftables: true }, 4)}`,
  arguments: "$ istio-iptables -p 15001 -z 15006 -u 1337 -m REDIRECT -i '*' -x \"\" -b '*' -d 15090,15020\n",
  'nothing of rules': '',
};

function scenarioOf(paste: string): Scenario {
  const read = readScenario({
    version: 1,
    request: { from: '10.1.2.9:51000', to: '10.1.2.3:8080', protocol: 'tcp' },
    pods: [{ name: 'web', role: 'server', addresses: ['10.1.2.3'], paste }],
  });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.scenario;
}

const CASES: readonly (readonly [Remedy, string, number | null])[] = [
  [{ kind: 'tproxy', pod: 'web' }, '10.1.2.9', null],
  [{ kind: 'localhost', pod: 'web', port: 8080 }, '127.0.0.1', null],
  [{ kind: 'exclude-port', pod: 'web', port: 8080 }, '10.1.2.9', 51000],
  [{ kind: 'ambient', pod: 'web' }, '10.1.2.9', null],
];

describe.each(Object.entries(RULES))('%s', (_, rules) => {
  describe.each(Object.entries(CONFIGS))('%s', (__, config) => {
    test.each(CASES)('%o: %s', (remedy, remoteAddress, remotePort) => {
      const applied = applyRemedy(scenarioOf(`${rules}\n${config}`), remedy);
      if (!applied) throw new Error('nothing was changed');
      const { trace, pods } = simulate(applied.scenario);
      expect(trace.app).toMatchObject({ remoteAddress, remotePort });
      expect(trace.outcome).toBe('delivered');
      expect(trace.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      const problems = pods.flatMap(({ documents }) => documents.flatMap((document) => document.problems));
      expect(problems.filter(({ severity }) => severity !== 'info')).toEqual([]);
      const back = scenarioOf(applied.scenario.pods[0]?.paste ?? '');
      expect(simulate(back).trace).toEqual(trace);
    });
  });
});

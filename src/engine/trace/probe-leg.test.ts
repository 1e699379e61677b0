import { expect, test } from 'vitest';
import { PLAIN_REQUEST } from '../scenario.ts';
import { simulate } from './simulate.ts';

function spec(version: string, path: string): string {
  const probers = JSON.stringify({ [path]: { httpGet: { path: '/ready', port: 8080, scheme: 'HTTP' } } });
  return `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: istio-proxy
    image: docker.io/istio/proxyv2:${version}
    env:
    - name: ISTIO_KUBE_APP_PROBERS
      value: '${probers}'
  initContainers:
  - name: istio-init
    image: docker.io/istio/proxyv2:${version}
    args: [istio-iptables, -p, "15001", -z, "15006", -u, "1337", -m, REDIRECT, -i, "*", -x, "", -b, "*", -d, "15090,15021,15020"]
`;
}

function probe(paste: string, path = '/app-health/web/readyz') {
  const request = { ...PLAIN_REQUEST, from: '10.2.0.1:51000', to: '10.2.0.7:15020', path };
  const pods = [{ name: 'web', role: 'server' as const, addresses: ['10.2.0.7'], paste }];
  const { hops, app, sourceChanges } = simulate({ version: 1, title: '', request, pods }).trace;
  const caught = hops.filter(({ chain, packet }) => chain === 'ISTIO_OUTPUT' && packet === 'request');
  return {
    sees: app.remoteAddress,
    reached: hops.findLast(({ packet }) => packet === 'request')?.after.dst,
    causes: sourceChanges.map(({ cause }) => cause),
    rules: caught.map(({ rule, verdict }) => `#${rule} ${verdict}`),
  };
}

test('pilot-agent asks the application from 127.0.0.6, and the rule for that address lets it pass', () => {
  expect(probe(spec('1.20.0', '/app-health/web/readyz'))).toEqual({
    sees: '127.0.0.6',
    reached: '10.2.0.7:8080',
    causes: ['pilot-agent'],
    rules: ['#1 return'],
  });
});

test('before Istio 1.11 it asked on loopback', () => {
  const early = probe(spec('1.10.0', '/app-health/web/readyz'));
  expect([early.sees, early.reached]).toEqual(['127.0.0.1', '127.0.0.1:8080']);
});

test('where the spec does not tell the port, or the path is no probe of it, the way ends at pilot-agent', () => {
  for (const { sees, reached } of [
    probe(spec('1.20.0', '/app-health/other/readyz')),
    probe(spec('1.20.0', '/app-health/web/readyz'), '/stats/prometheus'),
  ])
    expect([sees, reached]).toEqual(['10.2.0.1', '10.2.0.7:15020']);
});
